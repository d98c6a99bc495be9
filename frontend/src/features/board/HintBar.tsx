import { Kbd } from '../../ui/Kbd';
import s from './board.module.css';
import { useLive, useRoom, useUi } from './context';
import { saidDrop } from './crossed';
import { t } from './messages';

/** While a card is picked up the mode is on the screen: what the keys do now, and what the limits would say. */
export function HintBar({ said }: { said: string }) {
  const room = useRoom();
  const { store } = room;
  const grab = useUi((u) => u.grab);
  const card = useLive(grab?.id ?? 'none', (st) => (grab ? st.card(grab.id) : undefined));
  if (!grab || !card) return said ? <p className="sr">{said}</p> : null;
  const column = store.columns().find((c) => c.id === grab.target.columnId);
  const verdict = saidDrop(room, card, grab.target);
  return (
    <div className={s.hint} data-tone={verdict?.tone}>
      <b>{t('board.held', { key: card.key, column: column?.name ?? '' })}</b>
      {verdict && <span className={s.hintVerdict}>{verdict.text}</span>}
      <span>
        <Kbd keys="← ↑ ↓ →" /> {t('board.hintMove')}
      </span>
      <span>
        <Kbd keys="Space" /> {t('board.hintDrop')}
      </span>
      <span>
        <Kbd keys="Esc" /> {t('board.hintCancel')}
      </span>
    </div>
  );
}
