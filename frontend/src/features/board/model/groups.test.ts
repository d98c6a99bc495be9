import { expect, it } from 'vitest';
import { face } from '../testing/faces';
import { crossing, groupOf, groupsFor } from './groups';

const names = {
  of: (id: string) => id.toUpperCase(),
  noLane: 'No lane',
  noOwner: 'Unassigned',
  noLabel: 'No label',
};
const lane = (id: string) => ({ id, name: `Lane ${id}`, wip: { mode: 'off' as const }, version: 1 });
const people = new Map(
  [
    ['b', 'Bo'],
    ['a', 'Ana'],
  ].map(([id, name]) => [id!, { id: id!, name: name!, discipline: 'other' as const, hue: 0, active: true }]),
);

it('puts a card into one row', () => {
  const c = face('1', { ownerIds: ['b', 'a'], labels: ['db', 'api'], laneId: 'l' });
  expect(groupOf('none', c)).toBe('*');
  expect(groupOf('lanes', c)).toBe('l');
  expect(groupOf('owner', c)).toBe('b');
  expect(groupOf('label', c)).toBe('db');
  expect(groupOf('owner', face('2'))).toBe('');
});

it('shows all own lanes, and rows made on the fly only with cards', () => {
  const ids = (by: Parameters<typeof groupsFor>[0], present: string[]) =>
    groupsFor(by, new Set(present), [lane('x'), lane('y')], people, names).map((g) => g.name);
  expect(ids('lanes', ['x'])).toEqual(['Lane x', 'Lane y']);
  expect(ids('lanes', ['x', ''])).toEqual(['Lane x', 'Lane y', 'No lane']);
  expect(ids('discipline', ['security', 'development'])).toEqual(['DEVELOPMENT', 'SECURITY']);
  expect(ids('owner', ['b', '', 'a'])).toEqual(['Ana', 'Bo', 'Unassigned']);
});

it('changes a field where a drop means one, else refuses', () => {
  const c = face('1', { involves: ['operations', 'security'] });
  expect(crossing('lanes', c, 'x')).toEqual({ kind: 'lane', laneId: 'x' });
  expect(crossing('lanes', face('1', { laneId: 'x' }), '')).toEqual({ kind: 'lane', laneId: null });
  expect(crossing('discipline', c, 'operations')).toMatchObject({
    patch: { discipline: 'operations', involves: ['security'] },
    back: { discipline: 'development', involves: ['operations', 'security'] },
  });
  expect(crossing('owner', face('1', { ownerIds: ['a'] }), 'b')).toMatchObject({
    patch: { ownerIds: ['b'] },
  });
  expect(crossing('owner', face('1', { ownerIds: ['a'] }), '')).toMatchObject({ patch: { ownerIds: [] } });
  expect(crossing('owner', face('1', { ownerIds: ['a', 'b'] }), '')).toEqual({
    kind: 'refused',
    why: 'owners',
  });
  expect(crossing('label', face('1', { labels: ['db'] }), 'api')).toEqual({ kind: 'refused', why: 'label' });
  expect(crossing('class', c, 'expedite')).toEqual({ kind: 'refused', why: 'expedite' });
  expect(crossing('type', c, 'feature')).toEqual({ kind: 'same' });
});
