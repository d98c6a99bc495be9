import { dateText, dayOfDate, shortDay } from '../../../lib/time';
import type { Paint } from './model';

export const FONT = '"Geist Variable", ui-sans-serif, system-ui, "Segoe UI", sans-serif';

/** The top of an axis that starts at 0, and the step of its lines. */
export function topOf(most: number, lines = 7): { max: number; step: number } {
  const wanted = Math.max(most, 1);
  const unit = 10 ** Math.floor(Math.log10(wanted / lines));
  const step = Math.max(
    1,
    [1, 2, 3, 5, 10, 20, 30, 50].map((n) => n * unit).find((s) => wanted / s <= lines) ?? 100 * unit,
  );
  return { max: Math.ceil((wanted * 1.04) / step) * step, step };
}

export const grid = (at: { left?: number; right?: number; top?: number; bottom?: number } = {}) => ({
  left: 30,
  right: 12,
  top: 14,
  bottom: 30,
  outerBoundsMode: 'none',
  containLabel: false,
  ...at,
});

export const axisText = (paint: Paint) => ({
  color: paint('ink-3'),
  fontSize: 12,
  fontFamily: FONT,
  hideOverlap: true,
});

export function yAxis(paint: Paint, top: { max: number; step: number; min?: number }, more: object = {}) {
  return {
    type: 'value',
    min: top.min ?? 0,
    max: top.max,
    interval: top.step,
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { ...axisText(paint), margin: 8 },
    splitLine: { lineStyle: { color: paint('line'), opacity: 0.7, width: 1 } },
    ...more,
  };
}

const STEPS = [1, 2, 7, 14, 21, 28, 56, 84, 182, 364];

/** Days to name under an axis, Mondays where there is more than a week between them. */
export function ticks(first: number, last: number, width: number): number[] {
  const room = Math.max(2, Math.floor(width / 92));
  const step = STEPS.find((s) => (last - first) / s <= room) ?? 728;
  const monday = first + ((4 - (first % 7) + 7) % 7); // day 4 was Monday 5 January 1970
  const out: number[] = [];
  for (let d = step >= 7 ? monday : first; d <= last; d += step) out.push(d);
  return out;
}

/** Days from left to right. */
export function dayAxis(paint: Paint, first: number, last: number, width: number, more: object = {}) {
  return {
    type: 'value',
    min: first - 0.5,
    max: last + 0.5,
    axisLine: { show: true, onZero: false, lineStyle: { color: paint('line-2'), width: 1 } },
    axisTick: { show: false },
    splitLine: { show: false },
    axisLabel: {
      ...axisText(paint),
      margin: 10,
      customValues: ticks(first, last, width),
      formatter: (n: number) => shortDay(dateText(n)),
    },
    ...more,
  };
}

/** Names from left to right, one place wide each: place k is from k to k + 1. */
export function namedAxis(paint: Paint, names: readonly string[], more: object = {}) {
  return {
    type: 'value',
    min: 0,
    max: Math.max(1, names.length),
    axisLine: { show: true, onZero: false, lineStyle: { color: paint('line-2'), width: 1 } },
    axisTick: { show: false },
    splitLine: { show: false },
    axisLabel: {
      ...axisText(paint),
      margin: 10,
      customValues: names.map((_, i) => i + 0.5),
      formatter: (n: number) => names[Math.floor(n)] ?? '',
    },
    ...more,
  };
}

export const dayNumbers = (days: readonly string[]): number[] => days.map(dayOfDate);
