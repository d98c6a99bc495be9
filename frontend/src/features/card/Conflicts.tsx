import { useRejected } from '../../live';
import css from './card.module.css';
import { useChanger, useRoom } from './context';
import { t } from './messages';

/** Same text, two people: both are shown, and the second decides. */
export function Conflicts() {
  const { store, face, detail } = useRoom();
  const changers = { title: useChanger('title'), description: useChanger('description') };
  const mine = useRejected().filter((r) => r.cardId === face.id && r.text);
  return mine.map((r) => {
    const { field, mine: text } = r.text!;
    const theirs = field === 'title' ? face.title : (detail?.card.description ?? '');
    const who = changers[field];
    const name = t(field === 'title' ? 'card.title' : 'card.description');
    return (
      <section
        key={r.key}
        className={css.conflict}
        role="alert"
        aria-label={t('card.conflict', { field: name, who })}
      >
        <p>{t('card.conflict', { field: name, who })}</p>
        <div className={css.sides}>
          <div>
            <h4>{t('card.yours')}</h4>
            <p className={css.plain}>{text}</p>
            <button type="button" className="btn sm" onClick={() => store.keepRejected(r.key)}>
              {t('card.keepMine')}
            </button>
          </div>
          <div>
            <h4>{t('card.theirs')}</h4>
            <p className={css.plain}>{theirs}</p>
            <button type="button" className="btn line sm" onClick={() => store.dropRejected(r.key)}>
              {t('card.takeTheirs')}
            </button>
          </div>
        </div>
      </section>
    );
  });
}
