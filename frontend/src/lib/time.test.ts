import { expect, it } from 'vitest';
import { absolute, browserZone, dateOf, dayOfDate, days, daysUntil, otherZone, relative } from './time';

it('counts calendar days of the zone, both ends included', () => {
  expect(days('2026-11-19T08:00:00Z', '2026-11-19T20:00:00Z', 'UTC')).toBe(1);
  expect(days('2026-11-19T23:50:00Z', '2026-11-20T00:10:00Z', 'UTC')).toBe(2);
  // half past eleven in the evening in Madrid is already the next day
  expect(days('2026-11-19T22:30:00Z', '2026-11-19T23:30:00Z', 'Europe/Madrid')).toBe(2);
  expect(days('2026-11-19T04:30:00Z', '2026-11-19T05:30:00Z', 'America/New_York')).toBe(2);
});

it('is not misled by a change of the clocks', () => {
  expect(days('2026-03-28T12:00:00Z', '2026-03-30T12:00:00Z', 'Europe/Berlin')).toBe(3);
  expect(days('2026-10-24T12:00:00Z', '2026-10-26T12:00:00Z', 'Europe/Berlin')).toBe(3);
});

it('knows zones off by a quarter of an hour', () => {
  // Kathmandu is 5:45 ahead
  expect(days('2026-11-19T18:14:00Z', '2026-11-19T18:16:00Z', 'Asia/Kathmandu')).toBe(2);
});

it('falls back to UTC for a zone that the browser does not know', () => {
  expect(days('2026-11-19T23:50:00Z', '2026-11-20T00:10:00Z', 'Mars/Olympus')).toBe(2);
});

it('counts down to a date', () => {
  expect(daysUntil('2026-11-26', Date.parse('2026-11-19T23:30:00Z'), 'UTC')).toBe(7);
  expect(daysUntil('2026-11-26', Date.parse('2026-11-26T23:30:00Z'), 'UTC')).toBe(0);
  expect(dayOfDate('1970-01-02')).toBe(1);
});

it('says how long ago in words', () => {
  const now = Date.parse('2026-11-19T12:00:00Z');
  expect(relative('2026-11-19T11:59:40Z', now)).toBe('just now');
  expect(relative('2026-11-19T09:00:00Z', now)).toBe('3 hours ago');
  expect(relative('2026-11-18T11:00:00Z', now)).toBe('yesterday');
});

it('writes a moment of a zone that the browser does not know, instead of falling over', () => {
  expect(absolute('2026-11-19T08:41:00Z', 'Moon/Tycho')).toContain('08:41');
  expect(dateOf('2026-11-19T08:41:00Z', 'Moon/Tycho')).toContain('19');
});

it('names a zone only to whoever is in another', () => {
  expect(otherZone(browserZone())).toBeUndefined();
  expect(otherZone('America/New_York')).toBe('America/New York');
  expect(otherZone('Mars/Olympus')).toBe('Mars/Olympus');
});
