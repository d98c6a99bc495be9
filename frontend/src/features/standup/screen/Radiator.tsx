import { localDay } from '../../../lib/local-input';
import { clock, dateWords, relative } from '../../../lib/time';
import { t } from '../messages';
import type { StandupView } from '../types';
import { type BoardFacts, boardNow } from '../walk';
import { OnCallList } from './Brief';
import { Row } from './Next';

const STUCK = 2;

/** Between two standups: how the board stands, who is on call, when one meets again. */
export function Radiator({ view, board, now }: { view: StandupView; board: BoardFacts; now: number }) {
  const { series, last } = view;
  const b = boardNow(board, now);
  return (
    <>
      <section className="tv-now radiator" aria-label={series.boardName}>
        <dl className="tv-nums">
          <div>
            <dd>{b.wip}</dd>
            <dt>{t('su.radiator.wip')}</dt>
          </div>
          <div data-t={b.blocked ? 'bad' : undefined}>
            <dd>{b.blocked}</dd>
            <dt>{t('su.radiator.blocked')}</dt>
          </div>
          <div data-t={b.aging ? 'warn' : undefined}>
            <dd>{b.aging}</dd>
            <dt>{t('su.radiator.aging')}</dt>
          </div>
        </dl>
        {b.stuck.length === 0 ? (
          <>
            <h2>{t('su.radiator.none')}</h2>
            <p className="tv-text">{t('su.radiator.noneText', { n: b.wip })}</p>
          </>
        ) : (
          <div className="tv-next inner">
            <h3>{t('su.radiator.stuck')}</h3>
            <ol>
              {b.stuck.slice(0, STUCK).map((card) => (
                <Row
                  key={card.id}
                  card={card}
                  board={board}
                  now={now}
                  step={{ n: 0, kind: 'card', reason: card.blockers.length ? 'blocked' : 'aging' }}
                />
              ))}
            </ol>
          </div>
        )}
      </section>
      <section className="tv-next" aria-label={t('su.onCall')}>
        <OnCallList onCall={view.onCall} most={3} />
        <div className="tv-last">
          <small>{t('su.radiator.next')}</small>
          <strong>{series.nextAt ? nextWords(series.nextAt, now) : t('su.radiator.noNext')}</strong>
          {last && (
            <p>{t('su.radiator.last', { minutes: last.minutes, when: relative(last.endedAt, now) })}</p>
          )}
        </div>
      </section>
    </>
  );
}

/** "today 09:30", "Mon 23 Nov 09:30" */
export function nextWords(at: string, now: number): string {
  const day = (x: string | number) => new Date(x).toDateString();
  const when = day(at) === day(now) ? t('su.today') : dateWords(localDay(at), now);
  return `${when} ${clock(at)}`;
}
