import type { CSSProperties } from 'react';
import { dayOf, dayOfDate, shortDay } from '../../../lib/time';
import { t } from './messages';
import type { Freeze, LaunchHead } from './types';

/** Days from `from` on, counted since 1970, `n` of them. */
export interface Window {
  from: number;
  n: number;
  today: number;
}

const key = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);
const middle = (w: Window, day: number) => ((day - w.from + 0.5) / w.n) * 100;
const at = (percent: number): CSSProperties => ({ left: `${Math.min(100, Math.max(0, percent))}%` });

/** What lies under every row: the days on which nothing should launch, and today. */
function Ground({ w, freezes, teamId }: { w: Window; freezes: readonly Freeze[]; teamId?: string }) {
  return (
    <>
      {freezes
        .filter((f) => !f.teamId || !teamId || f.teamId === teamId)
        .map((f) => {
          const left = Math.max(0, dayOfDate(f.from) - w.from);
          const right = Math.min(w.n, dayOfDate(f.to) - w.from + 1);
          return (
            right > left && (
              <i
                key={f.id}
                className="ln-ice"
                style={{ left: `${(left / w.n) * 100}%`, width: `${((right - left) / w.n) * 100}%` }}
                title={f.title}
              />
            )
          );
        })}
      <i className="ln-now" style={at(middle(w, w.today))} />
    </>
  );
}

/** The weeks over all rows, with the freezes named. */
export function Axis({ w, freezes }: { w: Window; freezes: readonly Freeze[] }) {
  const step = w.n > 45 ? 14 : 7;
  // Mondays: day 4 since 1970 was one.
  const first = w.from + ((((4 - w.from) % 7) + 7) % 7);
  const ticks: number[] = [];
  const room = Math.ceil(w.n / 9); // a day's name needs a ninth of the line
  for (let d = first; d <= w.from + w.n - room; d += step) ticks.push(d);
  return (
    <div className="ln-axis" aria-hidden="true">
      {ticks.map((d) => (
        <span key={d} style={at(((d - w.from) / w.n) * 100)}>
          {shortDay(key(d))}
        </span>
      ))}
      <Ground w={w} freezes={freezes} />
    </div>
  );
}

/** One launch on the line of days: the day, the stages that are planned, what has gone by. */
export function Track({ h, w, freezes }: { h: LaunchHead; w: Window; freezes: readonly Freeze[] }) {
  const c = h.checklist;
  const day = dayOfDate(c.launchOn ?? '');
  const begun = h.beganAt ? dayOf(h.beganAt, 'UTC') : undefined;
  const end = h.endedAt ? dayOf(h.endedAt, 'UTC') : w.today;
  return (
    <div className="ln-track" aria-hidden="true">
      <Ground w={w} freezes={freezes} teamId={c.team.id} />
      <i className="ln-line" />
      {begun !== undefined && (
        <i
          className="ln-gone"
          data-state={h.state}
          style={{
            ...at(middle(w, begun)),
            width: `${Math.max(0, Math.min(100, middle(w, end)) - Math.max(0, middle(w, begun)))}%`,
          }}
        />
      )}
      {day >= w.from && day < w.from + w.n && (
        <i className="ln-dot" data-tone={tone(h, day - w.today)} style={at(middle(w, day))} />
      )}
      {day < w.from && <i className="ln-dot" data-tone={tone(h, 0)} data-before style={at(0)} />}
    </div>
  );
}

/** Red is trouble that is true now: it blocks and is near, or it was stopped. */
function tone(h: LaunchHead, days: number): string {
  if (h.state === 'stopped' || h.state === 'rolled_back') return 'bad';
  if (h.state === 'running') return 'on';
  if (h.state === 'done') return 'done';
  if (h.checklist.blocking > 0 && days <= 14) return 'bad';
  return h.freezes.length > 0 ? 'warn' : 'open';
}

/** All of them on one line, for a narrow screen. */
export function Overview({
  items,
  w,
  freezes,
}: {
  items: readonly LaunchHead[];
  w: Window;
  freezes: readonly Freeze[];
}) {
  return (
    <div
      className="ln-track ln-all"
      role="img"
      aria-label={t('ln.overview', {
        names: items.map((h) => `${h.checklist.name} ${shortDay(h.checklist.launchOn ?? '')}`).join(', '),
      })}
    >
      <Ground w={w} freezes={freezes} />
      <i className="ln-line" />
      {items.map((h) => {
        const day = dayOfDate(h.checklist.launchOn ?? '');
        return (
          <i
            key={h.checklist.id}
            className="ln-dot"
            data-tone={tone(h, day - w.today)}
            style={at(middle(w, Math.max(day, w.from)))}
          />
        );
      })}
    </div>
  );
}
