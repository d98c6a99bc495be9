import type { Discipline } from '../../../api/types';
import { DISC_SHAPES } from '../../../ui/discipline';
import { t } from '../messages';
import type { AgingCard, Overview } from '../types';
import { tokenOf } from './model';

// The small drawings of the four measures: few marks, no axes, so they are drawn here and are there at once.

const [W, H] = [330, 58];
const BOX = `0 0 ${W} ${H}`;

function Words({ x, y, end, children }: { x: number; y: number; end?: boolean; children: string }) {
  return (
    <text x={x} y={y} textAnchor={end ? 'end' : 'start'}>
      {children}
    </text>
  );
}

export function WipSpark({ wip }: { wip: Overview['wip'] }) {
  const words = wip.limit > 0 ? t('fl.wip.limit', { n: wip.limit }) : '';
  const wide = W - (words ? 58 : 8);
  const top = Math.max(1, wip.limit, ...wip.days) * 1.12;
  const y = (v: number) => H - 4 - (v / top) * (H - 10);
  const n = Math.max(1, wip.days.length - 1);
  const x = (i: number) => (i / n) * wide;
  const path = wip.days
    .map((v, i) => (i ? `H${x(i).toFixed(1)}V${y(v).toFixed(1)}` : `M0 ${y(v).toFixed(1)}`))
    .join('');
  return (
    <svg viewBox={BOX} className="fl-spark" aria-hidden="true">
      {words && (
        <>
          <path d={`M0 ${y(wip.limit)}H${wide}`} className="fl-limit" />
          <Words x={W} y={y(wip.limit) + 4} end>
            {words}
          </Words>
        </>
      )}
      <path d={path} className="fl-run" />
      {wip.days.length > 0 && (
        <circle cx={x(wip.days.length - 1)} cy={y(wip.days.at(-1)!)} r="3.5" fill="var(--ink)" />
      )}
    </svg>
  );
}

export function WeekSpark({ weeks }: { weeks: readonly number[] }) {
  const most = Math.max(1, ...weeks);
  const wide = W / Math.max(weeks.length, 6);
  return (
    <svg viewBox={BOX} className="fl-spark" aria-hidden="true">
      <path d={`M0 ${H - 1.5}H${W}`} className="fl-base" />
      {weeks.map((v, i) => {
        const tall = Math.max(v ? 2 : 0, (v / most) * (H - 8));
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: weeks are places
            key={i}
            x={i * wide + 2}
            y={H - 2 - tall}
            width={wide - 5}
            height={tall}
            rx="2"
            className={i === weeks.length - 1 ? 'fl-now' : 'fl-bar'}
          />
        );
      })}
    </svg>
  );
}

/** What a kind of work took each week, with a line at what was reserved for it, once something was. */
export function ReserveSpark({ weeks }: { weeks: readonly { percent: number; wipPercent?: number }[] }) {
  const most = Math.max(1, ...weeks.flatMap((w) => [w.percent, w.wipPercent ?? 0])) * 1.08;
  const wide = W / Math.max(weeks.length, 8);
  const y = (n: number) => H - 2 - (n / most) * (H - 8);
  return (
    <svg viewBox={BOX} className="fl-spark" aria-hidden="true">
      <path d={`M0 ${H - 1.5}H${W}`} className="fl-base" />
      {weeks.map((w, i) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: weeks are places
          key={i}
          x={i * wide + 2}
          y={y(w.wipPercent ?? 0)}
          width={wide - 5}
          height={H - 2 - y(w.wipPercent ?? 0)}
          rx="2"
          className={w.percent > 0 && (w.wipPercent ?? 0) > w.percent ? 'fl-late' : 'fl-bar'}
        />
      ))}
      <path
        d={weeks.map((w, i) => (w.percent ? `M${i * wide} ${y(w.percent)}h${wide}` : '')).join('')}
        className="fl-line"
      />
    </svg>
  );
}

/** One shape for each card in progress, by its age; what is older than the last place stands there. */
export function AgeSpark({ cards, sle }: { cards: readonly AgingCard[]; sle?: number }) {
  const oldest = Math.max(1, ...cards.map((c) => c.days));
  const places = Math.max(oldest + 0.6, sle ? sle * 1.35 : 0, 8);
  const wide = (W - 12) / places;
  const seen = new Map<number, number>();
  const step = Math.min(12, (H - 14) / Math.max(1, most(cards) - 1 || 1));
  const right = sle && (sle + 0.5) * wide > W - 56;
  return (
    <svg viewBox={BOX} className="fl-spark" aria-hidden="true">
      <path d={`M0 ${H - 3}H${W}`} className="fl-base" />
      {sle && (
        <>
          <path d={`M${(sle + 0.5) * wide} 4V${H - 3}`} className="fl-line" />
          <Words x={(sle + 0.5) * wide + (right ? -6 : 6)} y={13} end={!!right}>
            {t('fl.age.sle', { n: sle })}
          </Words>
        </>
      )}
      {[...cards].reverse().map((c) => {
        const n = seen.get(c.days) ?? 0;
        seen.set(c.days, n + 1);
        return <Dot key={c.id} x={c.days * wide} y={H - 9.5 - n * step} d={c.discipline as Discipline} />;
      })}
    </svg>
  );
}

const most = (cards: readonly AgingCard[]): number => {
  const by = new Map<number, number>();
  for (const c of cards) by.set(c.days, (by.get(c.days) ?? 0) + 1);
  return Math.max(0, ...by.values());
};

function Dot({ x, y, d }: { x: number; y: number; d: Discipline }) {
  const token = tokenOf(d);
  return (
    <path
      d={DISC_SHAPES[token]}
      transform={`translate(${x - 5.2} ${y - 5.2}) scale(.65)`}
      fill={`var(--${token})`}
      stroke="var(--surface)"
      strokeWidth="1.2"
    />
  );
}

export function CycleSpark({ cycle }: { cycle: Overview['cycleTime'] }) {
  const last = cycle.histogram.reduce((n, v, i) => (v ? i : n), 0) + 1;
  const places = Math.max(12, last);
  const wide = W / places;
  const tallest = Math.max(1, ...cycle.histogram);
  const at = cycle.days * wide;
  const right = at > W - 84;
  return (
    <svg viewBox={BOX} className="fl-spark" aria-hidden="true">
      <path d={`M0 ${H - 1.5}H${W}`} className="fl-base" />
      {cycle.histogram.slice(0, places).map((v, i) => {
        const tall = Math.max(v ? 2 : 0, (v / tallest) * (H - 8));
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: days are places
            key={i}
            x={i * wide + 1.5}
            y={H - 2 - tall}
            width={Math.max(1, wide - 3)}
            height={tall}
            rx="2"
            className={cycle.days && i >= cycle.days ? 'fl-late' : 'fl-bar'}
          />
        );
      })}
      {cycle.days > 0 && (
        <>
          <path d={`M${at} 4V${H - 2}`} className="fl-line" />
          <Words x={at + (right ? -6 : 6)} y={13} end={right}>
            {t('fl.cycle.sle', { p: cycle.percent, n: cycle.days })}
          </Words>
        </>
      )}
    </svg>
  );
}
