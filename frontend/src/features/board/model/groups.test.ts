import { expect, it } from 'vitest';
import { face } from '../testing/faces';
import { crossing, groupOf, groupsFor } from './groups';

const names = {
  of: (id: string) => id.toUpperCase(),
  noLane: 'No lane',
  noOwner: 'Unassigned',
  noLabel: 'No label',
  noParent: 'Part of nothing',
};
const lane = (id: string) => ({ id, name: `Lane ${id}`, wip: { mode: 'off' as const }, version: 1 });
const people = new Map(
  [
    ['b', 'Bo'],
    ['a', 'Ana'],
  ].map(([id, name]) => [id!, { id: id!, name: name!, discipline: 'other' as const, hue: 0, active: true }]),
);
const source = {
  lanes: [lane('x'), lane('y')],
  people,
  parentName: (id: string) => `PAY-${id} Whole`,
};

it('puts a card into one row', () => {
  const parent = { id: 'w', key: 'PAY-1' };
  const c = face('1', { ownerIds: ['b', 'a'], labels: ['db', 'api'], laneId: 'l', parent });
  expect(groupOf('none', c)).toBe('*');
  expect(groupOf('lanes', c)).toBe('l');
  expect(groupOf('owner', c)).toBe('b');
  expect(groupOf('label', c)).toBe('db');
  expect(groupOf('parent', c)).toBe('w');
  expect(groupOf('owner', face('2'))).toBe('');
  expect(groupOf('parent', face('2'))).toBe('');
});

it('shows all own lanes, and rows made on the fly only with cards', () => {
  const ids = (by: Parameters<typeof groupsFor>[0], present: string[]) =>
    groupsFor(by, new Set(present), source, names).map((g) => g.name);
  expect(ids('lanes', ['x'])).toEqual(['Lane x', 'Lane y']);
  expect(ids('lanes', ['x', ''])).toEqual(['Lane x', 'Lane y', 'No lane']);
  expect(ids('discipline', ['security', 'development'])).toEqual(['DEVELOPMENT', 'SECURITY']);
  expect(ids('owner', ['b', '', 'a'])).toEqual(['Ana', 'Bo', 'Unassigned']);
  expect(ids('parent', ['10', '', '9'])).toEqual(['PAY-9 Whole', 'PAY-10 Whole', 'Part of nothing']);
});

it('sets what the row stands for in the same step, or refuses', () => {
  const c = face('1', { involves: ['operations', 'security'] });
  expect(crossing('lanes', c, 'x')).toEqual({ kind: 'lane', laneId: 'x' });
  expect(crossing('lanes', face('1', { laneId: 'x' }), '')).toEqual({ kind: 'lane', laneId: null });
  expect(crossing('discipline', c, 'operations')).toEqual({
    kind: 'set',
    set: { discipline: 'operations', involves: ['security'] },
    back: { discipline: 'development', involves: ['operations', 'security'] },
  });
  expect(crossing('type', c, 'defect')).toMatchObject({ set: { type: 'defect' }, back: { type: 'feature' } });
  expect(crossing('type', c, 'feature')).toEqual({ kind: 'same' });
  expect(crossing('class', c, 'intangible')).toEqual({ kind: 'class', cls: 'intangible' });
  expect(crossing('class', c, 'expedite')).toEqual({ kind: 'refused', why: 'expedite' });
});

it('gives an owner where there is one at most: who took it first cannot be chosen by a drop', () => {
  const of = (...ownerIds: string[]) => face('1', { ownerIds });
  expect(crossing('owner', of('a'), 'b')).toMatchObject({
    set: { ownerIds: ['b'] },
    back: { ownerIds: ['a'] },
  });
  expect(crossing('owner', of(), 'b')).toMatchObject({ set: { ownerIds: ['b'] } });
  expect(crossing('owner', of('a'), '')).toMatchObject({ set: { ownerIds: [] } });
  expect(crossing('owner', of('a', 'b'), '')).toEqual({ kind: 'refused', why: 'owners' });
});

it('puts a label in the place of the one that shows, and keeps the others', () => {
  const of = (...labels: string[]) => face('1', { labels });
  expect(crossing('label', of('db', 'old'), 'api')).toMatchObject({ set: { labels: ['api', 'old'] } });
  expect(crossing('label', of('db', 'api'), 'api')).toMatchObject({ set: { labels: ['api'] } });
  expect(crossing('label', of(), 'api')).toMatchObject({ set: { labels: ['api'] } });
  expect(crossing('label', of('db'), '')).toMatchObject({ set: { labels: [] }, back: { labels: ['db'] } });
  expect(crossing('label', of('db', 'old'), '')).toEqual({ kind: 'refused', why: 'labels' });
});

it('makes a card a part of the row’s card, and not of itself', () => {
  const part = face('1', { parent: { id: 'w', key: 'PAY-9' } });
  expect(crossing('parent', part, '')).toMatchObject({ set: { parentId: null }, back: { parentId: 'w' } });
  expect(crossing('parent', face('1'), 'w')).toMatchObject({
    set: { parentId: 'w' },
    back: { parentId: null },
  });
  expect(crossing('parent', face('w'), 'w')).toEqual({ kind: 'refused', why: 'self' });
});
