import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { t } from '../messages';

/** The same numbers as a table. A cell in the form { card } is the key of one, and leads there. */
export type Cell = string | number | { card: string };
export interface Twin {
  head: readonly string[];
  rows: readonly (readonly Cell[])[];
}

/** The path of a file, or what makes it here. */
export type Csv = string | (() => void);

export function CsvLink({ csv, children }: { csv: Csv; children: ReactNode }) {
  return typeof csv === 'string' ? (
    <a className="link" href={csv} download>
      {children}
    </a>
  ) : (
    <button type="button" className="link" onClick={csv}>
      {children}
    </button>
  );
}

const SHOWN = 400;

const cell = (c: Cell): ReactNode =>
  typeof c === 'object' ? (
    <Link to="/c/$key" params={{ key: c.card }} className="link mono">
      {c.card}
    </Link>
  ) : (
    c
  );

export function Table({ twin, title, csv }: { twin: Twin; title: string; csv?: Csv }) {
  const rows = twin.rows.slice(0, SHOWN);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
      <section className="fl-table" tabIndex={0} aria-label={t('fl.table.scroll', { title })}>
        <table>
          <caption className="sr">{title}</caption>
          <thead>
            <tr>
              {twin.head.map((h) => (
                <th key={h} scope="col">
                  {h}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((r, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no names of their own and never move
              <tr key={i}>
                {r.map((c, k) =>
                  k === 0 ? (
                    // biome-ignore lint/suspicious/noArrayIndexKey: columns are places
                    <th key={k} scope="row">
                      {cell(c)}
                    </th>
                  ) : (
                    <td
                      // biome-ignore lint/suspicious/noArrayIndexKey: columns are places
                      key={k}
                      data-n={typeof c === 'number' || undefined}
                      data-long={(typeof c === 'string' && c.length > 18) || undefined}
                    >
                      {cell(c)}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {twin.rows.length > SHOWN && csv && (
        <p className="fl-more small quiet">
          {t('fl.table.more', { n: SHOWN, of: twin.rows.length })} <CsvLink csv={csv}>{t('fl.csv')}</CsvLink>
        </p>
      )}
    </>
  );
}
