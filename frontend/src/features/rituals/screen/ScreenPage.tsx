import { ChevronLeft, ChevronRight, CloudOff } from 'lucide-react';
import { lazy, type ReactNode, Suspense } from 'react';
import { useKeys } from '../../../lib/keys';
import { useTabTitle } from '../../../lib/page';
import { clock, moment } from '../../../lib/time';
import { useNoScroll } from '../../../lib/use-no-scroll';
import { useNow } from '../../../lib/use-now';
import { useAwake, useWakeLock } from '../../../lib/use-wake';
import { useConnection } from '../../../live';
import { Fresh, TvClock } from '../../../ui/tv/parts';
import '../../../ui/tv/tv.css';
import { t } from '../messages';
import { QUESTIONS } from '../review/questions';
import type { RitualView, Sitting } from '../types';
import { type Ritual, useJoin, useRitual } from '../use-ritual';
import { DemoScreen } from './DemoScreen';
import { ReplenishScreen } from './ReplenishScreen';
import { ReviewScreen } from './ReviewScreen';
import './screen.css';

const Qr = lazy(() => import('../../../ui/Qr').then((m) => ({ default: m.Qr })));

interface Props {
  seriesId: string;
  /** Whether whoever sits here may go on; a screen on the wall may not. */
  mayDrive?: (teamId: string) => boolean;
  /** Who sits here; nobody at a wall. */
  me?: string;
  /** Back to the ritual; absent on a wall. */
  onLeave?: () => void;
}

/** A ritual for the wall, read from four metres: one card, one question or one order. It has no controls. */
export function ScreenPage({ seriesId, mayDrive, me, onLeave }: Props) {
  const ritual = useRitual(seriesId);
  const { view } = ritual;
  useJoin(ritual, me);
  const connection = useConnection();
  const now = useNow();
  const [awake, stir] = useAwake();
  useWakeLock();
  useTabTitle(view?.series.name ?? t('ri.title'));
  const sitting = view?.sitting;
  const ways = steps(ritual, Boolean(view && mayDrive?.(view.series.teamId)));
  useKeys(t('ri.keys'), [
    { keys: ['Space', 'ArrowRight', 'PageDown'], label: t('rt.key.next'), run: () => ways.next?.() },
    { keys: ['ArrowLeft', 'PageUp'], label: t('rt.key.back'), run: () => ways.back?.() },
    { keys: 'Escape', label: t('rt.leave'), run: () => onLeave?.() },
  ]);
  useNoScroll();
  // A room with people at a laptop may be light; a screen on the wall is dark, as for the standup.
  const dark = onLeave ? {} : { 'data-mantine-color-scheme': 'dark' };
  if (!view)
    return (
      <div className="tv tv-wait" {...dark}>
        <main>
          {ritual.status === 'loading' ? (
            <p role="status">{t('rt.opening')}</p>
          ) : (
            <>
              <CloudOff size="1.4em" aria-hidden />
              <p>{t(ritual.status === 'error' ? 'ri.error' : 'ri.missing')}</p>
              <small>{t(ritual.status === 'error' ? 'ri.awayText' : 'ri.missingText')}</small>
            </>
          )}
        </main>
      </div>
    );
  const { series } = view;
  const url = `${window.location.origin}/rituals/${series.id}`;
  return (
    <div
      className="tv rt"
      {...dark}
      data-awake={awake || undefined}
      data-stale={connection.state === 'offline' || undefined}
      onPointerMove={onLeave && stir}
      onPointerDown={onLeave && stir}
    >
      <header className="tv-top">
        <img src="/favicon.svg" alt="" />
        <h1>{series.name}</h1>
        {sitting ? (
          <TvClock ms={now - Date.parse(sitting.startedAt)} box={sitting.boxSeconds} />
        ) : (
          <p className="tv-time">{clock(now)}</p>
        )}
      </header>
      <main className="tv-main">
        {sitting ? (
          <Running view={view} sitting={sitting} />
        ) : (
          <Between
            view={view}
            qr={
              <Suspense fallback={null}>
                <Qr url={url} label={t('rt.qr', { url })} />
              </Suspense>
            }
          />
        )}
      </main>
      {awake && onLeave ? (
        <footer className="tv-chrome">
          {ways.back && (
            <button type="button" aria-label={t('rt.key.back')} onClick={ways.back}>
              <ChevronLeft size="1em" aria-hidden />
            </button>
          )}
          {ways.next && (
            <button type="button" className="go" onClick={ways.next}>
              {t('rt.next')}
              <ChevronRight size="1em" aria-hidden />
            </button>
          )}
          <button type="button" onClick={onLeave}>
            {t('rt.leave')}
          </button>
          <span>{t('rt.keys')}</span>
        </footer>
      ) : (
        <footer className="tv-foot">
          <span>
            {sitting && <b>{here(sitting)} · </b>}
            <Fresh connection={connection} />
          </span>
          {sitting && <span>{clock(now)}</span>}
        </footer>
      )}
    </div>
  );
}

function Running({ view, sitting }: { view: RitualView; sitting: Sitting }) {
  if (sitting.demo) return <DemoScreen demo={sitting.demo} at={sitting.at} />;
  if (sitting.review) return <ReviewScreen review={sitting.review} at={sitting.at} view={view} />;
  return <ReplenishScreen boardId={view.series.boardId} sitting={sitting} />;
}

/** When the next one is, and the way to it for a phone. */
function Between({ view, qr }: { view: RitualView; qr: ReactNode }) {
  const { series, last } = view;
  return (
    <>
      <section className="tv-now">
        <p className="tv-now-h">{t('ri.idle')}</p>
        <h2>{series.nextAt ? moment(series.nextAt) : t('ri.noTimeYet')}</h2>
        <p className="tv-text big">{t(`ri.what.${series.kind}`)}</p>
        {last && <p className="tv-text">{t('ri.last', { when: moment(last.startedAt) })}</p>}
      </section>
      <section className="tv-next">
        <div className="tv-last rt-qr">
          {qr}
          <p>{t('rt.scan')}</p>
        </div>
      </section>
    </>
  );
}

/** "4 of the team, Bo, Dara": who is here. */
function here({ attendance: { core, people } }: Sitting): string {
  const named = people
    .filter((p) => p.role !== 'core' && p.state !== 'away')
    .map((p) => p.name.split(' ')[0]);
  return [t('ri.headsN', { n: core }), ...named].join(', ');
}

/** What goes on and back from here; nothing for who only looks, or where nothing is. */
function steps({ view, ask }: Ritual, drives: boolean): { next?: () => void; back?: () => void } {
  const sitting = view?.sitting;
  if (!drives || !sitting || sitting.replenishment) return {};
  const { at, demo } = sitting;
  const last = demo ? demo.cards.length : QUESTIONS.length - 1;
  const go = (to: number, outcome?: 'shown') => () =>
    void ask('advance', { from: at, to, ...(outcome ? { outcome } : {}) });
  return {
    next: at < last ? go(at + 1, demo ? 'shown' : undefined) : undefined,
    back: at > 0 ? go(at - 1) : undefined,
  };
}
