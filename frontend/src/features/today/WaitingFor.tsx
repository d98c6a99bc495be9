import { t } from './messages';
import { RowActs } from './RowActs';
import { RowLine } from './RowLine';
import type { Row, Today } from './types';

/** What waits for me, oldest first. When nothing does, the oldest cards of my teams as an offer. */
export function WaitingFor({ today, now, quiet }: { today: Today; now: number; quiet: boolean }) {
  const rows = today.waiting;
  const offers = rows.length || quiet ? [] : oldest(today.exceptions);
  return (
    <section className="panel td-panel" aria-labelledby="today-waiting">
      <header className="td-head">
        <h2 id="today-waiting">{t('today.waiting')}</h2>
        {rows.length > 0 && <span className="count">{rows.length}</span>}
        {rows.length > 1 && <span className="td-order">{t('today.waiting.order')}</span>}
      </header>
      {rows.length === 0 && (
        <p className="td-none">
          <b>{t('today.waiting.none')}</b> {offers.length > 0 && t('today.waiting.offer')}
        </p>
      )}
      <ul className="td-rows">
        {rows.map((r) => (
          <RowLine key={`${r.kind}:${r.id}`} row={r} now={now} end={<RowActs row={r} />} />
        ))}
        {offers.map((r) => (
          <RowLine key={`${r.kind}:${r.id}`} row={r} now={now} />
        ))}
      </ul>
    </section>
  );
}

/** The two cards that have been in work the longest. */
function oldest(rows: readonly Row[]): Row[] {
  return rows
    .filter((r) => r.age && r.key)
    .sort((a, b) => (b.age?.days ?? 0) - (a.age?.days ?? 0))
    .slice(0, 2);
}
