import {
  CARD_CLASSES,
  CARD_TYPES,
  type CardClass,
  DISCIPLINES,
  type Face,
  type Lane,
  type Person,
  type Says,
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

/** Rows that stand for a field of the cards, so that a change of any card may put it into another one. */
export const byField = (by: Grouping): boolean => by !== 'none' && by !== 'lanes';

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
    case 'parent':
      return c.parent?.id ?? NONE;
  }
}

export interface GroupNames {
  /** The word for a discipline, class or type. */
  of(id: string): string;
  noLane: string;
  noOwner: string;
  noLabel: string;
  noParent: string;
}

/** What a row is called that stands for something with a name of its own. */
export interface RowSource {
  lanes: readonly Lane[];
  people: ReadonlyMap<string, Person>;
  /** "PAY-12 Refund in parts", or its key alone where the parent stands on another board. */
  parentName(id: string): string;
}

/**
 * The rows in reading order. `present` = ids of the rows that hold a card (groupOf). Own lanes are all shown; rows made
 * on the fly only when some card is in them.
 */
export function groupsFor(
  by: Grouping,
  present: ReadonlySet<string>,
  source: RowSource,
  names: GroupNames,
): Group[] {
  if (by === 'none') return [{ id: ALL, name: '' }];
  if (by === 'lanes') {
    const rows: Group[] = source.lanes.map((l) => ({ id: l.id, name: l.name, lane: l }));
    if (present.has(NONE) || rows.length === 0) rows.push({ id: NONE, name: names.noLane });
    return rows;
  }
  const fixed = (ids: readonly string[], name: (id: string) => string): Group[] =>
    ids.filter((id) => present.has(id)).map((id) => ({ id, name: name(id) }));
  const orAll = (rows: Group[]) => (rows.length ? rows : [{ id: ALL, name: '' }]);
  if (by === 'discipline') return orAll(fixed(DISCIPLINES, names.of));
  if (by === 'class') return orAll(fixed(CARD_CLASSES, names.of));
  if (by === 'type') return orAll(fixed(CARD_TYPES, names.of));
  const none = by === 'owner' ? names.noOwner : by === 'label' ? names.noLabel : names.noParent;
  const name = (id: string) =>
    by === 'owner' ? (source.people.get(id)?.name ?? id) : by === 'parent' ? source.parentName(id) : id;
  const rows: Group[] = [...present]
    .filter((id) => id !== NONE)
    .map((id) => ({ id, name: name(id) }))
    .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
  if (present.has(NONE) || rows.length === 0) rows.push({ id: NONE, name: none });
  return rows;
}

/** What a drop from one row to another means: a lane, a class, fields set in the same step, or no. */
export type Crossing =
  | { kind: 'same' }
  | { kind: 'lane'; laneId: string | null }
  | { kind: 'class'; cls: CardClass }
  | { kind: 'set'; set: Says; back: Says }
  | { kind: 'refused'; why: 'labels' | 'owners' | 'expedite' | 'self' };

export function crossing(by: Grouping, c: Face, to: string): Crossing {
  if (by === 'none' || to === ALL || groupOf(by, c) === to) return { kind: 'same' };
  switch (by) {
    case 'lanes':
      return { kind: 'lane', laneId: to === NONE ? null : to };
    case 'discipline': {
      const set = { discipline: to as Face['discipline'], involves: c.involves.filter((d) => d !== to) };
      return { kind: 'set', set, back: { discipline: c.discipline, involves: c.involves } };
    }
    case 'class':
      // The strip has its own limit and its own question; a row must not be a way around it.
      if (to === 'expedite' || c.class === 'expedite') return { kind: 'refused', why: 'expedite' };
      return { kind: 'class', cls: to as CardClass };
    case 'type':
      return { kind: 'set', set: { type: to as Face['type'] }, back: { type: c.type } };
    case 'owner':
      // The row shows whoever took it first: with several, "give it to Bo" would silently take it from the others.
      if (c.ownerIds.length > 1) return { kind: 'refused', why: 'owners' };
      return { kind: 'set', set: { ownerIds: to === NONE ? [] : [to] }, back: { ownerIds: c.ownerIds } };
    case 'label':
      // Of several only the first shows: it makes room for the new one, but taking it off would only show the next.
      if (to === NONE && c.labels.length > 1) return { kind: 'refused', why: 'labels' };
      return { kind: 'set', set: { labels: firstNow(c.labels, to) }, back: { labels: c.labels } };
    case 'parent':
      if (to === c.id) return { kind: 'refused', why: 'self' };
      return {
        kind: 'set',
        set: { parentId: to === NONE ? null : to },
        back: { parentId: c.parent?.id ?? null },
      };
  }
}

/** Another one in the place of the first; the others stay. */
function firstNow(list: readonly string[], to: string): string[] {
  const rest = list.slice(1).filter((x) => x !== to);
  return to === NONE ? rest : [to, ...rest];
}
