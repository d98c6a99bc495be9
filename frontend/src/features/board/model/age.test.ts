import { describe, expect, it } from 'vitest';
import { clockOf, dueTone, levelOf, sleFor } from '../../../lib/age';
import { face, NOW, rules } from '../testing/faces';

describe('levels', () => {
  it('steps at 50, 70 and 85 percent of the SLE', () => {
    expect([4, 5, 6, 7, 8, 9, 20].map((d) => levelOf(d, 10))).toEqual([0, 1, 1, 2, 2, 3, 3]);
    expect(levelOf(17, 20)).toBe(3);
    expect(levelOf(100, undefined)).toBe(0);
  });
  it('takes the class its own expectation, else the default', () => {
    expect(sleFor(rules, 'expedite')?.days).toBe(2);
    expect(sleFor(rules, 'intangible')?.days).toBe(9);
  });
});

describe('one clock, three words', () => {
  it('waits before the start, in full days', () => {
    expect(clockOf(face('1', { enteredAt: '2026-11-16T09:00:00Z' }), rules, NOW)).toEqual({
      word: 'waiting',
      days: 3,
    });
    expect(clockOf(face('1', { enteredAt: '2026-11-19T11:00:00Z' }), rules, NOW)).toMatchObject({ days: 0 });
  });
  it('ages between start and finish; the first day counts', () => {
    const k = clockOf(face('1', { startedAt: '2026-11-19T07:00:00Z' }), rules, NOW);
    expect(k).toMatchObject({ word: 'age', days: 1, level: 0, over: false });
    const old = clockOf(face('1', { startedAt: '2026-11-09T07:00:00Z' }), rules, NOW);
    expect(old).toMatchObject({ word: 'age', days: 11, level: 3, over: true });
  });
  it('counts days of the board, not of UTC', () => {
    // 23:30 UTC on the 17th is already the 18th in Berlin.
    const k = clockOf(face('1', { startedAt: '2026-11-17T23:30:00Z' }), rules, NOW);
    expect(k).toMatchObject({ days: 2 });
  });
  it('was done in so many days, and says nothing when it was never started', () => {
    const done = { startedAt: '2026-11-10T08:00:00Z', finishedAt: '2026-11-15T08:00:00Z' };
    expect(clockOf(face('1', done), rules, NOW)).toEqual({ word: 'done', days: 6 });
    expect(clockOf(face('1', { finishedAt: done.finishedAt }), rules, NOW)).toEqual({ word: 'none' });
  });
});

it('warns of a date three days ahead and of one that has passed', () => {
  const due = (dueOn: string, more = {}) => dueTone(face('1', { dueOn, ...more }), 'UTC', NOW);
  expect(due('2026-11-26')).toBe('none');
  expect(due('2026-11-22')).toBe('soon');
  expect(due('2026-11-18')).toBe('late');
  expect(due('2026-11-18', { finishedAt: '2026-11-17T00:00:00Z' })).toBe('none');
});
