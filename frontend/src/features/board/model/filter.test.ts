import { expect, it } from 'vitest';
import type { BoardSearch } from '../../../lib/search';
import { face, NOW, rules } from '../testing/faces';
import { factsOf, filterCount, predicate, toggled } from './filter';

const x = { board: rules, meId: 'ana', now: NOW };
const cards = [
  face('1', { title: 'Refunds', ownerIds: ['ana'], labels: ['ledger'] }),
  face('2', { discipline: 'operations', startedAt: '2026-11-09T08:00:00Z', ownerIds: ['bo'] }),
  face('3', {
    discipline: 'security',
    startedAt: '2026-11-13T08:00:00Z',
    blockers: [{ id: 'b', category: 'vendor', reason: 'x', openedAt: '' }],
  }),
  face('4', { startedAt: '2026-11-01T08:00:00Z', finishedAt: '2026-11-09T08:00:00Z', type: 'defect' }),
];
const ids = (s: BoardSearch) =>
  cards
    .filter(predicate(s, x) ?? (() => true))
    .map((c) => c.id)
    .join('');

it('lets all through when nothing is asked', () => {
  expect(predicate({}, x)).toBeUndefined();
  expect(predicate({ card: 'PAY-1', lanes: 'owner' }, x)).toBeUndefined();
});

it('takes choices of one field as alternatives and fields together', () => {
  expect(ids({ disc: ['operations', 'security'] })).toBe('23');
  expect(ids({ disc: ['operations', 'security'], quick: ['blocked'] })).toBe('3');
  expect(ids({ owner: ['none'] })).toBe('34');
  expect(ids({ owner: ['ana', 'bo'] })).toBe('12');
  expect(ids({ type: ['defect'] })).toBe('4');
});

it('finds words in title, key and label', () => {
  expect(ids({ q: 'refund' })).toBe('1');
  expect(ids({ q: 'pay-3' })).toBe('3');
  expect(ids({ q: 'LEDG' })).toBe('1');
});

it('knows the quick chips', () => {
  expect(ids({ quick: ['mine'] })).toBe('1');
  expect(ids({ quick: ['wip'] })).toBe('23');
  expect(ids({ quick: ['aging'] })).toBe('23');
  expect(ids({ quick: ['over'] })).toBe('2');
  expect(ids({ quick: ['unassigned'] })).toBe('3');
  expect(ids({ quick: ['aging', 'blocked'] })).toBe('3');
});

it('counts the head line', () => {
  expect(factsOf(cards, x)).toEqual({ wip: 2, blocked: 1, aging: 2, over: 1, total: 4 });
});

it('toggles a choice and drops an empty list', () => {
  expect(toggled(undefined, 'a')).toEqual(['a']);
  expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
  expect(toggled(['a'], 'a')).toBeUndefined();
  expect(filterCount({ owner: ['a', 'b'], q: 'x', disc: ['operations', 'product'] })).toBe(4);
});
