import { shortDay } from '../../../lib/time';
import { t } from '../messages';
import type { Diagnostics, Efficiency, Forecast } from '../types';
import { percent, tenth } from '../words';
import { grid, namedAxis, topOf, yAxis } from './axes';
import { few, OVER, weekEnd } from './daily';
import { apart, type Level, levels, line, shapes, text } from './furniture';
import type { Drawing, Mark } from './model';

// Forecast, weekly efficiency and the process behaviour chart.

const TAKEN = [85, 50];

/** How often the trials reached each count: what lies to the right of a line is reached with that confidence. */
export function forecastDrawing(v: Forecast): Drawing {
  const all = new Map(v.histogram.map((b) => [b.items, b.trials]));
  const [least, most] = [v.histogram[0]!.items, v.histogram.at(-1)!.items];
  const wide = Math.max(1, Math.ceil((most - least + 1) / 60));
  const bars: { from: number; trials: number }[] = [];
  for (let from = Math.floor(least / wide) * wide; from <= most; from += wide) {
    let trials = 0;
    for (let n = from; n < from + wide; n++) trials += all.get(n) ?? 0;
    bars.push({ from, trials });
  }
  const share = (n: number) => (100 * n) / v.trials;
  const top = topOf(Math.max(...bars.map((b) => share(b.trials))), 5);
  const name = (from: number) => (wide === 1 ? String(from) : `${from}–${from + wide - 1}`);
  const sure = v.howMany.find((h) => h.percent === 85)?.items ?? 0;
  const atLeast = (from: number) =>
    share(bars.filter((b) => b.from >= from).reduce((n, b) => n + b.trials, 0));
  return {
    across: true,
    make: (size) => ({
      marks: bars.map(
        (b, i): Mark => ({
          x: i + 0.5,
          y: share(b.trials),
          title: t('fl.fc.bar', { n: name(b.from) }),
          lines: [
            t('fl.fc.bar.share', { p: tenth(share(b.trials)) }),
            t('fl.fc.bar.least', { n: b.from, p: Math.min(99, Math.max(1, Math.round(atLeast(b.from)))) }),
          ],
        }),
      ),
      option: (paint) => ({
        grid: grid({ left: 40, right: 16, top: 34 }),
        xAxis: namedAxis(
          paint,
          few(
            bars.map((b) => String(b.from)),
            size.width * 1.4,
          ),
        ),
        yAxis: yAxis(paint, top, {
          axisLabel: { color: paint('ink-3'), fontSize: 12, formatter: percent },
        }),
        series: [
          shapes((coord) => {
            const step = coord([1, 0])[0] - coord([0, 0])[0];
            const [, base] = coord([0, 0]);
            return bars.map((b, i) => {
              const [x, y] = coord([i, share(b.trials)]);
              const gap = Math.min(2, step * 0.15);
              return {
                type: 'rect',
                shape: { x: x + gap, y, width: step - 2 * gap, height: base - y, r: [2, 2, 0, 0] },
                style: { fill: paint(b.from >= sure ? 'accent' : 'bar'), opacity: b.from >= sure ? 0.85 : 1 },
              };
            });
          }, 4),
          shapes((coord, area) => {
            const at = v.howMany.filter((h) => TAKEN.includes(h.percent) && h.items !== undefined);
            const xs = at.map((h) => coord([(h.items! - bars[0]!.from) / wide, 0])[0]);
            const words = apart(xs, 128);
            return at.flatMap((h, i) => [
              line([xs[i]!, area.y - 8], [xs[i]!, area.y + area.height], {
                stroke: paint('ink'),
                dash: h.percent === 85 ? [8, 4] : [2, 5],
                width: h.percent === 85 ? 1.6 : 1,
              }),
              text(
                t('fl.fc.line', { p: h.percent, n: h.items! }),
                { x: Math.max(area.x + 60, Math.min(area.x + area.width - 60, words[i]!)), y: area.y - 18 },
                { fill: paint('ink'), bold: h.percent === 85, align: 'center' },
              ),
            ]);
          }, 6),
        ],
      }),
    }),
  };
}

/** Flow efficiency of what finished in each week. */
export function efficiencyDrawing(v: Efficiency): Drawing {
  const top = { max: 100, step: 25 };
  return {
    across: true,
    make: (size) => ({
      marks: v.weeks.map(
        (w, i): Mark => ({
          x: i + 0.5,
          y: w.percent,
          title: t('fl.week', { day: shortDay(w.monday) }),
          lines: [t('fl.eff.week', { p: tenth(w.percent), n: w.n })],
          behind: {
            title: t('fl.week.finishedIn', { day: shortDay(w.monday) }),
            ask: { of: 'finished', day: w.monday, until: weekEnd(w.monday) },
          },
        }),
      ),
      option: (paint) => ({
        grid: grid({ left: 44, right: 58 }),
        xAxis: namedAxis(
          paint,
          few(
            v.weeks.map((w) => shortDay(w.monday)),
            size.width - 100,
          ),
        ),
        yAxis: yAxis(paint, top, {
          axisLabel: { color: paint('ink-3'), fontSize: 12, formatter: percent },
        }),
        series: [
          shapes((coord) => {
            const step = coord([1, 0])[0] - coord([0, 0])[0];
            const [, base] = coord([0, 0]);
            return v.weeks.map((w, i) => {
              const [x, y] = coord([i + 0.14, w.percent]);
              return {
                type: 'rect',
                shape: { x, y, width: step * 0.72, height: base - y, r: [3, 3, 0, 0] },
                style: { fill: paint('bar') },
              };
            });
          }, 4),
          ...(v.percent === undefined
            ? []
            : [
                levels(paint, [{ at: v.percent, words: percent(v.percent), dash: [8, 4], bold: true }], OVER),
              ]),
        ],
      }),
    }),
  };
}

/** What finished each week, within the limits in which it moves by itself (XmR). */
export function behaviourDrawing(v: Diagnostics['weeks']): Drawing {
  const top = topOf(Math.max(1, v.upper, ...v.values), 6);
  const outside = new Set(v.outside);
  const lines: Level[] = [
    { at: v.upper, words: t('fl.xmr.upper', { n: tenth(v.upper) }), dash: [4, 4], tone: 'ink-3' },
    { at: v.mean, words: t('fl.week.mean', { n: tenth(v.mean) }), dash: [8, 4], bold: true },
    ...(v.lower > 0
      ? [{ at: v.lower, words: t('fl.xmr.lower', { n: tenth(v.lower) }), dash: [4, 4], tone: 'ink-3' }]
      : []),
  ];
  return {
    across: true,
    make: (size) => ({
      marks: v.values.map(
        (n, i): Mark => ({
          x: i + 0.5,
          y: n,
          title: t('fl.week', { day: shortDay(v.labels[i]!) }),
          lines: [
            t('fl.week.finished', { n }),
            ...(v.smooth[i] === undefined ? [] : [t('fl.xmr.smoothAt', { n: tenth(v.smooth[i]) })]),
            ...(outside.has(i) ? [t('fl.xmr.out')] : []),
          ],
          behind: {
            title: t('fl.week.finishedIn', { day: shortDay(v.labels[i]!) }),
            ask: { of: 'finished', day: v.labels[i], until: weekEnd(v.labels[i]!) },
          },
        }),
      ),
      option: (paint) => ({
        grid: grid({ left: 36, right: 88 }),
        xAxis: namedAxis(
          paint,
          few(
            v.labels.map((d) => shortDay(d)),
            size.width - 120,
          ),
        ),
        yAxis: yAxis(paint, top),
        series: [
          levels(paint, lines),
          {
            type: 'line',
            silent: true,
            symbol: 'none',
            z: 4,
            smooth: 0.3,
            data: v.smooth.map((n, i) => [i + 0.5, n]),
            lineStyle: { color: paint('accent'), width: 3, opacity: 0.55 },
          },
          {
            type: 'line',
            silent: true,
            symbol: 'circle',
            symbolSize: 8,
            z: 5,
            data: v.values.map((n, i) => ({
              value: [i + 0.5, n],
              symbolSize: outside.has(i) ? 12 : 8,
              itemStyle: {
                color: paint(outside.has(i) ? 'bad' : 'ink'),
                borderColor: paint('surface'),
                borderWidth: 1.5,
              },
            })),
            lineStyle: { color: paint('ink'), width: 1.6 },
          },
        ],
      }),
    }),
  };
}
