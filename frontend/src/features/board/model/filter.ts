import type { Board, Face } from '../../../api/types';
import { clockOf } from '../../../lib/age';
import { type BoardSearch, type Due, isFiltered, QUICK, type Quick } from '../../../lib/search';
import { daysUntil } from '../../../lib/time';
import type { Dimension } from './facets';

/** How many choices of the Filter popover are on. */
export const filterCount = (s: BoardSearch): number =>
  (s.owner?.length ?? 0) +
  (s.label?.length ?? 0) +
  (s.type?.length ?? 0) +
  (s.class?.length ?? 0) +
  (s.due?.length ?? 0) +
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

const WEEK = 7;

export function dueMatches(d: Due, c: Face, x: FilterContext): boolean {
  if (d === 'none') return !c.dueOn;
  if (!c.dueOn) return false;
  if (d === 'set') return true;
  if (c.finishedAt) return false;
  const left = daysUntil(c.dueOn, x.now, x.board.timeZone);
  return d === 'overdue' ? left < 0 : left >= 0 && left <= WEEK;
}

/** Which choices of one field a card belongs to. */
export function optionsOf(d: Dimension, c: Face, x: FilterContext): readonly string[] {
  switch (d) {
    case 'disc':
      return [c.discipline];
    case 'quick':
      return QUICK.filter((q) => quickMatches(q, c, x));
    case 'owner':
      return c.ownerIds.length ? c.ownerIds : ['none'];
    case 'label':
      return c.labels;
    case 'type':
      return [c.type];
    case 'class':
      return [c.class];
    case 'due':
      return (['overdue', 'week', 'set', 'none'] as const).filter((v) => dueMatches(v, c, x));
  }
}

type Test = (c: Face) => boolean;

/** One test per field of the address that filters; fields combine with "and", choices of a field with "or", quick chips with "and". */
export function testsOf(s: BoardSearch, x: FilterContext): [keyof BoardSearch, Test][] {
  const out: [keyof BoardSearch, Test][] = [];
  const text = s.q?.toLocaleLowerCase();
  if (s.disc) out.push(['disc', (c) => s.disc!.includes(c.discipline)]);
  if (s.type) out.push(['type', (c) => s.type!.includes(c.type)]);
  if (s.class) out.push(['class', (c) => s.class!.includes(c.class)]);
  if (s.label) out.push(['label', (c) => s.label!.some((l) => c.labels.includes(l))]);
  if (s.owner)
    out.push([
      'owner',
      (c) => s.owner!.some((o) => (o === 'none' ? c.ownerIds.length === 0 : c.ownerIds.includes(o))),
    ]);
  if (s.due) out.push(['due', (c) => s.due!.some((d) => dueMatches(d, c, x))]);
  if (text)
    out.push([
      'q',
      (c) =>
        c.title.toLocaleLowerCase().includes(text) ||
        c.key.toLocaleLowerCase().includes(text) ||
        c.labels.some((l) => l.toLocaleLowerCase().includes(text)),
    ]);
  if (s.quick) out.push(['quick', (c) => s.quick!.every((q) => quickMatches(q, c, x))]);
  return out;
}

/** One predicate for the whole address, or undefined when nothing is filtered. */
export function predicate(s: BoardSearch, x: FilterContext): Test | undefined {
  if (!isFiltered(s)) return undefined;
  const tests = testsOf(s, x);
  return (c) => tests.every(([, test]) => test(c));
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
    if (c.finishedAt || c.mirror) continue; // a mirror is in progress where it belongs
    if (c.blockers.length) f.blocked++;
    const k = clockOf(c, x.board, x.now);
    if (k.word !== 'age') continue;
    f.wip++;
    if (k.level >= 2) f.aging++;
    if (k.over) f.over++;
  }
  return f;
}
