import { expect, it } from 'vitest';
import type { BoardSearch } from '../../../lib/search';
import { face, NOW, rules } from '../testing/faces';
import { facetsOf } from './facets';
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

it('knows what is due: a finished card is not overdue', () => {
  const day = (n: number) => new Date(NOW + n * 86_400_000).toISOString().slice(0, 10);
  const dated = [
    face('a', { dueOn: day(-2) }),
    face('b', { dueOn: day(3) }),
    face('c', { dueOn: day(30) }),
    face('d'),
    face('e', { dueOn: day(-2), finishedAt: '2026-11-09T08:00:00Z' }),
  ];
  const due = (...d: ('overdue' | 'week' | 'set' | 'none')[]) =>
    dated
      .filter(predicate({ due: d }, x)!)
      .map((c) => c.id)
      .join('');
  expect([due('overdue'), due('week'), due('set'), due('none'), due('overdue', 'none')]).toEqual([
    'a',
    'b',
    'abce',
    'd',
    'ad',
  ]);
  expect(filterCount({ due: ['overdue', 'none'] })).toBe(2);
});

it('counts for each choice what it would show beside the other fields', () => {
  const all = facetsOf(cards, {}, x);
  expect(Object.fromEntries(all.disc)).toEqual({ development: 2, operations: 1, security: 1 });
  const some = facetsOf(cards, { disc: ['operations'] }, x);
  expect(Object.fromEntries(some.disc), 'its own field stays as it is').toEqual(Object.fromEntries(all.disc));
  expect(Object.fromEntries(some.owner), 'other fields narrow').toEqual({ bo: 1 });
  const both = facetsOf(cards, { disc: ['operations'], owner: ['ana'] }, x);
  expect([
    both.disc.get('development'),
    both.disc.get('operations'),
    both.owner.get('bo'),
    both.type.size,
  ]).toEqual([1, undefined, 1, 0]);
  expect(
    facetsOf(cards, { q: 'refund' }, x).disc.get('operations'),
    'words narrow everything',
  ).toBeUndefined();
});
