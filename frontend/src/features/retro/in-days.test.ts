import { afterEach, expect, it, vi } from 'vitest';
import { inDays, workdayIn } from './in-days';

afterEach(() => vi.useRealTimers());

it('proposes no Saturday and no Sunday', () => {
  vi.useFakeTimers();
  vi.setSystemTime(new Date(2026, 10, 22, 9)); // a Sunday
  expect(inDays(14)).toBe('2026-12-06');
  expect(workdayIn(14)).toBe('2026-12-07');
  vi.setSystemTime(new Date(2026, 10, 21, 9));
  expect(workdayIn(14)).toBe('2026-12-07');
  vi.setSystemTime(new Date(2026, 10, 23, 9));
  expect(workdayIn(14)).toBe('2026-12-07');
});
