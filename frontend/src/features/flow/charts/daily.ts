import { dateText, dateWords, shortDay } from '../../../lib/time';
import { t } from '../messages';
import type { Daily } from '../types';
import { tenth } from '../words';
import { dayAxis, dayNumbers, grid, namedAxis, topOf, yAxis } from './axes';
import { changeMarks, type Level, levels, line, shapes } from './furniture';
import type { Behind, Drawing, Mark } from './model';

// Lines over days and bars over weeks.

interface RunOf {
  v: Daily;
  values: readonly number[];
  /** What is said on a day. */
  say: (value: number, i: number) => string[];
  behind: (day: string) => Behind;
  limit?: number;
  area?: boolean;
}

const ends = (n: number, limit?: number): Level[] =>
  limit
    ? [{ at: limit, words: t('fl.wip.limit', { n: limit }), dash: [4, 4], tone: 'ink-3' }, last(n)]
    : [last(n)];
const last = (n: number): Level => ({ at: n, words: String(n), bold: true });

/** The level of a day lasts from its beginning to its end. */
export const spans = (days: readonly number[], values: readonly number[]): [number, number][] => [
  ...days.map((x, i): [number, number] => [x - 0.5, values[i]!]),
  [days.at(-1)! + 0.5, values.at(-1)!],
];

/** A number of every day, as steps; its last value stands at the end. */
export function runDrawing({ v, values, say, behind, limit, area }: RunOf): Drawing {
  const days = dayNumbers(v.days);
  const top = topOf(Math.max(1, limit ?? 0, ...values), 6);
  return {
    across: true,
    days: [days[0]!, days.at(-1)!],
    make: (size) => ({
      marks: days.map(
        (x, i): Mark => ({
          x,
          y: values[i]!,
          title: dateWords(v.days[i]!),
          lines: say(values[i]!, i),
          behind: behind(v.days[i]!),
        }),
      ),
      option: (paint) => ({
        grid: grid({ left: 36, right: limit ? 66 : 44 }),
        xAxis: dayAxis(paint, days[0]!, days.at(-1)!, size.width - 90),
        yAxis: yAxis(paint, top),
        series: [
          changeMarks(paint, v.why.changes),
          {
            type: 'line',
            silent: true,
            step: 'end',
            symbol: 'none',
            z: 4,
            data: spans(days, values),
            lineStyle: { color: paint('ink'), width: 1.8 },
            areaStyle: area ? { color: paint('bar'), opacity: 0.35, origin: 'start' } : undefined,
          },
          endings(paint, ends(values.at(-1) ?? 0, limit)),
        ],
      }),
    }),
  };
}

/** The limit goes across, the last value only stands at the end of its line. */
function endings(paint: (token: string) => string, list: readonly Level[]): object {
  return levels(
    paint,
    list.map((l) => (l.bold ? { ...l, dash: [0, 9999] } : l)),
  );
}

/** The index of the first day that is judged: before it a board was only beginning. */
export const judgedFrom = (v: Daily): number => Math.max(0, v.days.indexOf(v.since));

/** Started minus finished, summed: above the line work piles up, below it is worked off. */
export function netDrawing(v: Daily): Drawing {
  const days = dayNumbers(v.days);
  const up = topOf(Math.max(1, ...v.net), 4);
  const lowest = Math.min(0, ...v.net);
  const step = Math.max(up.step, topOf(-lowest, 4).step);
  const max = Math.ceil(Math.max(1, ...v.net) / step) * step;
  const min = Math.floor(lowest / step) * step;
  return {
    across: true,
    days: [days[0]!, days.at(-1)!],
    make: (size) => ({
      marks: days.map(
        (x, i): Mark => ({
          x,
          y: v.net[i]!,
          title: dateWords(v.days[i]!),
          lines: [
            t('fl.net.day', { started: v.started[i]!, finished: v.finished[i]! }),
            t('fl.net.since', { n: v.net[i]! > 0 ? `+${v.net[i]}` : String(v.net[i]) }),
          ],
          behind: {
            title: t('fl.net.startedOn', { day: dateWords(v.days[i]!) }),
            ask: { of: 'started', day: v.days[i] },
          },
        }),
      ),
      option: (paint) => ({
        grid: grid({ left: 40, right: 44 }),
        xAxis: dayAxis(paint, days[0]!, days.at(-1)!, size.width - 84),
        yAxis: yAxis(
          paint,
          { max, min, step },
          {
            axisLabel: {
              color: paint('ink-3'),
              fontSize: 12,
              formatter: (n: number) => (n > 0 ? `+${n}` : String(n)),
            },
          },
        ),
        series: [
          changeMarks(paint, v.why.changes),
          ...(['warn', 'accent'] as const).map((tone, k) => ({
            type: 'line',
            silent: true,
            step: 'end',
            symbol: 'none',
            z: 4,
            data: spans(
              days,
              v.net.map((n) => (k ? Math.min(0, n) : Math.max(0, n))),
            ),
            lineStyle: { width: 0 },
            areaStyle: { color: paint(tone), opacity: 0.22, origin: 0 },
          })),
          {
            type: 'line',
            silent: true,
            step: 'end',
            symbol: 'none',
            z: 5,
            data: spans(days, v.net),
            lineStyle: { color: paint('ink'), width: 1.8 },
          },
          shapes((coord, area) => {
            const [, y] = coord([days[0]!, 0]);
            return [line([area.x, y], [area.x + area.width, y], { stroke: paint('line-2') })];
          }, 3),
          endings(paint, [
            {
              ...last(v.net.at(-1) ?? 0),
              words: (v.net.at(-1) ?? 0) > 0 ? `+${v.net.at(-1)}` : String(v.net.at(-1)),
            },
          ]),
        ],
      }),
    }),
  };
}

/** Above the bars. */
export const OVER = 6;
export const weekEnd = (monday: string) => dateText(dayNumbers([monday])[0]! + 6);
export const few = (names: readonly string[], width: number) => {
  const each = Math.ceil(names.length / Math.max(2, Math.floor(width / 64)));
  return names.map((name, i) => ((names.length - 1 - i) % each === 0 ? name : ''));
};

/** Bars of whole and half weeks: what was started beside what was finished, or finished alone. */
export function weeksDrawing(v: Daily, both: boolean): Drawing {
  const weeks = v.weeks.filter((w, i) => i > 0 || w.whole || w.started + w.finished > 0);
  const top = topOf(Math.max(1, ...weeks.flatMap((w) => [w.finished, both ? w.started : 0])), 5);
  const whole = weeks.filter((w) => w.whole);
  const mean = whole.reduce((n, w) => n + w.finished, 0) / Math.max(1, whole.length);
  return {
    across: true,
    make: (size) => ({
      marks: weeks.map(
        (w, i): Mark => ({
          x: i + 0.5,
          y: Math.max(w.finished, both ? w.started : 0),
          title: t(w.whole ? 'fl.week' : 'fl.week.part', { day: shortDay(w.monday) }),
          lines: both
            ? [t('fl.net.day', { started: w.started, finished: w.finished })]
            : [t('fl.week.finished', { n: w.finished })],
          behind: {
            title: t('fl.week.finishedIn', { day: shortDay(w.monday) }),
            ask: { of: 'finished', day: w.monday, until: weekEnd(w.monday) },
          },
        }),
      ),
      option: (paint) => ({
        grid: grid({ left: 36, right: both ? 14 : 66 }),
        xAxis: namedAxis(
          paint,
          few(
            weeks.map((w) => shortDay(w.monday)),
            size.width - 60,
          ),
        ),
        yAxis: yAxis(paint, top),
        series: [
          shapes((coord) => {
            const wide = coord([1, 0])[0] - coord([0, 0])[0];
            const [, base] = coord([0, 0]);
            return weeks.flatMap((w, i) => {
              const bar = (value: number, at: number, share: number, style: object) => {
                const [x] = coord([i + at, 0]);
                const [, y] = coord([0, value]);
                return {
                  type: 'rect',
                  shape: { x, y, width: wide * share, height: base - y, r: [3, 3, 0, 0] },
                  style,
                };
              };
              const full = {
                fill: paint(i === weeks.length - 1 && !both ? 'ink' : 'bar'),
                opacity: w.whole ? 1 : 0.5,
              };
              return both
                ? [
                    bar(w.started, 0.14, 0.34, {
                      fill: paint('soft'),
                      stroke: paint('accent'),
                      lineWidth: 1.3,
                      opacity: w.whole ? 1 : 0.6,
                    }),
                    bar(w.finished, 0.52, 0.34, { fill: paint('accent'), opacity: w.whole ? 1 : 0.5 }),
                  ]
                : [bar(w.finished, 0.1, 0.8, full)];
            });
          }, 4),
          ...(both || !whole.length
            ? []
            : [
                levels(
                  paint,
                  [{ at: mean, words: t('fl.week.mean', { n: tenth(mean) }), dash: [4, 4] }],
                  OVER,
                ),
              ]),
        ],
      }),
    }),
  };
}
