import { expect, it } from 'vitest';
import { dayFrom, dayKey, mondayOf, plusDays, weeksOfMonth } from './week';

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
