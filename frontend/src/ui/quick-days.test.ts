import { expect, it } from 'vitest';
import { quickDays } from './QuickDays';

it('offers today, tomorrow and the Monday after today, each day once', () => {
  expect(quickDays('2026-11-24')).toEqual([
    ['today', '2026-11-24'],
    ['tomorrow', '2026-11-25'],
    ['monday', '2026-11-30'],
  ]);
  expect(quickDays('2026-11-30').at(-1)).toEqual(['monday', '2026-12-07']);
  expect(quickDays('2026-11-29')).toEqual([
    ['today', '2026-11-29'],
    ['monday', '2026-11-30'],
  ]);
  expect(quickDays('2026-12-31')[1]).toEqual(['tomorrow', '2027-01-01']);
});
