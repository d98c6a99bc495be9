import { expect, it } from 'vitest';
import { bands, dayFrom, dayKey, mondayOf, plusDays, weeksOfMonth } from './week';

it('counts days and weeks by the clock on the wall', () => {
  expect(dayFrom('2026-02-30')).toBeUndefined();
  expect(dayFrom('tomorrow')).toBeUndefined();
  expect(dayKey(mondayOf(new Date(2026, 10, 22, 23, 59)))).toBe('2026-11-16');
  expect(dayKey(mondayOf(new Date(2026, 10, 23)))).toBe('2026-11-23');
  // over the change of the clocks, in whatever zone this runs
  expect(dayKey(plusDays(new Date(2026, 2, 28), 2))).toBe('2026-03-30');
  expect(dayKey(plusDays(new Date(2026, 9, 24), 7))).toBe('2026-10-31');
});

it('gives every week to one month', () => {
  const seen: string[] = [];
  for (let m = 0; m < 12; m++) seen.push(...weeksOfMonth(2026, m).map(dayKey));
  expect(seen).toHaveLength(53); // 2026 begins on a Thursday
  expect(new Set(seen).size).toBe(53);
  expect(weeksOfMonth(2026, 10).map(dayKey)).toEqual([
    '2026-11-02',
    '2026-11-09',
    '2026-11-16',
    '2026-11-23',
  ]);
  expect(weeksOfMonth(2026, 12).map(dayKey)[0]).toBe('2027-01-04');
});

it('lays freezes over their days, those that meet in rows', () => {
  const days = ['2026-11-30', '2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04'];
  const of = (from: string, to: string) => ({ from, to });
  const said = bands(
    [
      of('2026-12-02', '2026-12-03'),
      of('2026-11-28', '2026-12-01'),
      of('2026-12-01', '2027-01-06'),
      of('2026-12-05', '2026-12-06'), // the weekend is not shown
      of('2026-11-20', '2026-11-29'),
    ],
    days,
  ).map((row) => row.map((b) => `${b.before ? '<' : ''}${b.start}-${b.end}${b.after ? '>' : ''}`));
  expect(said).toEqual([['<0-1', '2-3'], ['1-4>']]);
});
