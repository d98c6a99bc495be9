import { Siren } from 'lucide-react';
import { lazy, type ReactNode, Suspense } from 'react';
import { clock } from '../../../lib/time';
import type { Connection } from '../../../live/types';
import { Beam } from '../../../ui/Beam';
import { t } from '../messages';
import type { StandupView } from '../types';
import { type BoardFacts, boardNow, cardCount, columnsNow, panelScale, promptOf, stepNow } from '../walk';
import { Brief } from './Brief';
import { Next } from './Next';
import { Now } from './Now';
import { Radiator } from './Radiator';
import { Anything, Healthy, Sixteenth } from './Rest';
import { NextTurns, Turn } from './Turn';
import '../../../ui/tv/tv.css';
import { Fresh, TvClock } from '../../../ui/tv/parts';

const Qr = lazy(() => import('../../../ui/Qr').then((m) => ({ default: m.Qr })));

interface Props {
  view: StandupView;
  board: BoardFacts;
  connection: Connection;
  /** Milliseconds, by the server's clock. */
  now: number;
  /** Where a phone finds the remote. */
  remoteUrl: string;
  /** What shows in place of the foot while the pointer moves. */
  chrome?: ReactNode;
  awake?: boolean;
}

/** The picture for the wall: one card, what is next, where the work stands. It has no controls. */
export function Screen({ view, board, connection, now, remoteUrl, chrome, awake }: Props) {
  const { series, meeting, parked } = view;
  const open = parked.filter((p) => !p.outcome).length;
  const step = meeting?.state === 'running' ? stepNow(meeting) : undefined;
  const card = step?.cardId ? board.card(step.cardId) : undefined;
  const here = card?.columnId;
  const expedite = boardNow(board, now).expedite;
  const scale = panelScale(series.panelInches, series.distanceM);
  const qr = (
    <Suspense fallback={null}>
      <Qr url={remoteUrl} label={t('su.qr', { url: remoteUrl })} />
    </Suspense>
  );
  return (
    <div
      className="tv"
      data-mantine-color-scheme="dark"
      data-awake={awake || undefined}
      data-large={scale > 1.04 || undefined}
      data-stale={connection.state === 'offline' || undefined}
      style={{ '--scale': scale } as never}
    >
      <header className="tv-top">
        <img src="/favicon.svg" alt="" />
        <h1>{meeting ? series.name : series.boardName}</h1>
        {expedite && expedite.id !== card?.id && (
          <span className="tv-inc">
            <Siren size="1em" aria-hidden />
            <span className="k">{expedite.key}</span>
            <span className="tv-inc-t">{expedite.title}</span>
          </span>
        )}
        {meeting ? (
          <TvClock ms={now - Date.parse(meeting.startedAt)} box={meeting.boxSeconds} />
        ) : (
          <p className="tv-time">{clock(now)}</p>
        )}
      </header>
      <main className="tv-main">
        {!meeting && <Radiator view={view} board={board} now={now} />}
        {meeting?.state === 'sixteenth' && <Sixteenth view={view} />}
        {meeting && step?.kind === 'brief' && <Brief view={view} meeting={meeting} now={now} qr={qr} />}
        {meeting && step?.kind === 'card' && (
          <>
            <Now step={step} card={card} board={board} now={now} count={cardCount(meeting)} />
            <Next meeting={meeting} board={board} now={now} />
          </>
        )}
        {meeting && step?.kind === 'person' && (
          <>
            <Turn meeting={meeting} step={step} board={board} now={now} />
            <NextTurns meeting={meeting} board={board} />
          </>
        )}
        {meeting && step?.kind === 'healthy' && (
          <Healthy meeting={meeting} board={board} prompt={promptOf(step, undefined)} />
        )}
        {meeting && step?.kind === 'anything' && <Anything parked={parked} />}
      </main>
      <section className="tv-wip" aria-label={t('su.wip')}>
        {columnsNow(board, here).map((c) => (
          <div key={c.id} data-here={c.here || undefined} data-s={c.state}>
            <p>
              <span>{c.name}</span>
              <b>{c.max ? `${c.count}/${c.max}` : c.count}</b>
              {c.state === 'over' && <em>{t('su.over')}</em>}
              {c.state === 'full' && <em>{t('su.full')}</em>}
            </p>
            <Beam mix={c.mix} max={c.max} height={0} />
          </div>
        ))}
      </section>
      {chrome ?? (
        <footer className="tv-foot">
          <span>
            {step?.kind === 'card' && (
              <>
                {t('su.helper')}{' '}
                <b>{step.helpers?.map((h) => first(h.name)).join(', ') || t('su.noHelper')}</b>
                {' · '}
              </>
            )}
            {open > 0 && meeting && (
              <>
                {t('su.parkedN', { n: '' })}
                <b>{open}</b>
                {' · '}
              </>
            )}
            <Fresh connection={connection} />
          </span>
          {meeting && <span>{clock(now)}</span>}
        </footer>
      )}
    </div>
  );
}

export const first = (name: string): string => name.split(' ')[0] ?? name;
