import { defineMessages } from '../../lib/i18n';
import { clock } from '../../lib/time';

// What every picture for the wall has: how fresh it is, and how long it has taken.

const t = defineMessages({
  'tv.live': 'live',
  'tv.stale': 'stale {n} s',
  'tv.offline': 'offline, showing {time}',
  'tv.of': 'of {box}',
  'tv.clock': '{minutes} of {box}',
});

/** "12:05" of milliseconds. */
export function minutes(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`;
}

/** Of the connection: how it is, how old what it brought is, and since when it is away. */
interface Freshness {
  state: string;
  ageSeconds: number;
  since: Date | null;
}

/** Live, stale for so long, or offline and from when: a picture that is old must say so. */
export function Fresh({ connection }: { connection: Freshness }) {
  const { state, ageSeconds, since } = connection;
  if (state === 'live' || (state === 'polling' && ageSeconds < 10))
    return (
      <em className="tv-live" data-t="ok">
        <i /> {t('tv.live')}
      </em>
    );
  if (state === 'offline' || ageSeconds >= 60)
    return (
      <em className="tv-live" data-t="bad">
        <i /> {t('tv.offline', { time: clock(since ?? Date.now()) })}
      </em>
    );
  return (
    <em className="tv-live" data-t="warn">
      <i /> {t('tv.stale', { n: ageSeconds })}
    </em>
  );
}

/** Counts up against the box; at its end it says so. */
export function TvClock({ ms, box }: { ms: number; box: number }) {
  const of = minutes(box * 1000);
  const part = Math.min(100, Math.max(0, ms / (box * 10)));
  return (
    <div
      className="tv-clock"
      role="timer"
      aria-label={t('tv.clock', { minutes: minutes(ms), box: of })}
      data-t={ms >= box * 1000 ? 'bad' : ms >= box * 800 ? 'warn' : 'calm'}
    >
      <p>
        <b>{minutes(ms)}</b> {t('tv.of', { box: of })}
      </p>
      <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect width="100" height="8" fill="var(--line)" />
        <rect width={part} height="8" fill="currentColor" />
      </svg>
    </div>
  );
}
