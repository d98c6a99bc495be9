import { expect, it } from 'vitest';
import { blockedDays, cardBlockedDays } from './age';

it('counts the days of a blocker as those of an age: calendar days of the board, the first one too', () => {
  expect(blockedDays('2026-11-19T08:00:00Z', Date.parse('2026-11-19T20:00:00Z'), 'UTC')).toBe(1);
  // not a day's worth of hours, but another day
  expect(blockedDays('2026-11-19T23:50:00Z', Date.parse('2026-11-20T00:10:00Z'), 'UTC')).toBe(2);
  expect(blockedDays('2026-11-19T00:10:00Z', Date.parse('2026-11-20T23:50:00Z'), 'UTC')).toBe(2);
  expect(blockedDays('2026-11-19T22:00:00Z', '2026-11-19T22:05:00Z', 'UTC')).toBe(1);
});

it('goes by the board’s zone, not by that of who looks', () => {
  const at = '2026-11-19T21:00:00Z';
  const now = Date.parse('2026-11-19T23:30:00Z');
  expect(blockedDays(at, now, 'UTC')).toBe(1);
  expect(blockedDays(at, now, 'Europe/Madrid')).toBe(2);
  expect(blockedDays(at, now, 'America/New_York')).toBe(1);
  expect(blockedDays(at, now, 'Asia/Tokyo')).toBe(1);
  // the night in which the clocks go back has 25 hours
  expect(blockedDays('2026-10-24T21:30:00Z', Date.parse('2026-10-25T22:30:00Z'), 'Europe/Berlin')).toBe(2);
});

it('is never less than a day, even where this browser’s clock is behind', () => {
  expect(blockedDays('2026-11-20T00:10:00Z', Date.parse('2026-11-19T23:50:00Z'), 'UTC')).toBe(1);
});

it('of a card goes by its oldest open blocker', () => {
  const now = Date.parse('2026-11-19T12:00:00Z');
  expect(cardBlockedDays({ blockers: [] }, now, 'UTC')).toBe(0);
  const blockers = [{ openedAt: '2026-11-19T08:00:00Z' }, { openedAt: '2026-11-17T08:00:00Z' }];
  expect(cardBlockedDays({ blockers }, now, 'UTC')).toBe(3);
});
