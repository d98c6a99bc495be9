import type { Discipline } from '../../api/types';
import type {
  Changed,
  Checklist,
  Counts,
  EvidenceType,
  Face,
  Item,
  MayHere,
  Proof,
  ServiceAnswer,
  Topic,
  Why,
} from './types';

/**
 * How an item is drawn in a topic's bar: understood, half (explained, or to confirm), gap accepted, pushed back, to
 * answer, not applicable, optional and empty.
 */
export type Shape = 'understood' | 'half' | 'gap' | 'back' | 'empty' | 'na' | 'optional';

export function shapeOf(item: Item): Shape {
  if (item.skipped || item.state === 'na') return 'na';
  if (isOptional(item) || isOnlyInherited(item)) return 'optional';
  if (item.why === 'pushed_back' || item.state === 'questioned') return 'back';
  if (item.why === 'to_understand' || item.why === 'to_confirm') return 'half';
  if (item.why) return item.why === 'gap_over' ? 'gap' : 'empty';
  if (item.state === 'gap') return 'gap';
  if (item.state === 'understood') return 'understood';
  if (item.state === 'answered') return 'half';
  return 'empty';
}

/** The service was not put away: what such a one answered is read, and neither counts nor blocks. */
export const isThere = (s: ServiceAnswer): boolean => !s.service.archived;
/** Services answer it, each for itself. */
export const inherits = (item: Item): item is Item & { services: ServiceAnswer[] } =>
  !item.differs && !!item.services?.some(isThere);
export const hasAnswered = (s: ServiceAnswer): boolean => s.state !== 'unanswered';
/** It counts where it stands, and nobody has said yet that it is still true here. */
export const isStampable = (s: ServiceAnswer): boolean => s.why === 'to_confirm' && s.state !== 'answered';

/** Nobody has to answer it, and nobody has. */
export const isOptional = (item: Item): boolean =>
  !item.must && !item.blocks && item.state === 'unanswered' && !item.services?.some(hasAnswered);

/** Its services have answered it, nobody asks for it here, and nobody has said that it is still true: that is no work. */
export const isOnlyInherited = (item: Item): boolean =>
  !item.must && !item.blocks && !!item.why && inherits(item);

/** It has to be answered, and blocks nothing before a later phase comes. */
export const isLater = (item: Item): boolean =>
  item.must && !item.blocks && !item.skipped && item.why === 'to_answer';

const COUNT: Record<Why, keyof Counts> = {
  to_answer: 'toAnswer',
  to_understand: 'toUnderstand',
  pushed_back: 'pushedBack',
  to_confirm: 'toConfirm',
  gap_over: 'gapOver',
  stale: 'stale',
};

export const allItems = (c: Pick<Checklist, 'topics'>): Item[] => c.topics.flatMap((x) => x.items);

/** The numbers over the items, from the items: for what is laid over them before the server has counted. */
export function counted(c: Checklist): Checklist {
  const counts: Counts = { toAnswer: 0, toUnderstand: 0, pushedBack: 0, toConfirm: 0, gapOver: 0, stale: 0 };
  let blocking = 0;
  for (const item of allItems(c)) {
    if (!item.blocks) continue;
    blocking++;
    counts[COUNT[item.why ?? 'to_answer']]++;
  }
  const topics = c.topics.map((x) => ({ ...x, blocking: x.items.filter((i) => i.blocks).length }));
  return { ...c, counts, blocking, topics };
}

/** The checklist with these items as they are now. That I have opened one is not in what everybody is told. */
export function withItems(c: Checklist, items: readonly Item[]): Checklist {
  const by = new Map(items.map((i) => [i.key, i]));
  const topics = c.topics.map((x) => {
    if (!x.items.some((i) => by.has(i.key))) return x;
    const now = x.items.map((old) => {
      const next = by.get(old.key);
      return next ? { ...next, opened: next.opened ?? (old.opened && old.rev === next.rev) } : old;
    });
    return { ...x, items: now, blocking: now.filter((i) => i.blocks).length };
  });
  return { ...c, topics };
}

/** The checklist after a change, or undefined where it has to be read anew: its settings have changed. */
export function folded(c: Checklist, { items, head }: Changed): Checklist | undefined {
  if (!items?.length || !head || head.version !== c.version) return undefined;
  const { topics: _, ...rest } = head;
  return { ...withItems(c, items), ...rest };
}

export const itemOf = (c: Checklist, key: string): Item | undefined => allItems(c).find((i) => i.key === key);
export const topicOf = (c: Checklist, key: string): Topic | undefined =>
  c.topics.find((x) => x.items.some((i) => i.key === key));

export interface Viewer {
  id: string;
  discipline: Discipline;
}

/**
 * This item waits for exactly this person: to understand, to confirm, to answer what was asked back, to check again; and
 * what nobody has answered or said to be still true, where the card is theirs. The server's judge in yours.go says the
 * same for lists and Today.
 */
export function waitsFor(item: Item, me: Viewer, may: MayHere): boolean {
  if (item.skipped || may.closed) return false;
  if (inherits(item))
    return !!may.owns && item.blocks && item.services.some((s) => isStampable(s) || s.why === 'stale');
  if (item.why === 'to_answer') return !!may.owns && item.blocks;
  const explained = item.explainedBy?.person;
  if (item.why === 'stale') return item.must && explained?.id === me.id;
  if (item.why === 'gap_over') return item.must && item.gap?.person.id === me.id;
  if (item.confirm) return item.confirm.id === me.id;
  if (item.why === 'pushed_back' || item.state === 'questioned')
    return (item.na?.person ?? explained)?.id === me.id;
  if (item.state !== 'answered' || !mayUnderstand(item, me, may)) return false;
  // operations and security stand to a team; what one of them explained is for those whose card it is
  const own = may.discipline || me.discipline;
  return isOutside(own) || (isOutside(explained?.discipline) && !!may.owns);
}

const isOutside = (d: string | undefined) => d === 'operations' || d === 'security';

/** Who explained it and who understood it are two people of different disciplines. */
export function mayUnderstand(
  item: Pick<Item, 'explainedBy' | 'confirm'>,
  me: Viewer,
  may: Checklist['may'],
): boolean {
  return !item.confirm && isAcross(item.explainedBy?.person, me, may);
}

/** This person is the other side of who said something: somebody else, of another discipline. */
function isAcross(by: Face | undefined, me: Viewer, may: Checklist['may']): boolean {
  if (!may.understand || !by || by.id === me.id) return false;
  const own = may.discipline || me.discipline;
  return by.discipline !== own && !(may.standsFor && by.discipline === me.discipline);
}

/** What somebody says does not apply is pushed back from the other side. */
export const mayDoubt = (item: Item, me: Viewer, may: Checklist['may']): boolean =>
  item.state === 'na' && isAcross(item.na?.person, me, may);

/** A gap is accepted by a lead, or from the other side: of who explained it, else of who began the checklist. */
export function mayAcceptGap(item: Item, me: Viewer, may: Checklist['may']): boolean {
  if (may.waiveAny) return true;
  return item.explainedBy && !item.confirm
    ? may.waive && isAcross(item.explainedBy.person, me, may)
    : !!may.waiveOpen;
}

/** The kinds of evidence of which a question asks for one, while none is there; words are enough where it asks for words. */
export const lacking = (item: Pick<Item, 'evidence'>, proof: readonly Proof[]): EvidenceType[] =>
  item.evidence.includes('text') || proof.some((p) => item.evidence.includes(p.type)) ? [] : item.evidence;

export type Filter = 'all' | 'blocking' | 'mine';
export function shownIn(item: Item, filter: Filter, me: Viewer, may: MayHere): boolean {
  return filter === 'blocking' ? item.blocks : filter === 'mine' ? waitsFor(item, me, may) : true;
}

/**
 * Not asked for and empty, or not applicable: folded away at a topic's end until somebody wants to see it. What is asked
 * for and somebody says does not apply stays in sight: whoever depends on it may think otherwise.
 */
export const isQuiet = (item: Item): boolean => {
  const shape = shapeOf(item);
  return (
    shape === 'optional' ||
    (shape === 'na' && (item.skipped || !item.must)) ||
    (inherits(item) && !item.must && !item.blocks)
  );
};

const SHORT = new Set(['link', 'number', 'date', 'person', 'diagram']);
/** All of its answer is in sight without opening it. */
export const isShort = (item: Pick<Item, 'text' | 'proof'>): boolean =>
  item.text.length <= 210 && item.proof.length <= 3 && item.proof.every((p) => SHORT.has(p.type));

/** The topic to begin with: where something waits for me, else the first that blocks. */
export function firstTopic(c: Checklist, me: Viewer): string | undefined {
  const mine = c.topics.find((x) => x.items.some((i) => waitsFor(i, me, c.may)));
  return (mine ?? c.topics.find((x) => x.blocking > 0) ?? c.topics[0])?.key;
}

/** The one service whose answer has run out or waits for this person to understand it: that is done where it is. */
export function toDoThere(item: Item, me: Viewer, may: Checklist['may']): ServiceAnswer | undefined {
  const [s, another] = inherits(item) ? item.services : [];
  if (!s || another) return undefined;
  const mine = s.why === 'stale' ? may.answer : s.why === 'to_understand' && mayUnderstand(s, me, may);
  return mine ? s : undefined;
}
