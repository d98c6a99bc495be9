import { t } from './messages';
import { RowLine } from './RowLine';
import type { Row } from './types';

/** What I wait for: other people, other teams, cards behind which mine stand, and what I asked back in checklists; the longest first. */
export function Awaited({ rows, now }: { rows: readonly Row[]; now: number }) {
  return (
    <section className="panel td-panel" aria-labelledby="today-awaited">
      <header className="td-head">
        <h2 id="today-awaited">{t('today.awaited')}</h2>
        {rows.length > 0 && <span className="count">{rows.length}</span>}
        {rows.length > 1 && <span className="td-order">{t('today.waiting.order')}</span>}
      </header>
      {rows.length === 0 && <p className="td-none">{t('today.awaited.none')}</p>}
      <ul className="td-rows">
        {rows.map((r) => (
          <RowLine key={`${r.kind}:${r.id}`} row={r} now={now} />
        ))}
      </ul>
    </section>
  );
}
