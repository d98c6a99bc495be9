import { Link } from '@tanstack/react-router';
import { ArrowUp } from 'lucide-react';
import type { Face } from '../../../api/types';
import type { BoardStore } from '../../../live';
import { DiscIcon } from '../../../ui/DiscIcon';
import { t } from '../messages';
import { cardsIn, type Ways } from './queue';

/** So many of a column are offered; the rest is on the board. */
const SHOWN = 12;

/** What waits before the queue, to be taken in. */
export function Options({
  store,
  ways,
  canWork,
  onTake,
}: {
  store: BoardStore;
  ways: Ways;
  canWork: boolean;
  onTake: (card: Face) => void;
}) {
  const columns = ways.before.map((c) => ({ column: c, cards: cardsIn(store, c.id) }));
  const any = columns.some((c) => c.cards.length > 0);
  return (
    <section className="rp-options" aria-label={t('rp.options')}>
      <h2 className="h2">
        {t('rp.options')} <small className="quiet">{t('rp.optionsHint')}</small>
      </h2>
      {!any && <p className="small quiet">{t('rp.noOptions')}</p>}
      {columns.map(
        ({ column, cards }) =>
          cards.length > 0 && (
            <div key={column.id}>
              <h3 className="rp-col">
                {column.name} <span className="num quiet">{cards.length}</span>
              </h3>
              <ul className="panel rows">
                {cards.slice(0, SHOWN).map((c) => (
                  <li key={c.id} className="row-a">
                    <DiscIcon d={c.discipline} size={15} />
                    <span className="row-main">
                      <Link
                        to="/b/$board"
                        params={{ board: store.boardId } as never}
                        search={{ card: c.key } as never}
                        className="rp-option"
                      >
                        <span className="rp-key">{c.key}</span> {c.title}
                      </Link>
                      {c.ask && <small>{t('rp.askOf', { name: c.ask.byName })}</small>}
                    </span>
                    {canWork && (
                      <button
                        type="button"
                        className="btn line sm"
                        aria-label={t('rp.takeCard', { key: c.key, column: ways.queue.name })}
                        onClick={() => onTake(c)}
                      >
                        <ArrowUp size={14} aria-hidden />
                        <span className="btn-word">{t('rp.take', { column: ways.queue.name })}</span>
                      </button>
                    )}
                  </li>
                ))}
              </ul>
              {cards.length > SHOWN && (
                <p className="small quiet rp-rest">{t('rp.rest', { n: cards.length - SHOWN })}</p>
              )}
            </div>
          ),
      )}
    </section>
  );
}
