import type { Discipline } from '../../../api/types';
import { maxOf } from '../../../lib/limits';
import type { BoardStore } from '../../../live';
import { Beam } from '../../../ui/Beam';
import { DiscIcon } from '../../../ui/DiscIcon';
import { disciplineName } from '../../../ui/messages';
import { t } from '../messages';
import { cardsIn, roomIn, type Ways } from './queue';

/** How much room the limits leave, column by column, in the board's own beams. */
export function Room({ store, ways }: { store: BoardStore; ways: Ways }) {
  return (
    <section className="panel ri-pad">
      <h2 className="h2">{t('rp.room')}</h2>
      <ul className="rp-room">
        {ways.behind.map((c) => {
          const room = roomIn(store, c);
          return (
            <li key={c.id} data-t={room !== undefined && room < 0 ? 'bad' : undefined}>
              <span>{c.name}</span>
              <b className="num">
                {room === undefined
                  ? t('rp.noLimit')
                  : room < 0
                    ? t('rp.overN', { n: -room })
                    : t('rp.roomN', { n: room })}
              </b>
              <Beam mix={store.columnMix(c.id)} max={maxOf(c.wip)} height={14} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Which disciplines lead what is next, beside what is in work. */
export function Mix({ store, ways }: { store: BoardStore; ways: Ways }) {
  const next = counts(cardsIn(store, ways.queue.id).map((c) => c.discipline));
  const now = counts(ways.behind.flatMap((c) => cardsIn(store, c.id)).map((c) => c.discipline));
  const all = [...new Set([...next.keys(), ...now.keys()])].sort(
    (a, b) => (next.get(b) ?? 0) - (next.get(a) ?? 0),
  );
  if (all.length === 0) return null;
  return (
    <section className="panel ri-pad">
      <h2 className="h2">{t('rp.mix')}</h2>
      <table className="rp-mix">
        <thead>
          <tr>
            <td />
            <th scope="col">{ways.queue.name}</th>
            <th scope="col">{t('rp.mixNow')}</th>
          </tr>
        </thead>
        <tbody>
          {all.map((d) => (
            <tr key={d}>
              <th scope="row">
                <DiscIcon d={d} size={15} decorative /> {disciplineName(d)}
              </th>
              <td className="num">{next.get(d) ?? 0}</td>
              <td className="num">{now.get(d) ?? 0}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function counts(of: readonly Discipline[]): Map<Discipline, number> {
  const m = new Map<Discipline, number>();
  for (const d of of) m.set(d, (m.get(d) ?? 0) + 1);
  return m;
}

/** Asks that nobody has answered, and what is blocked before it has begun. */
export function Waiting({ store, ways }: { store: BoardStore; ways: Ways }) {
  const early = [...ways.before, ways.queue].flatMap((c) => cardsIn(store, c.id));
  const asks = early.filter(
    (c) => c.ask && (c.ask.state === 'raised' || c.ask.state === 'questioned'),
  ).length;
  const blocked = early.filter((c) => c.blockers.length > 0).length;
  return (
    <section className="panel ri-pad">
      <h2 className="h2">{t('rp.waiting')}</h2>
      <p className="small">
        {[asks > 0 && t('rp.asks', { n: asks }), blocked > 0 && t('rp.blocked', { n: blocked })]
          .filter(Boolean)
          .join(', ') || t('rp.nothingWaits')}
      </p>
    </section>
  );
}
