import { ApiError, NetworkError, newId } from '../lib/api';
import { t } from './messages';
import { isTemp, type Op, rename, TEMP } from './ops';
import type { OpStorage } from './outbox-storage';
import { textField } from './refusal';

export type Answer = Record<string, unknown> & { seq?: number };
export type Send = (method: Op['method'], path: string, body: unknown, key: string) => Promise<Answer>;

/** The store of an open board, told what happens to its changes. */
export interface OutboxListener {
  /** The queue of this board changed because of `op`. */
  changed(op: Op): void;
  /** Last word on the body before it goes out for the first time. */
  prepare(op: Op): void;
  acked(op: Op, answer: Answer): void;
  /** 'again' = the body has been mended, send it once more under a new key. */
  refused(op: Op, error: unknown): 'again' | 'over';
}

interface Waiter {
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

const KEY_LIFE = 23 * 3600_000; // the server remembers keys for 24 h
const SERVER_FAULTS = 5;

/**
 * Every change of the person at this tab, first in first out per board. A change leaves the queue when the
 * server has answered or its event has come back; until then it is in storage. Keys are made once, so that
 * sending twice acts once. Belongs to one person: another one who signs in sees and sends nothing of it.
 */
export class Outbox {
  private readonly tab = newId();
  private person: string | undefined;
  private readonly queues = new Map<string, Op[]>();
  private readonly busy = new Set<string>();
  private readonly inFlight = new Set<string>();
  /** What the event said, for a change whose answer never came. */
  private readonly echoes = new Map<string, Answer>();
  private readonly waiters = new Map<string, Waiter>();
  private readonly tries = new Map<string, number>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly refusals: Op[] = [];
  private readonly temps = new Map<string, string>();
  private readonly listeners = new Map<string, OutboxListener>();
  private readonly watchers = new Set<() => void>();
  private claimer: ReturnType<typeof setInterval> | undefined;
  private last = 0;
  private readonly storage: OpStorage;
  private readonly send: Send;
  /** The last try did not reach the server. */
  cut = false;

  constructor(storage: OpStorage, send: Send) {
    this.storage = storage;
    this.send = send;
  }

  /** Signs a person in or out. What others left stays in storage, untouched, until they come back. */
  async start(personId: string | undefined): Promise<void> {
    if (personId === this.person) return;
    this.stop();
    this.person = personId;
    if (!personId) return;
    this.storage.enter(this.tab);
    this.claimer = setInterval(() => void this.claim(), 30_000);
    await this.claim();
  }

  /** The page goes away: another tab, or this one reloaded, may take the changes over at once. */
  stop(): void {
    clearInterval(this.claimer);
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    this.storage.leave(this.tab);
    for (const w of this.waiters.values()) w.reject(new NetworkError());
    this.waiters.clear();
    const all = [...this.queues.values()].flat();
    this.queues.clear();
    this.refusals.length = 0;
    this.person = undefined;
    for (const op of all) this.listeners.get(op.boardId)?.changed(op);
    this.told();
  }

  /** Back from the browser's page cache. */
  wake(): void {
    if (!this.person) return;
    this.storage.enter(this.tab);
    this.kick();
  }
  sleep(): void {
    this.storage.leave(this.tab);
  }

  private async claim(): Promise<void> {
    const person = this.person;
    if (!person) return;
    const known = new Set([...[...this.queues.values()].flat(), ...this.refusals].map((o) => o.key));
    const found = await this.storage.claim(person, this.tab);
    if (this.person !== person) return;
    const fresh = found.filter((op) => !known.has(op.key) && !this.find(op.key));
    for (const op of fresh) {
      op.replayed = true;
      if (op.state === 'refused') this.refusals.push(op);
      else this.queue(op.boardId).push(op);
      this.listeners.get(op.boardId)?.changed(op);
    }
    for (const queue of this.queues.values()) queue.sort((a, b) => a.n - b.n);
    if (fresh.length === 0) return;
    this.told();
    this.kick();
  }

  attach(boardId: string, listener: OutboxListener): () => void {
    this.listeners.set(boardId, listener);
    return () => {
      if (this.listeners.get(boardId) === listener) this.listeners.delete(boardId);
    };
  }

  watch(fn: () => void): () => void {
    this.watchers.add(fn);
    return () => this.watchers.delete(fn);
  }
  private told(): void {
    for (const fn of [...this.watchers]) fn();
  }

  waiting(boardId: string): readonly Op[] {
    return this.queues.get(boardId) ?? [];
  }
  refused(boardId?: string): readonly Op[] {
    return boardId ? this.refusals.filter((o) => o.boardId === boardId) : this.refusals;
  }
  count(): number {
    let n = 0;
    for (const queue of this.queues.values()) n += queue.length;
    return n;
  }
  /** The id that a card got, for one that was asked for by its temporary id. */
  real(id: string): string {
    return this.temps.get(id) ?? id;
  }

  add(draft: Omit<Op, 'key' | 'n' | 'personId' | 'tab' | 'state' | 'at'>, key = newId()): Promise<Answer> {
    if (!this.person)
      return Promise.reject(new ApiError(401, { code: 'unauthenticated', detail: t('live.signedOut') }));
    this.last = Math.max(this.last + 1, Date.now());
    const op: Op = {
      ...draft,
      key,
      n: this.last,
      personId: this.person,
      tab: this.tab,
      state: 'queued',
      at: new Date().toISOString(),
      replayed: draft.replayed ?? this.cut,
    };
    for (const temp of this.temps.keys()) rename(op, temp, this.temps.get(temp)!);
    this.queue(op.boardId).push(op);
    this.storage.put(op);
    const answer = new Promise<Answer>((resolve, reject) => this.waiters.set(op.key, { resolve, reject }));
    this.listeners.get(op.boardId)?.changed(op);
    this.told();
    void this.pump(op.boardId);
    return answer;
  }

  /** An event came back with this key: the change is done, whatever becomes of the answer. */
  echo(boardId: string, key: string, answer: Answer): boolean {
    const op = this.queues.get(boardId)?.find((o) => o.key === key);
    if (!op) return false;
    this.leave(op);
    const flying = this.inFlight.has(key);
    if (flying) this.echoes.set(key, answer);
    this.finish(op, answer, !flying);
    return true;
  }

  /** Something says that the server can be reached again. */
  kick(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    for (const boardId of this.queues.keys()) void this.pump(boardId);
  }

  /** Sends a refused change again: as it is, without what made it stale, or mended. */
  keep(key: string, mend?: (op: Op) => Partial<Op>): void {
    const op = this.takeRefused(key);
    if (!op) return;
    const { sent: _, problem: __, lost: ___, ...rest } = op;
    const { was: ____, ...body } = op.body ?? {};
    const anew = mend?.(op) ?? { force: true, body: op.body && body };
    this.storage.remove(key);
    void this.add({ ...rest, ...anew, replayed: true }).catch(() => {});
  }
  /** Forgets a refused change; answers the way to have it back on the list. */
  drop(key: string): () => void {
    const op = this.takeRefused(key);
    if (!op) return () => {};
    this.storage.remove(key);
    this.told();
    return () => {
      if (this.person !== op.personId) return;
      this.refusals.push(op);
      this.storage.put(op);
      this.told();
    };
  }

  private takeRefused(key: string): Op | undefined {
    const at = this.refusals.findIndex((o) => o.key === key);
    return at < 0 ? undefined : this.refusals.splice(at, 1)[0];
  }
  private find(key: string): Op | undefined {
    return [...this.queues.values()].flat().find((o) => o.key === key);
  }
  private queue(boardId: string): Op[] {
    const queue = this.queues.get(boardId) ?? [];
    this.queues.set(boardId, queue);
    return queue;
  }

  private leave(op: Op): void {
    const queue = this.queue(op.boardId);
    const at = queue.indexOf(op);
    if (at >= 0) queue.splice(at, 1);
    this.tries.delete(op.key);
  }

  /** One at a time per board, in order. */
  private async pump(boardId: string): Promise<void> {
    if (this.busy.has(boardId) || this.timers.has(boardId)) return;
    this.busy.add(boardId);
    try {
      for (let op = this.queue(boardId)[0]; op; op = this.queue(boardId)[0]) {
        const wait = await this.attempt(op);
        if (wait === undefined) continue;
        if (wait === 'stop') break;
        clearTimeout(this.timers.get(boardId));
        this.timers.set(
          boardId,
          setTimeout(() => {
            this.timers.delete(boardId);
            void this.pump(boardId);
          }, wait),
        );
        break;
      }
    } finally {
      this.busy.delete(boardId);
    }
  }

  /** Milliseconds to wait before the next try of the same change; undefined = go on with the next one. */
  private async attempt(op: Op): Promise<number | undefined | 'stop'> {
    const doubt = op.sent && op.replayed && Date.now() - Date.parse(op.sent.at) > KEY_LIFE;
    if (doubt) return this.refuse(op, unsure());
    if (op.kind !== 'create' && ((op.cardId && isTemp(op.cardId)) || op.path.includes(TEMP)))
      return this.refuse(op, orphan());
    if (!op.sent) this.freeze(op);
    const sent = op.sent!;
    const key = op.key;
    this.inFlight.add(key);
    try {
      const answer = (await this.send(op.method, sent.path, sent.body, op.key)) ?? {};
      this.cut = false;
      const open = this.queue(op.boardId).includes(op);
      this.leave(op);
      this.finish(op, answer, true, open);
      return undefined;
    } catch (error) {
      if (!this.queue(op.boardId).includes(op)) {
        this.finish(op, this.echoes.get(key) ?? {}, true, false); // its event has come back already
        return undefined;
      }
      return this.failed(op, error);
    } finally {
      this.inFlight.delete(key);
      this.echoes.delete(key);
    }
  }

  private freeze(op: Op): void {
    this.listeners.get(op.boardId)?.prepare(op);
    const body = op.body && { ...op.body };
    if (body && op.base !== undefined && !op.force) body.version = op.base;
    op.sent = { path: op.path.replace('{card}', op.cardId ?? ''), body, at: new Date().toISOString() };
    this.storage.put(op);
  }

  private failed(op: Op, error: unknown): number | undefined | 'stop' {
    const tries = (this.tries.get(op.key) ?? 0) + 1;
    this.tries.set(op.key, tries);
    if (!(error instanceof ApiError)) {
      this.cut = true;
      // Nobody knows when it and those behind it will go: their refusals, if any, belong on the list.
      for (const waiting of this.queue(op.boardId)) waiting.replayed = true;
      this.told();
      return backoff(tries);
    }
    this.cut = false;
    if (error.status === 401) return 'stop'; // waits for the same person to sign in again
    if (
      error.code === 'idempotency_busy' ||
      RETRY.has(error.status) ||
      (error.status >= 500 && tries < SERVER_FAULTS)
    )
      return error.retryAfter ? error.retryAfter * 1000 : backoff(tries);
    if (this.listeners.get(op.boardId)?.refused(op, error) === 'again') {
      this.storage.remove(op.key);
      const waiter = this.waiters.get(op.key);
      this.waiters.delete(op.key);
      op.key = newId();
      op.sent = undefined;
      if (waiter) this.waiters.set(op.key, waiter);
      this.storage.put(op);
      return undefined;
    }
    return this.refuse(op, error);
  }

  /** Takes it back. It stays on the list when nobody waits for it at the screen. */
  private refuse(op: Op, error: ApiError): undefined {
    this.leave(op);
    op.state = 'refused';
    op.problem = { ...error.extra, status: error.status, code: error.code, detail: error.detail };
    if (op.replayed || (error.code === 'stale' && textField(op))) {
      this.refusals.push(op);
      this.storage.put(op);
    } else this.storage.remove(op.key);
    if (op.kind === 'create') this.strand(op);
    this.listeners.get(op.boardId)?.changed(op);
    this.waiters.get(op.key)?.reject(error);
    this.waiters.delete(op.key);
    this.told();
    return undefined;
  }

  /** A card that was not made: what waited for it cannot be sent, and is listed with it. */
  private strand(op: Op): void {
    for (const later of this.queue(op.boardId).filter((o) => o.cardId === TEMP + op.key))
      later.replayed = true;
  }

  private finish(op: Op, answer: Answer, settled: boolean, tell = true): void {
    if (tell) {
      this.storage.remove(op.key);
      const made = madeId(op, answer);
      if (made) this.born(op, made);
      this.listeners.get(op.boardId)?.acked(op, answer);
      this.listeners.get(op.boardId)?.changed(op);
      this.told();
    }
    // After an echo the answer may still bring more than the event did, so the promise waits for it.
    if (!settled) return;
    this.waiters.get(op.key)?.resolve(answer);
    this.waiters.delete(op.key);
  }

  private born(op: Op, id: string): void {
    const temp = TEMP + op.key;
    this.temps.set(temp, id);
    for (const later of this.queue(op.boardId)) {
      rename(later, temp, id);
      this.storage.put(later);
    }
  }
}

const RETRY = new Set([408, 425, 429, 502, 503, 504, 507]);

function backoff(tries: number): number {
  return Math.min(15_000, 500 * 2 ** Math.min(tries, 6)) * (0.5 + Math.random() / 2);
}

/** The id of what a change made: a card, blocker, comment or to-do. */
function madeId(op: Op, answer: Answer): string | undefined {
  const name = MADE[op.kind];
  return name ? (answer[name] as { id?: string } | undefined)?.id : undefined;
}
const MADE: Partial<Record<Op['kind'], string>> = {
  create: 'card',
  block: 'blocker',
  comment: 'comment',
  addTodo: 'todo',
};

function unsure(): ApiError {
  return new ApiError(409, {
    code: 'unsure',
    detail: t('live.unsure'),
  });
}
function orphan(): ApiError {
  return new ApiError(409, { code: 'no_card', detail: t('live.orphan') });
}
