import { api } from '../../lib/api';
import { serverNow } from '../../lib/server-clock';
import { counted, inherits, isStampable, lacking, withItems } from './state';
import type { Changed, Checklist, Face, Item, Proof, ServiceAnswer } from './types';

// What one person does in a checklist, as plain data: it waits in this browser until the server has it, through a reload too.

/** An answer as it is sent; `base` is the rev of what it was written over. */
export interface Answer {
  text: string;
  evidence: Proof[];
  /** Somebody else explained it and this person typed. */
  explainedBy?: Face;
  understood?: boolean;
  /** Why it was understood without the evidence that is asked for. */
  without?: string;
  base: number;
}

export type Act =
  | ({ do: 'answer'; item: string } & Answer)
  | { do: 'open'; item: string; rev: number }
  | { do: 'understand'; item: string; rev: number; without?: string }
  | { do: 'confirm'; item: string; rev: number }
  | { do: 'push-back'; item: string; text: string }
  | { do: 'withdraw'; item: string }
  | { do: 'still-true'; item: string; service?: string }
  | { do: 'differs'; item: string; differs: boolean }
  | { do: 'not-applicable'; item: string; why: string }
  | { do: 'reopen'; item: string; why?: string }
  | { do: 'topic'; topic: string };

/** Evidence as it is sent. */
const bare = ({ person: _, expiresOn: __, ...sent }: Proof) => sent;

/** What is on its way to a service's checklist, by its path. */
const underWay = new Map<string, Promise<unknown>>();

/**
 * Says in a service's own checklist that what ran out is as good as it was; it has to be understood there again. Said
 * twice before it has arrived, it is sent once: the second would be refused as written over by the first.
 */
export function renewThere(s: ServiceAnswer, item: string): Promise<unknown> {
  const path = `/checklists/${s.checklistId}/items/${item}/answer`;
  const sent =
    underWay.get(path) ??
    api
      .put(path, { text: s.text, evidence: lookedAtAgain(s.proof).map(bare), base: s.rev ?? 0 })
      .finally(() => underWay.delete(path));
  underWay.set(path, sent);
  return sent;
}

/** Says in a service's own checklist that what it answers was read here and is understood. */
export async function understandThere(s: ServiceAnswer, item: string): Promise<void> {
  const path = `/checklists/${s.checklistId}/items/${item}`;
  await api.post(`${path}/open`, { rev: s.rev ?? 0 });
  await api.post(`${path}/understand`, { rev: s.rev ?? 0 });
}

/** What was looked at again today: the days on which it was seen before say nothing more. */
export const lookedAtAgain = (proof: readonly Proof[]): Proof[] =>
  proof.map((p) => (p.type === 'date' ? p : { ...p, verifiedOn: undefined, expiresOn: undefined }));

/** Asks the server for it, under a key that makes it count once. */
export function send(checklist: string, act: Act, key: string): Promise<Changed> {
  const of = `/checklists/${checklist}`;
  if (act.do === 'topic') return api.post<Changed>(`${of}/topics/${act.topic}/understand`, {}, { key });
  const path = `${of}/items/${act.item}/${act.do}`;
  switch (act.do) {
    case 'answer':
      return api.put<Changed>(
        path,
        {
          text: act.text,
          evidence: act.evidence.map(bare),
          ...(act.explainedBy ? { explainedBy: act.explainedBy.id } : {}),
          ...(act.understood ? { understood: true, without: act.without } : {}),
          base: act.base,
        },
        { key },
      );
    case 'understand':
      return api.post<Changed>(path, { rev: act.rev, without: act.without }, { key });
    case 'open':
    case 'confirm':
      return api.post<Changed>(path, { rev: act.rev }, { key });
    case 'push-back':
      return api.post<Changed>(path, { text: act.text }, { key });
    case 'still-true':
      return api.post<Changed>(path, act.service ? { serviceId: act.service } : {}, { key });
    case 'differs':
      return api.post<Changed>(path, { differs: act.differs }, { key });
    case 'not-applicable':
      return api.post<Changed>(path, { why: act.why }, { key });
    case 'reopen':
      return api.post<Changed>(path, act.why ? { why: act.why } : {}, { key });
    default:
      return api.post<Changed>(path, {}, { key });
  }
}

/** How the checklist looks to `me` with it, before the server has answered. */
export function lay(c: Checklist, act: Act, me: Face): Checklist {
  const change = (keys: (i: Item) => boolean, next: (i: Item) => Item): Checklist =>
    counted(
      withItems(
        c,
        c.topics.flatMap((x) => x.items.filter(keys).map((i) => ({ ...next(i), unsent: true }))),
      ),
    );
  if (act.do === 'topic') {
    const topic = c.topics.find((x) => x.key === act.topic);
    return change(
      (i) =>
        !!topic?.items.includes(i) && !!i.opened && i.state === 'answered' && !i.confirm && !i.lacks?.length,
      (i) => understood(i, me),
    );
  }
  return change(
    (i) => i.key === act.item,
    (i) => after(i, act, me),
  );
}

const now = () => new Date(serverNow()).toISOString();
const done = (i: Item): Item => ({ ...i, blocks: false, why: undefined });
const understood = (i: Item, me: Face): Item =>
  done({ ...i, state: 'understood', understoodBy: { person: me, at: now() }, asked: undefined });

function after(i: Item, act: Exclude<Act, { do: 'topic' }>, me: Face): Item {
  switch (act.do) {
    case 'answer': {
      const by = act.explainedBy ?? me;
      const confirm = by.id === me.id ? undefined : by;
      return {
        ...i,
        state: 'answered',
        differs: i.scope === 'service' && !!i.services?.length, // it stands beside what services answer
        text: act.text,
        proof: act.evidence,
        lacks: lacking(i, act.evidence),
        without: act.understood && act.without ? { person: me, at: now(), text: act.without } : undefined,
        explainedBy: { person: by, at: now() },
        understoodBy: undefined,
        typedBy: me,
        confirm,
        asked: undefined,
        na: undefined,
        gap: undefined,
        why: i.must ? (confirm ? 'to_confirm' : 'to_understand') : undefined,
        blocks: i.must,
      };
    }
    case 'open':
      return { ...i, opened: true };
    case 'understand':
      return {
        ...understood(i, me),
        without: act.without ? { person: me, at: now(), text: act.without } : undefined,
      };
    case 'confirm':
      return i.understoodBy
        ? done({ ...i, state: 'understood', confirm: undefined })
        : { ...i, confirm: undefined, why: i.must ? 'to_understand' : undefined };
    case 'push-back':
      return {
        ...i,
        state: 'questioned',
        asked: { person: me, at: now(), text: act.text },
        why: i.must ? 'pushed_back' : undefined,
        blocks: i.blocks || (i.state === 'na' && i.must),
        understoodBy: undefined,
      };
    case 'withdraw':
      if (i.na) return done({ ...i, state: 'na', asked: undefined });
      return { ...i, state: 'answered', asked: undefined, why: i.must ? 'to_understand' : undefined };
    case 'still-true': {
      if (!inherits(i)) return i;
      const services = i.services.map((s) =>
        isStampable(s) && (!act.service || act.service === s.service.id)
          ? { ...s, why: undefined, changed: false, stillTrue: { person: me, at: now() } }
          : s,
      );
      const next = { ...i, services };
      return services.some((s) => s.why) ? next : done({ ...next, state: 'understood' });
    }
    case 'differs':
      return { ...i, differs: act.differs };
    case 'not-applicable':
      return done({
        ...i,
        state: 'na',
        differs: i.scope === 'service' && !!i.services?.length,
        na: { person: me, at: now(), text: act.why },
        asked: undefined,
      });
    case 'reopen':
      return {
        ...i,
        state: i.explainedBy ? 'answered' : 'unanswered',
        na: undefined,
        gap: undefined,
        understoodBy: undefined,
        why: i.must ? (i.explainedBy ? 'to_understand' : 'to_answer') : undefined,
        blocks: i.must,
      };
  }
}
