import { dateWords, dayOfDate } from '../../../lib/time';
import { t } from '../messages';
import type { CyclePoint, CycleTime } from '../types';
import { dayAxis, grid, topOf, yAxis } from './axes';
import { changeMarks, levels } from './furniture';
import { type Drawing, type Mark, shapeOf, tokenOf } from './model';

const DASH: Record<number, number[]> = { 50: [2, 5], 85: [8, 4], 95: [4, 4] };

/** More than so many are drawn as one for all of a day, a length and a discipline. */
const CROWD = 1500;

interface Placed {
  point: CyclePoint;
  dx: number;
  /** All that this mark stands for. */
  keys: readonly string[];
}

function crowd(points: readonly CyclePoint[]): Placed[] {
  const groups = new Map<string, CyclePoint[]>();
  for (const p of points) {
    const at = `${p.day} ${p.days} ${tokenOf(p.discipline)}`;
    const group = groups.get(at);
    if (group) group.push(p);
    else groups.set(at, [p]);
  }
  return [...groups.values()].map((group) => ({ point: group[0]!, dx: 0, keys: group.map((p) => p.key) }));
}

/** Marks of one day and one length lie beside each other, closer the more they are. */
function spread(points: readonly CyclePoint[]): Placed[] {
  if (points.length > CROWD) return crowd(points);
  const groups = new Map<string, CyclePoint[]>();
  for (const p of points) {
    const at = `${p.day} ${p.days}`;
    groups.set(at, [...(groups.get(at) ?? []), p]);
  }
  return [...groups.values()].flatMap((group) => {
    const step = Math.min(5, 16 / group.length);
    return group.map((point, i) => ({ point, dx: (i - (group.length - 1) / 2) * step, keys: [point.key] }));
  });
}

/** One mark for each finished card: when, and how many days it took. */
export function cycleDrawing(v: CycleTime): Drawing {
  const placed = spread(v.points);
  const named = new Map([...new Set(v.points.map((p) => p.day))].map((day) => [day, dateWords(day)]));
  const [first, last] = [dayOfDate(v.why.from), dayOfDate(v.why.to)];
  return {
    days: [first, last],
    make: (size) => {
      const top = topOf(Math.max(1, ...v.points.map((p) => p.days), ...v.percentiles.map((p) => p.days)));
      const shown = v.percentiles.filter((p) => DASH[p.percent]);
      return {
        marks: placed
          .map(({ point: p, dx, keys }): Mark => {
            const [days, day] = [t('fl.days', { n: p.days }), named.get(p.day)!];
            const one = keys.length === 1;
            return {
              x: dayOfDate(p.day),
              y: p.days,
              dx,
              title: one ? p.key : t('fl.cards', { n: keys.length }),
              lines: one
                ? [p.title, t('fl.cycle.took', { days, day })]
                : [t('fl.cycle.many', { n: keys.length, days, day })],
              behind: { title: one ? p.key : t('fl.cards', { n: keys.length }), keys: keys.slice(0, 50) },
            };
          })
          .sort((a, b) => a.x - b.x || a.y - b.y),
        option: (paint) => ({
          grid: grid({ right: shown.length ? 62 : 14, bottom: 46 }),
          xAxis: dayAxis(paint, first, last, size.width - 92),
          yAxis: yAxis(paint, top),
          series: [
            changeMarks(paint, v.why.changes),
            levels(
              paint,
              shown.map((p) => ({
                at: p.days,
                words: t('fl.cycle.line', { p: p.percent, n: p.days }),
                dash: DASH[p.percent],
                bold: p.percent === 85,
              })),
            ),
            {
              type: 'scatter',
              silent: true,
              clip: false,
              z: 5,
              data: placed.map(({ point: p, dx, keys }) => ({
                value: [dayOfDate(p.day), p.days],
                symbol: shapeOf(p.discipline),
                symbolOffset: [dx, 0],
                symbolSize: (placed.length > 600 ? 6 : 8.5) * Math.min(2, keys.length ** 0.3),
                itemStyle: { color: paint(tokenOf(p.discipline)), opacity: 0.78 },
              })),
            },
          ],
        }),
      };
    },
  };
}
