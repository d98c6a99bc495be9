import { FIELDS, type FieldName, type Question, type TopicKey } from './types';

// The next version of a template as plain data: what it changes, what is wrong with it, and how two people's drafts
// become one.

const LETTER: Record<TopicKey, string> = {
  functionality: 'F',
  operability: 'O',
  metrics: 'M',
  departures: 'D',
  capacity: 'I',
  launch: 'L',
  security: 'X',
};

const alike = (a: unknown, b: unknown): boolean =>
  JSON.stringify(a ?? null) === JSON.stringify(b ?? null) || (!a && !b);

/** What is empty is left out, as the server keeps it. */
export function tidy(q: Question): Question {
  const out = { ...q };
  for (const f of ['help', 'unit', 'people', 'ttlDays', 'when', 'retired'] as const)
    if (!out[f]) delete out[f];
  return out;
}

const fieldsThatDiffer = (a: Question, b: Question): FieldName[] =>
  FIELDS.filter((f) => !alike(f === 'when' ? whenOf(a) : a[f], f === 'when' ? whenOf(b) : b[f]));
const whenOf = (q: Question) => q.when && [q.when.item, q.when.not];

export const sameDraft = (a: readonly Question[], b: readonly Question[]): boolean =>
  a.length === b.length && a.every((q, i) => q.key === b[i]?.key && fieldsThatDiffer(q, b[i]).length === 0);

export interface Change {
  kind: 'added' | 'changed' | 'retired' | 'back';
  key: string;
  was?: Question;
  is: Question;
  fields: FieldName[];
}
export interface Changes {
  items: Change[];
  /** Questions stand in another order, which is all that is said of it. */
  moved: boolean;
}

/** What a draft changes against what was published. */
export function changesOf(was: readonly Question[], is: readonly Question[]): Changes {
  const before = new Map(was.map((q) => [q.key, q]));
  const items: Change[] = [];
  for (const q of is) {
    const old = before.get(q.key);
    if (!old) items.push({ kind: 'added', key: q.key, is: q, fields: [] });
    else {
      const fields = fieldsThatDiffer(old, q).filter((f) => f !== 'retired');
      const kind = !old.retired && q.retired ? 'retired' : old.retired && !q.retired ? 'back' : 'changed';
      if (kind !== 'changed' || fields.length > 0) items.push({ kind, key: q.key, was: old, is: q, fields });
    }
  }
  const kept = (list: readonly Question[], other: readonly Question[]) => {
    const there = new Set(other.map((q) => q.key));
    return list
      .filter((q) => there.has(q.key))
      .map((q) => q.key)
      .join(' ');
  };
  return { items, moved: kept(was, is) !== kept(is, was) };
}

/** What the server would refuse of a question, as the field that it is about. */
export function faultOf(q: Question, all: readonly Question[]): 'question' | 'evidence' | 'when' | undefined {
  if (!q.question.trim()) return 'question';
  if (q.evidence.length === 0) return 'evidence';
  if (q.when && (!q.when.not.trim() || q.when.item === q.key || !all.some((x) => x.key === q.when?.item)))
    return 'when';
  return undefined;
}

/** The next key of a topic; one that was ever given is not given again. */
export function freeKey(items: readonly Question[], topic: TopicKey): string {
  const letter = LETTER[topic];
  const most = items.reduce((n, q) => {
    const m = new RegExp(`^${letter}(\\d+)$`).exec(q.key);
    return m ? Math.max(n, Number(m[1])) : n;
  }, 0);
  return `${letter}${most + 1}`;
}

/** Puts a new question last in its topic. */
export function withNew(items: readonly Question[], topic: TopicKey): { items: Question[]; key: string } {
  const key = freeKey(items, topic);
  const q: Question = {
    key,
    topic,
    question: '',
    evidence: ['text'],
    from: 'standard',
    phase: 'pre_prod',
    scope: 'feature',
  };
  const at = items.findLastIndex((x) => x.topic === topic);
  return { items: items.toSpliced(at < 0 ? items.length : at + 1, 0, q), key };
}

/** Puts a question before or behind another one of its topic. */
export function moved(items: readonly Question[], key: string, beside: string, after: boolean): Question[] {
  const q = items.find((x) => x.key === key);
  if (!q || key === beside) return [...items];
  const rest = items.filter((x) => x !== q);
  const at = rest.findIndex((x) => x.key === beside);
  return at < 0 ? [...items] : rest.toSpliced(after ? at + 1 : at, 0, q);
}

/** One field that two people changed otherwise; mine stands, theirs is shown. */
export interface Clash {
  key: string;
  field: FieldName;
  theirs: Question;
}

/**
 * My draft and somebody else's, both begun from `base`, become one. Fields that only one of us changed are taken as
 * they are; where both did, mine stands and is told. Nothing that either wrote goes away unsaid.
 */
export function merged(
  base: readonly Question[],
  mine: readonly Question[],
  theirs: readonly Question[],
): { items: Question[]; clashes: Clash[] } {
  const old = new Map(base.map((q) => [q.key, q]));
  const other = new Map(theirs.map((q) => [q.key, q]));
  const clashes: Clash[] = [];
  const taken = new Set(other.keys());
  const items: Question[] = [];
  for (const q of mine) {
    const was = old.get(q.key);
    const there = other.get(q.key);
    if (!there) {
      // taken out there: gone, unless it is mine or I have changed it
      if (!was || fieldsThatDiffer(was, q).length > 0) items.push(q);
    } else if (!was) {
      // both gave the same new key to a question of their own: mine gets the next one
      if (fieldsThatDiffer(q, there).length === 0) items.push(q);
      else {
        let n = 1;
        const letter = q.key.replace(/\d+$/, '');
        while (taken.has(`${letter}${n}`) || mine.some((x) => x.key === `${letter}${n}`)) n++;
        taken.add(`${letter}${n}`);
        items.push({ ...q, key: `${letter}${n}` });
      }
    } else {
      const next: Record<string, unknown> = { ...there };
      for (const f of fieldsThatDiffer(was, q)) {
        next[f] = q[f];
        if (fieldsThatDiffer(was, there).includes(f) && fieldsThatDiffer(q, there).includes(f))
          clashes.push({ key: q.key, field: f, theirs: there });
      }
      items.push(tidy(next as unknown as Question));
    }
  }
  const mineMoved = changesOf(base, mine).moved;
  const have = new Set(items.map((q) => q.key));
  const dropped = new Set(base.filter((q) => !mine.some((m) => m.key === q.key)).map((q) => q.key));
  const added = theirs.filter((q) => !have.has(q.key) && !dropped.has(q.key));
  if (mineMoved) return { items: [...items, ...added], clashes };
  // theirs is the order; what only I have stays behind the one that it stood behind
  const byKey = new Map(items.map((q) => [q.key, q]));
  const order = theirs.flatMap((q) => byKey.get(q.key) ?? (added.includes(q) ? [q] : []));
  items.forEach((q, i) => {
    if (order.includes(q)) return;
    const before = items[i - 1];
    const at = before ? order.indexOf(before) : -1;
    order.splice(at < 0 ? order.length : at + 1, 0, q);
  });
  return { items: order, clashes };
}

/** What a standard checklist asks of a feature at most, so that it fits into a working week. */
export const MOST_AT_STANDARD = 18;

/** How many questions of a feature a standard checklist asks. */
export const atStandard = (
  items: readonly (Pick<Question, 'from' | 'scope'> & { retired?: boolean })[],
): number =>
  items.filter((q) => !q.retired && q.scope === 'feature' && (q.from === 'light' || q.from === 'standard'))
    .length;

/** On what a question can depend: those before it that are asked, topic by topic, and the one on which it does. */
export function askedBefore(
  q: Question,
  all: readonly Question[],
  topics: readonly { key: string }[],
): Question[] {
  const order = topics.flatMap((x) => all.filter((i) => i.topic === x.key));
  const here = order.findIndex((i) => i.key === q.key);
  return order.filter((x, i) => x.key !== q.key && ((i < here && !x.retired) || x.key === q.when?.item));
}
