import { dateWords, dayOfDate } from '../../../lib/time';
import { t } from '../messages';
import type { Cfd } from '../types';
import { dayAxis, dayNumbers, grid, topOf, yAxis } from './axes';
import { spans } from './daily';
import { apart, changeMarks, shapes, text } from './furniture';
import type { Drawing, Mark } from './model';

const HUES = 5;

/** One hue from light to dark, done the darkest; between two of them where there are more columns. */
function hue(k: number, of: number): string {
  const at = of > 1 ? (k / (of - 1)) * (HUES - 1) : HUES - 1;
  const low = Math.floor(at);
  return Number.isInteger(at)
    ? `cfd-${at + 1}`
    : `${Math.round((1 - (at - low)) * 100)} cfd-${low + 1} cfd-${low + 2}`;
}

/** A token, or a mix of two: "40 cfd-1 cfd-2" is 40 % of the first. */
const mixed = (paint: (token: string) => string, words: string): string => {
  const [share, one, two] = words.split(' ');
  return one && two ? `color-mix(in srgb, ${paint(one)} ${share}%, ${paint(two)})` : paint(words);
};

/** What each column holds on a day: how many had reached it and not the next one. */
export const held = (v: Cfd, k: number, i: number): number =>
  v.columns[k]!.reached[i]! - (v.columns[k + 1]?.reached[i] ?? 0);

/** What was done before the window is left out, so that the bands and not the past fill the chart. */
export const before = (v: Cfd): number => v.columns.at(-1)?.reached[0] ?? 0;

/** How many cards had reached each column, day by day; the lines never fall. */
export function cfdDrawing(v: Cfd): Drawing {
  const days = dayNumbers(v.days);
  const low = before(v);
  const n = v.columns.length;
  const top = topOf(Math.max(1, (v.columns[0]?.reached.at(-1) ?? 1) - low));
  return {
    across: true,
    days: [days[0]!, days.at(-1)!],
    make: (size) => ({
      marks: days.map(
        (x, i): Mark => ({
          x,
          y: v.columns[0]!.reached[i]! - low,
          title: dateWords(v.days[i]!),
          lines: v.columns.map((c, k) =>
            k === n - 1
              ? t('fl.cfd.done', { column: c.name, n: c.reached[i]! - low })
              : t('fl.cfd.holds', { column: c.name, n: held(v, k, i) }),
          ),
          behind: {
            title: t('fl.wip.on', { day: dateWords(v.days[i]!) }),
            ask: { of: 'wip', day: v.days[i] },
          },
        }),
      ),
      option: (paint) => ({
        grid: grid({ left: 36, right: 136 }),
        xAxis: dayAxis(paint, days[0]!, days.at(-1)!, size.width - 172),
        yAxis: yAxis(paint, top),
        series: [
          ...v.columns.map((c, k) => ({
            type: 'line',
            silent: true,
            step: 'end',
            symbol: 'none',
            z: 3 + k,
            data: spans(
              days,
              c.reached.map((n) => n - low),
            ),
            lineStyle: { color: paint('surface'), width: 1 },
            areaStyle: { color: mixed(paint, hue(k, n)), opacity: 1, origin: 'start' },
          })),
          corrections(v, paint),
          shapes((coord, area) => {
            const right = area.x + area.width;
            const last = days.length - 1;
            const middles = v.columns.map((c, k) => {
              const high = c.reached[last]! - low;
              return coord([0, high - (k === n - 1 ? high : held(v, k, last)) / 2])[1];
            });
            const ys = apart(middles, 16);
            return v.columns.flatMap((c, k) => [
              {
                type: 'rect',
                shape: { x: right + 8, y: ys[k]! - 5, width: 10, height: 10, r: 2.5 },
                style: { fill: mixed(paint, hue(k, n)) },
              },
              text(
                `${c.name.length > 13 ? `${c.name.slice(0, 12)}…` : c.name} ${k === n - 1 ? c.reached[last]! - low : held(v, k, last)}`,
                { x: right + 23, y: ys[k]! },
                { fill: paint('ink-2'), bold: k < n - 1 && held(v, k, last) > 0 },
              ),
            ]);
          }, 20),
          changeMarks(paint, v.why.changes, { z: 18, top: true }),
        ],
      }),
    }),
  };
}

/** Under the axis: days on which cards stood before a column that they had reached. */
function corrections(v: Cfd, paint: (token: string) => string): object {
  return shapes((coord, area) => {
    const y = area.y + area.height - 3;
    return v.corrections.map((c) => {
      const from = Math.max(area.x, coord([dayOfDate(c.from) - 0.5, 0])[0]);
      const to = Math.min(area.x + area.width, coord([dayOfDate(c.to) + 0.5, 0])[0]);
      return {
        type: 'rect',
        shape: { x: from, y, width: Math.max(3, to - from), height: 6, r: 3 },
        style: { fill: paint('warn'), opacity: 0.75 },
      };
    });
  }, 19);
}
