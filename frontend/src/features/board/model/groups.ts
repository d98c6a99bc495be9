import {
  CARD_CLASSES,
  CARD_TYPES,
  type CardPatch,
  DISCIPLINES,
  type Face,
  type Lane,
  type Person,
} from '../../../api/types';
import type { Grouping } from '../../../lib/search';

/** One row of the board. `id` is '*' when nothing is grouped, '' for "none of them". */
export interface Group {
  id: string;
  name: string;
  lane?: Lane;
}
export const ALL = '*';
export const NONE = '';

/** Which row a card is in. Owner and label take the first one: a card is shown once. */
export function groupOf(by: Grouping, c: Face): string {
  switch (by) {
    case 'none':
      return ALL;
    case 'lanes':
      return c.laneId ?? NONE;
    case 'discipline':
      return c.discipline;
    case 'class':
      return c.class;
    case 'type':
      return c.type;
    case 'owner':
      return c.ownerIds[0] ?? NONE;
    case 'label':
      return c.labels[0] ?? NONE;
  }
}

export interface GroupNames {
  /** The word for a discipline, class or type. */
  of(id: string): string;
  noLane: string;
  noOwner: string;
  noLabel: string;
}

/**
 * The rows in reading order. `present` = ids of the rows that hold a card (groupOf). Own lanes are all shown; rows made
 * on the fly only when some card is in them.
 */
export function groupsFor(
  by: Grouping,
  present: ReadonlySet<string>,
  lanes: readonly Lane[],
  people: ReadonlyMap<string, Person>,
  names: GroupNames,
): Group[] {
  if (by === 'none') return [{ id: ALL, name: '' }];
  if (by === 'lanes') {
    const rows: Group[] = lanes.map((l) => ({ id: l.id, name: l.name, lane: l }));
    if (present.has(NONE) || rows.length === 0) rows.push({ id: NONE, name: names.noLane });
    return rows;
  }
  const fixed = (ids: readonly string[], name: (id: string) => string): Group[] =>
    ids.filter((id) => present.has(id)).map((id) => ({ id, name: name(id) }));
  const orAll = (rows: Group[]) => (rows.length ? rows : [{ id: ALL, name: '' }]);
  if (by === 'discipline') return orAll(fixed(DISCIPLINES, names.of));
  if (by === 'class') return orAll(fixed(CARD_CLASSES, names.of));
  if (by === 'type') return orAll(fixed(CARD_TYPES, names.of));
  const none = by === 'owner' ? names.noOwner : names.noLabel;
  const rows: Group[] = [...present]
    .filter((id) => id !== NONE)
    .map((id) => ({ id, name: by === 'owner' ? (people.get(id)?.name ?? id) : id }))
    .sort((a, b) => a.name.localeCompare(b.name));
  if (present.has(NONE) || rows.length === 0) rows.push({ id: NONE, name: none });
  return rows;
}

/** What a drop from one row to another means: a lane, one changed field, or no. */
export type Crossing =
  | { kind: 'same' }
  | { kind: 'lane'; laneId: string | null }
  | { kind: 'patch'; patch: CardPatch; back: CardPatch }
  | { kind: 'refused'; why: 'label' | 'owners' | 'expedite' };

export function crossing(by: Grouping, c: Face, to: string): Crossing {
  if (by === 'none' || to === ALL || groupOf(by, c) === to) return { kind: 'same' };
  switch (by) {
    case 'lanes':
      return { kind: 'lane', laneId: to === NONE ? null : to };
    case 'discipline':
      return {
        kind: 'patch',
        patch: { discipline: to as Face['discipline'], involves: c.involves.filter((d) => d !== to) },
        back: { discipline: c.discipline, involves: c.involves },
      };
    case 'class':
      // The strip has its own limit and its own question; a row must not be a way around it.
      if (to === 'expedite' || c.class === 'expedite') return { kind: 'refused', why: 'expedite' };
      return { kind: 'patch', patch: { class: to as Face['class'] }, back: { class: c.class } };
    case 'type':
      return { kind: 'patch', patch: { type: to as Face['type'] }, back: { type: c.type } };
    case 'owner': {
      // The row shows the first owner only: with several, "give it to Bo" would silently take it from the others.
      if (c.ownerIds.length > 1) return { kind: 'refused', why: 'owners' };
      return { kind: 'patch', patch: { ownerIds: to === NONE ? [] : [to] }, back: { ownerIds: c.ownerIds } };
    }
    case 'label':
      return { kind: 'refused', why: 'label' };
  }
}
