import { useState } from 'react';
import { weekday } from '../../lib/time';
import { t } from './messages';
import { RowLine } from './RowLine';
import type { Today } from './types';

/** So many are named before somebody asks for more. */
const SHORT = 4;
const COUNTS = ['finished', 'moved', 'commented'] as const;

/** What others did since the last working day began: three numbers, and the most telling of it. */
export function Lately({ since, now }: { since: Today['since']; now: number }) {
  const [all, setAll] = useState(false);
  const total = COUNTS.reduce((n, c) => n + since[c], 0);
  const failed = since.rows.some((r) => r.kind === 'source.failed');
  return (
    <section className="panel td-panel" aria-labelledby="today-since">
      <header className="td-head">
        <h2 id="today-since">
          {since.days === 1 ? t('today.since.yesterday') : t('today.since.day', { day: weekday(since.on) })}
        </h2>
        {total > 0 && <span className="td-order">{t('today.since.whose')}</span>}
      </header>
      {total === 0 && !failed && <p className="td-none">{t('today.since.none')}</p>}
      {total > 0 && (
        <dl className="td-counts">
          {COUNTS.map((c) => (
            <div key={c} data-none={since[c] === 0 || undefined}>
              <dt>{t(`today.since.${c}`)}</dt>
              <dd>{since[c]}</dd>
            </div>
          ))}
        </dl>
      )}
      <ul className="td-rows">
        {since.rows.slice(0, all ? undefined : SHORT).map((r) => (
          <RowLine key={`${r.kind}:${r.id}`} row={r} now={now} />
        ))}
      </ul>
      {since.rows.length > SHORT && (
        <p className="td-more">
          <button type="button" className="btn ghost sm" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? t('today.since.less') : t('today.since.more', { n: since.rows.length - SHORT })}
          </button>
          {all && total > since.rows.length && (
            <span className="quiet"> {t('today.since.rest', { n: total - since.rows.length })}</span>
          )}
        </p>
      )}
    </section>
  );
}
