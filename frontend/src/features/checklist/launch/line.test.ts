import { describe, expect, it } from 'vitest';
import { dateText, dayOfDate } from '../../../lib/time';
import { lay, type Window } from './line';
import type { LaunchHead, StageDay } from './types';

const today = dayOfDate('2026-11-19');
const day = (n: number) => dateText(today + n);
const month: Window = { from: today - 3, n: 34, today };
const quarter: Window = { from: today - 3, n: 94, today };

/** A stage so many days from today, held so many days; begun when it says how it stands. */
const stage = (share: number, on: number, hold: number, more: Partial<StageDay> = {}): StageDay => ({
  id: `s${share}`,
  name: `${share}`,
  share,
  state: 'planned',
  on: day(on),
  until: day(on + hold),
  reckoned: false,
  holdHours: hold * 24,
  ...more,
});
const begun = (state: StageDay['state']) => ({ state, at: '2026-11-18T09:00:00Z' });

const of = (line: StageDay[], state: LaunchHead['state'] = 'planned', on = line[0]?.on ?? day(7)) =>
  ({ line, state, checklist: { launchOn: on } }) as Pick<LaunchHead, 'line' | 'state' | 'checklist'>;

describe('a launch on the line of days', () => {
  const px = 340; // ten pixels a day for a month
  it('has a dot on the day of each stage, and a bar for its hold', () => {
    const l = lay(of([stage(0, 7, 2), stage(50, 12, 3, { reckoned: true })]), month, px);
    expect(l.marks.map((m) => [m.x, m.look])).toEqual([
      [105, 'planned'],
      [155, 'reckoned'],
    ]);
    expect(l.bars.map((b) => [b.x, b.width, b.look])).toEqual([
      [105, 20, 'held'],
      [155, 30, 'reckoned'],
    ]);
    expect(l.labels.map((x) => [x.text, x.x])).toEqual([
      ['0 %', 105],
      ['50 %', 155],
    ]);
    expect(l.planned).toBeUndefined();
  });
  it('shows what of a hold is gone, and what is still to come', () => {
    const l = lay(
      of([stage(1, -1, 4, begun('running')), stage(100, 3, 0, { reckoned: true })], 'running', day(7)),
      month,
      px,
    );
    expect(l.bars.map((b) => [b.x, b.width, b.look])).toEqual([
      [25, 10, 'gone'],
      [35, 30, 'held'],
    ]);
    expect(l.marks.map((m) => m.look)).toEqual(['running', 'reckoned']);
    expect(l.planned, 'the day for which it was planned').toBe(105);
  });
  it('makes one of dots that would lie on each other, and of their shares', () => {
    const stages = [stage(0, 7, 1), stage(1, 8, 4), stage(10, 12, 3), stage(100, 15, 3)];
    const wide = lay(of(stages), month, 442);
    expect(wide.marks.map((m) => m.stages.length)).toEqual([1, 1, 1, 1]);
    expect(wide.labels.map((x) => x.text)).toEqual(['0–1 %', '10 %', '100 %']);
    const narrow = lay(of(stages), quarter, 340);
    expect(narrow.marks.map((m) => m.stages.length)).toEqual([2, 2]);
    expect(narrow.labels.map((x) => x.text)).toEqual(['0–100 %']);
    for (const l of [wide, narrow])
      for (const [i, m] of l.marks.entries())
        expect(m.x - (l.marks[i - 1]?.to ?? -99), 'dots do not touch').toBeGreaterThanOrEqual(12);
  });
  it('never lets two shares touch, nor leave the line', () => {
    for (const width of [240, 340, 442, 700])
      for (const w of [month, quarter]) {
        const l = lay(of(Array.from({ length: 12 }, (_, i) => stage(i * 9, i * 3 - 2, 3))), w, width);
        let end = -99;
        for (const x of l.labels) {
          const half = (x.text.length * 6.4) / 2;
          expect(x.x - half).toBeGreaterThanOrEqual(Math.max(0, end));
          end = x.x + half;
        }
        expect(end).toBeLessThanOrEqual(width);
      }
  });
  it('keeps what runs in sight, and counts what lies beyond', () => {
    const l = lay(
      of(
        [stage(0, -30, 5, begun('passed')), stage(10, -25, 40, begun('running')), stage(100, 60, 0)],
        'running',
      ),
      month,
      px,
    );
    expect(l.marks.map((m) => [m.x, m.look])).toEqual([[0, 'running']]);
    expect(l.bars.map((b) => [b.x, b.width, b.look])).toEqual([
      [0, 35, 'gone'],
      [35, 150, 'held'],
    ]);
    expect(l.beyond).toBe(1);
  });
  it('marks the day of a launch without stages, and nothing to come of one that is over', () => {
    expect(lay(of([], 'planned', day(7)), month, px).marks.map((m) => [m.x, m.look])).toEqual([
      [105, 'planned'],
    ]);
    expect(lay(of([], 'planned', day(7)), month, px).labels).toEqual([]);
    const over = lay(of([stage(1, -2, 1, begun('stopped'))], 'rolled_back', day(-2)), month, px);
    expect(over.marks.map((m) => m.look)).toEqual(['over']);
  });
});
