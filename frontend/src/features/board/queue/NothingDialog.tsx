import { Dialog } from '../../../ui/Dialog';
import { useRoom } from '../context';
import { t } from '../messages-dialogs';
import s from './queue.module.css';

/** Why nothing could be pulled, and what one could help with instead. */
export function NothingDialog({
  text,
  cards,
}: {
  text: string;
  cards: readonly { key: string; title: string }[];
}) {
  const { ui, setSearch } = useRoom();
  const close = () => ui.setState({ dialog: null });
  return (
    <Dialog
      title={t('board.nothingTitle')}
      onClose={close}
      actions={
        <button type="button" className="btn line" onClick={close}>
          {t('board.close')}
        </button>
      }
    >
      <p>{text}</p>
      {cards.length > 0 && (
        <section className={s.help} aria-label={t('board.nothingHelp')}>
          <h3>{t('board.nothingHelp')}</h3>
          <ul>
            {cards.map((c) => (
              <li key={c.key}>
                <button
                  type="button"
                  onClick={() => {
                    close();
                    setSearch({ card: c.key });
                  }}
                >
                  <code>{c.key}</code> {c.title}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Dialog>
  );
}
