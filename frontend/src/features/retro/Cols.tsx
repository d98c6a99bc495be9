import type { ReactNode } from 'react';
import './cols.css';
import { t } from './messages';
import { useRoom } from './room';
import type { Column } from './types';

/** The retro's columns side by side; a phone shows one at a time, or with `all` one below the other. */
export function Cols({
  all,
  count,
  children,
}: {
  all?: boolean;
  count: (column: string) => number;
  children: (column: Column) => ReactNode;
}) {
  const { view, tab, setTab } = useRoom();
  return (
    <>
      {view.columns.length > 1 && !all && (
        <fieldset className="rt-tabs" aria-label={t('rt.columns')}>
          {view.columns.map((c) => (
            <button
              key={c.key}
              type="button"
              className="chip plain"
              aria-pressed={c.key === tab}
              onClick={() => setTab(c.key)}
            >
              <i className="rt-dot" data-c={c.color} aria-hidden="true" />
              {c.title} <b>{count(c.key)}</b>
            </button>
          ))}
        </fieldset>
      )}
      <section
        className="rt-cols"
        data-all={all || undefined}
        aria-label={t('rt.columns')}
        tabIndex={view.columns.length > 3 ? 0 : undefined}
      >
        {view.columns.map((c) => (
          <section key={c.key} className="rt-col" aria-label={c.title} data-on={c.key === tab || undefined}>
            <h2>
              <i className="rt-dot" data-c={c.color} aria-hidden="true" />
              <span>{c.title}</span>
              <span className="count">{count(c.key)}</span>
            </h2>
            <p>{c.prompt}</p>
            {children(c)}
          </section>
        ))}
      </section>
    </>
  );
}
