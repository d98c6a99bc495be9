import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { dateOf, dateWords } from '../../../lib/time';
import { t } from '../messages';
import type { Review } from '../types';
import type { Question } from './questions';

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What the record says to a question: a number, and a table where there is more to see. */
export function Evidence({
  review: r,
  question,
  boardId,
  plain,
}: {
  review: Review;
  question: Question;
  boardId: string;
  /** For the wall: nothing to press, and no small print. */
  plain?: boolean;
}) {
  const keys = (list: readonly string[]) => <Keys keys={list} boardId={plain ? undefined : boardId} />;
  const since = dateOf(r.since, zone);
  const { facts, cycle } = r;
  switch (question) {
    case 'wip':
      return (
        <Big n={r.wip} words={t('rv.wip', { n: r.wip })}>
          <p>{t('rv.totalAge', { n: r.totalAge })}</p>
          <p>
            {t('rv.flow', {
              started: r.weeks.slice(-4).reduce((sum, w) => sum + w.started, 0),
              finished: r.weeks.slice(-4).reduce((sum, w) => sum + w.finished, 0),
            })}
          </p>
        </Big>
      );
    case 'age':
      return r.aging.length === 0 ? (
        <p className="rv-none">{t('rv.noAging')}</p>
      ) : (
        <Rows head={[t('rv.card'), ...(plain ? [] : [t('rv.in')]), t('rv.old'), t('rv.expected')]}>
          {r.aging.slice(0, 8).map((a) => (
            <tr key={a.cardId} data-t={a.days > a.sleDays ? 'bad' : 'warn'}>
              <th scope="row">
                {keys([a.key])} {a.title}
                {a.blocked && <span className="rv-blocked"> · {t('rv.isBlocked')}</span>}
              </th>
              {!plain && <td>{a.column}</td>}
              <td className="num rv-age">{t('rv.days', { n: a.days })}</td>
              <td className="num">{t('rv.days', { n: a.sleDays })}</td>
            </tr>
          ))}
        </Rows>
      );
    case 'throughput':
      return (
        <Rows head={[t('rv.week'), t('rv.started'), t('rv.finished')]}>
          {r.weeks.slice(plain ? -6 : 0).map((w) => (
            <tr key={w.from}>
              <th scope="row">
                {dateWords(w.from)}
                {w === r.weeks.at(-1) && <small className="quiet"> {t('rv.notOver')}</small>}
              </th>
              <td className="num">{w.started}</td>
              <td className="num">{w.finished}</td>
            </tr>
          ))}
        </Rows>
      );
    case 'cycle':
      return cycle.p85 ? (
        <Big n={cycle.p85} words={t('rv.p85', { n: cycle.n })}>
          <p>{t('rv.p50', { days: cycle.p50 ?? 0 })}</p>
          {cycle.sleDays && (
            <p>
              {t('rv.sle', {
                percent: cycle.slePercent ?? 0,
                days: cycle.sleDays,
                within: cycle.within,
                n: cycle.n,
              })}
            </p>
          )}
          {facts.sleMisses.n > 0 && (
            <p>
              {t('rv.misses', { n: facts.sleMisses.n, since })} {keys(facts.sleMisses.keys)}
            </p>
          )}
          {!plain && <p className="quiet small">{t('rv.cycleRule', { n: cycle.unstarted ?? 0 })}</p>}
        </Big>
      ) : (
        <p className="rv-none">{t('rv.tooFew', { n: cycle.n })}</p>
      );
    case 'limits':
      return (
        <>
          {facts.overLimit.length === 0 ? (
            <p className="rv-none">{t('rv.noOver', { since })}</p>
          ) : (
            <Rows head={[t('rv.column'), t('rv.overDays'), t('rv.most'), t('rv.limit')]}>
              {facts.overLimit.map((o) => (
                <tr key={o.columnId}>
                  <th scope="row">{o.column}</th>
                  <td className="num">{o.days}</td>
                  <td className="num">{o.most}</td>
                  <td className="num">{o.limit}</td>
                </tr>
              ))}
            </Rows>
          )}
          {facts.overrides.n > 0 && (
            <p>
              {t('rv.overrides', { n: facts.overrides.n })} {keys(facts.overrides.keys)}
            </p>
          )}
          {!plain && (
            <Link to="/b/$board/workflow" params={{ board: boardId } as never} className="link">
              {t('rv.toWorkflow')}
            </Link>
          )}
        </>
      );
    case 'blockers':
      return facts.blocked.length === 0 ? (
        <p className="rv-none">{t('rv.noBlocked', { since })}</p>
      ) : (
        <Rows head={[t('rv.why'), t('rv.daysHead'), t('rv.times'), t('rv.cards')]}>
          {facts.blocked.slice(0, 8).map((b) => (
            <tr key={b.category}>
              <th scope="row">
                {b.name}
                {b.external && <small className="quiet"> {t('rv.external')}</small>}
              </th>
              <td className="num">{b.days ?? t('rv.short.hours', { n: b.hours })}</td>
              <td className="num">{b.n}</td>
              <td>{keys(b.keys.slice(0, 4))}</td>
            </tr>
          ))}
        </Rows>
      );
    case 'returns':
      return (
        <Rows head={[t('rv.what', { since }), t('rv.times'), t('rv.cards')]}>
          {(['returns', 'expedite', 'incidents', 'risks'] as const).map((k) => (
            <tr key={k}>
              <th scope="row">{t(`rv.fact.${k}`)}</th>
              <td className="num">{facts[k].n}</td>
              <td>{keys(facts[k].keys.slice(0, 6))}</td>
            </tr>
          ))}
        </Rows>
      );
    case 'decisions':
      return <p className="rv-none">{t('rv.decideText')}</p>;
  }
}

function Big({ n, words, children }: { n: number; words: string; children: ReactNode }) {
  return (
    <div className="rv-big">
      <p>
        <b className="num">{n}</b> {words}
      </p>
      {children}
    </div>
  );
}

function Rows({ head, children }: { head: readonly string[]; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls sideways has to be reached by keyboard
    <section className="rv-scroll" tabIndex={0} aria-label={head[0]}>
      <table className="rv-table">
        <thead>
          <tr>
            {head.map((h) => (
              <th key={h} scope="col">
                {h}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}

export function Keys({ keys, boardId }: { keys: readonly string[]; boardId?: string }) {
  return (
    <span className="rv-keys">
      {keys.map((k) =>
        !boardId ? (
          <span key={k}>{k}</span>
        ) : (
          <Link key={k} to="/b/$board" params={{ board: boardId } as never} search={{ card: k } as never}>
            {k}
          </Link>
        ),
      )}
    </span>
  );
}
