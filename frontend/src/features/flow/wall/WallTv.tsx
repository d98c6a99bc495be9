import { CloudOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useKeys } from '../../../lib/keys';
import { useTabTitle } from '../../../lib/page';
import { clock } from '../../../lib/time';
import { useNoScroll } from '../../../lib/use-no-scroll';
import { useNow } from '../../../lib/use-now';
import { useAwake, useWakeLock } from '../../../lib/use-wake';
import type { Connection } from '../../../live/types';
import { AgeBars } from '../../../ui/Age';
import { Beam } from '../../../ui/Beam';
import { Fresh } from '../../../ui/tv/parts';
import '../../../ui/tv/tv.css';
import { t } from './messages';
import type { Wall, WallBoard } from './types';
import { useWall } from './WallPage';
import './wall-tv.css';

/** So many boards can be read from four metres; more take turns. */
const ROWS = 5;
const TURN_MS = 20_000;
const AGAIN_MS = 8_000;

/** The wall for a television: it has no controls, says how fresh it is, and turns its pages by itself. */
export function WallTv({ connection, onLeave }: { connection: Connection; onLeave?: () => void }) {
  const { data, error, dataUpdatedAt, refetch } = useWall();
  const now = useNow();
  const [awake, stir] = useAwake();
  useWakeLock();
  useTabTitle(t('wall.title'));
  useKeys(t('wall.title'), onLeave ? [{ keys: 'Escape', label: t('wall.tv.leave'), run: onLeave }] : []);
  useNoScroll();
  // nobody stands in front of a wall to press a button
  useEffect(() => {
    if (!error) return;
    const timer = setInterval(() => void refetch(), AGAIN_MS);
    return () => clearInterval(timer);
  }, [error, refetch]);
  const n = data?.boards.length ?? 0;
  const pages = Math.max(1, Math.ceil(n / ROWS));
  const page = usePage(pages);
  const shown = data?.boards.slice(page * ROWS, (page + 1) * ROWS) ?? [];
  const worst = data?.blocked[0];
  if (!data)
    return (
      <div className="tv tv-wait" data-mantine-color-scheme="dark">
        <main>
          {error ? (
            <>
              <CloudOff size="1.4em" aria-hidden />
              <p role="alert">{t('wall.tv.away')}</p>
              <small>{t('wall.tv.awayText')}</small>
            </>
          ) : (
            <p role="status">{t('wall.tv.opening')}</p>
          )}
        </main>
      </div>
    );
  // a wall that cannot be read again is as old as what it shows, whatever the connection says
  const fresh: Connection = error
    ? {
        ...connection,
        state: connection.state === 'offline' ? 'offline' : 'polling',
        since: new Date(dataUpdatedAt),
        ageSeconds: Math.max(0, Math.round((Date.now() - dataUpdatedAt) / 1000)),
      }
    : connection;
  return (
    <div
      className="tv wt"
      data-mantine-color-scheme="dark"
      data-awake={awake || undefined}
      data-stale={fresh.state === 'offline' || undefined}
      onPointerMove={stir}
    >
      <header className="tv-top">
        <img src="/favicon.svg" alt="" />
        <h1>{t('wall.crumb')}</h1>
        <Sums wall={data} />
        <p className="tv-time">{clock(now)}</p>
      </header>
      <ol className="wt-rows">
        {shown.map((b) => (
          <Row key={b.id} board={b} />
        ))}
      </ol>
      <footer className="tv-foot wt-foot">
        <span className="wt-worst">
          {worst && (
            <>
              <b>{t('wall.days', { n: worst.days })}</b> {worst.reason} <span className="k">{worst.key}</span>
            </>
          )}
        </span>
        <span className="wt-end">
          {pages > 1 && (
            <span>
              {t('wall.tv.more', { from: page * ROWS + 1, to: Math.min(n, (page + 1) * ROWS), n })}
              {' · '}
            </span>
          )}
          <Fresh connection={fresh} />
          {awake && onLeave && (
            <button type="button" className="wt-leave" onClick={onLeave}>
              {t('wall.tv.leave')}
            </button>
          )}
        </span>
      </footer>
    </div>
  );
}

/** Which page is shown now; with one page nothing turns. */
function usePage(pages: number): number {
  const [page, setPage] = useState(0);
  useEffect(() => {
    if (pages < 2) return;
    const timer = setInterval(() => setPage((p) => p + 1), TURN_MS);
    return () => clearInterval(timer);
  }, [pages]);
  return page % pages;
}

function Sums({ wall: { sums: s } }: { wall: Wall }) {
  return (
    <p className="wt-sums">
      <span>
        {t('wall.sum.wip')} <b>{s.wip}</b>
      </span>
      {s.blocked > 0 && (
        <span>
          <b>{s.blocked}</b> {t('wall.tv.blocked')}
          {s.outside > 0 && (
            <>
              , <b>{s.outside}</b> {t('wall.tv.outside')}
            </>
          )}
        </span>
      )}
      {s.past > 0 && (
        <span data-t="bad">
          <b>{s.past}</b> {t('wall.sum.past')}
        </span>
      )}
    </p>
  );
}

function Row({ board: b }: { board: WallBoard }) {
  return (
    <li className="wt-row" data-t={b.tone}>
      <div className="wt-name">
        <h2>{b.teamName}</h2>
        <p>{b.say}</p>
      </div>
      <ul className="wt-cols">
        {b.columns.slice(0, 5).map((c) => (
          <li key={c.id} data-s={c.state}>
            <span className="wt-col">
              <span>{c.name}</span>
              <b>{c.max ? `${c.count}/${c.max}` : c.count}</b>
            </span>
            <Beam mix={c.mix} max={c.max ?? undefined} height={0} />
          </li>
        ))}
      </ul>
      <p className="wt-wip">
        <small>{t('wall.wip')}</small> {b.wip}
      </p>
      <p className="wt-old">
        {b.oldest && (
          <>
            <AgeBars level={b.oldest.level as 0 | 1 | 2 | 3} height={36} />
            <b data-over={b.oldest.over || undefined}>{t('wall.tv.oldest', { n: b.oldest.days })}</b>
            {!!b.oldest.sleDays && <span>{t('wall.tv.expected', { n: b.oldest.sleDays })}</span>}
          </>
        )}
      </p>
    </li>
  );
}
