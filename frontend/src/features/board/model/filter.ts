import type { Board, Face } from '../../../api/types';
import { type BoardSearch, isFiltered, type Quick } from '../../../lib/search';
import { clockOf } from './age';

/** How many choices of the Filter popover are on. */
export const filterCount = (s: BoardSearch): number =>
  (s.owner?.length ?? 0) +
  (s.label?.length ?? 0) +
  (s.type?.length ?? 0) +
  (s.class?.length ?? 0) +
  (s.q ? 1 : 0) +
  (s.disc?.filter((d) => d === 'product' || d === 'quality' || d === 'other').length ?? 0);

/** Adds or removes one choice of a list field; an empty list becomes absent. */
export function toggled<T>(have: readonly T[] | undefined, v: T): T[] | undefined {
  const next = have?.includes(v) ? have.filter((x) => x !== v) : [...(have ?? []), v];
  return next.length ? next : undefined;
}

export interface FilterContext {
  board: Pick<Board, 'sle' | 'timeZone'>;
  meId?: string;
  now: number;
}

export function quickMatches(q: Quick, c: Face, x: FilterContext): boolean {
  switch (q) {
    case 'mine':
      return !!x.meId && c.ownerIds.includes(x.meId);
    case 'wip':
      return !!c.startedAt && !c.finishedAt;
    case 'blocked':
      return c.blockers.length > 0 && !c.finishedAt;
    case 'unassigned':
      return c.ownerIds.length === 0 && !c.finishedAt;
    case 'aging': {
      const k = clockOf(c, x.board, x.now);
      return k.word === 'age' && k.level >= 2;
    }
    case 'over': {
      const k = clockOf(c, x.board, x.now);
      return k.word === 'age' && k.over;
    }
  }
}

/** One predicate for the whole address, or undefined when nothing is filtered. */
export function predicate(s: BoardSearch, x: FilterContext): ((c: Face) => boolean) | undefined {
  if (!isFiltered(s)) return undefined;
  const text = s.q?.toLocaleLowerCase();
  return (c) =>
    (!s.disc || s.disc.includes(c.discipline)) &&
    (!s.type || s.type.includes(c.type)) &&
    (!s.class || s.class.includes(c.class)) &&
    (!s.label || s.label.some((l) => c.labels.includes(l))) &&
    (!s.owner || s.owner.some((o) => (o === 'none' ? c.ownerIds.length === 0 : c.ownerIds.includes(o)))) &&
    (!text ||
      c.title.toLocaleLowerCase().includes(text) ||
      c.key.toLocaleLowerCase().includes(text) ||
      c.labels.some((l) => l.toLocaleLowerCase().includes(text))) &&
    (!s.quick || s.quick.every((q) => quickMatches(q, c, x)));
}

export interface Facts {
  wip: number;
  blocked: number;
  aging: number;
  over: number;
  total: number;
}
/** The head line: WIP is started and not finished. */
export function factsOf(cards: Iterable<Face>, x: FilterContext): Facts {
  const f: Facts = { wip: 0, blocked: 0, aging: 0, over: 0, total: 0 };
  for (const c of cards) {
    f.total++;
    if (c.finishedAt) continue;
    if (c.blockers.length) f.blocked++;
    const k = clockOf(c, x.board, x.now);
    if (k.word !== 'age') continue;
    f.wip++;
    if (k.level >= 2) f.aging++;
    if (k.over) f.over++;
  }
  return f;
}
