import { generateKeyBetween } from 'fractional-indexing';
import type { BoardEvent, Face, Snapshot } from '../../api/types';
import { ApiError, NetworkError } from '../../lib/api';
import type { Op } from '../ops';
import { Outbox } from '../outbox';
import type { OpStorage } from '../outbox-storage';
import type { TopicHandler } from '../socket';
import { LiveBoard } from '../store';

type Body = Record<string, unknown>;
const clone = <T>(x: T): T => structuredClone(x);

export function face(id: string, columnId: string, pos: string, more: Partial<Face> = {}): Face {
  return {
    id,
    key: `PAY-${id}`,
    title: `Card ${id}`,
    columnId,
    laneId: null,
    pos,
    type: 'feature',
    discipline: 'development',
    involves: [],
    class: 'standard',
    ownerIds: [],
    labels: [],
    version: 1,
    enteredAt: '2026-11-01T08:00:00.000Z',
    startedAt: null,
    finishedAt: null,
    blockers: [],
    signals: [],
    ...more,
  };
}

/** A small model of the server: one board, one order per column, an event for each change, keys answered twice alike. */
export class ModelServer {
  seq = 0;
  readonly cards = new Map<string, Face>();
  readonly changedAt = new Map<string, number>();
  readonly events: BoardEvent[] = [];
  readonly answers = new Map<string, Body>();
  readonly listeners = new Set<(e: BoardEvent) => void>();
  readonly columns = ['ready', 'build', 'review', 'done'];
  hard: Record<string, number> = {};
  applied = 0;
  private n = 0;

  constructor(cards = 12) {
    let pos: string | null = null;
    for (let i = 0; i < cards; i++) {
      pos = generateKeyBetween(pos, null);
      const card = face(`c${i}`, this.columns[i % 3]!, pos);
      this.cards.set(card.id, card);
    }
  }

  order(columnId: string): string[] {
    return [...this.cards.values()]
      .filter((c) => c.columnId === columnId)
      .sort((a, b) => (a.pos < b.pos ? -1 : a.pos > b.pos ? 1 : a.id < b.id ? -1 : 1))
      .map((c) => c.id);
  }

  snapshot(): Snapshot {
    const columns = this.columns.map((id) => ({
      id,
      name: id[0]!.toUpperCase() + id.slice(1),
      kind: id === 'ready' ? ('queue' as const) : id === 'done' ? ('done' as const) : ('active' as const),
      policy: '',
      wip: { mode: 'off' as const },
      version: 1,
    }));
    const board = {
      id: 'b',
      name: 'Payments',
      teamId: 't',
      teamKey: 'PAY',
      teamName: 'Payments',
      visibility: 'workspace' as const,
      timeZone: 'UTC',
      startColumnId: 'build',
      finishColumnId: 'done',
      sle: [],
      expedite: { mode: 'reason' as const, max: 1, counts: true },
      blockerCategories: [],
      fields: [],
      version: 1,
    };
    const people = ['ana', 'bo', 'chidi'].map((id, hue) => ({
      id,
      name: id[0]!.toUpperCase() + id.slice(1),
      discipline: 'development' as const,
      hue,
      active: true,
    }));
    return clone({ board, columns, lanes: [], cards: [...this.cards.values()], people, seq: this.seq });
  }

  handle(method: string, path: string, body: Body | undefined, key: string, actor: string): Body {
    const stored = this.answers.get(key);
    if (stored) return clone(stored);
    const answer = this.act(method, path, body ?? {}, key, actor);
    this.answers.set(key, clone(answer));
    return clone(answer);
  }

  private act(method: string, path: string, body: Body, key: string, actor: string): Body {
    const [, room, id, verb] = path.split('/');
    if (room === 'boards') {
      const pos = this.posFor('', String(body.columnId), body);
      const card = face(`n${++this.n}`, String(body.columnId), pos, { title: String(body.title) });
      return this.commit('card.created', card, { card }, key, actor);
    }
    const card = this.cards.get(id ?? '');
    if (!card) throw new ApiError(404, { code: 'not_found', detail: 'There is no such card.' });
    if (verb === 'move') {
      this.fresh(card, ['place'], body);
      const columnId = String(body.columnId);
      const max = this.hard[columnId];
      if (max !== undefined && card.columnId !== columnId && this.order(columnId).length >= max)
        throw new ApiError(409, { code: 'wip_limit', detail: `${columnId} is full.` });
      const pos = this.posFor(card.id, columnId, body);
      const from = { columnId: card.columnId, laneId: card.laneId };
      const next = { ...card, columnId, pos };
      this.changedAt.set(`${card.id}.place`, card.version + 1);
      const answer = this.commit('card.moved', next, { from, part: true }, key, actor);
      return { ...(answer.card as Body), seq: answer.seq };
    }
    if (verb === 'comments')
      return this.commit('card.commented', { ...card, comments: (card.comments ?? 0) + 1 }, {}, key, actor);
    if (method === 'DELETE') return this.commit('card.archived', card, { gone: true }, key, actor);
    const { version: _, ...fields } = body;
    this.fresh(card, Object.keys(fields), body);
    for (const f of Object.keys(fields)) this.changedAt.set(`${card.id}.${f}`, card.version + 1);
    return this.commit('card.updated', { ...card, ...(fields as Partial<Face>) }, {}, key, actor);
  }

  private fresh(card: Face, fields: string[], body: Body): void {
    const stale = fields.filter(
      (f) => (this.changedAt.get(`${card.id}.${f}`) ?? 0) > Number(body.version ?? Infinity),
    );
    if (stale.length)
      throw new ApiError(409, {
        code: 'stale',
        detail: 'Somebody changed this first.',
        fields: stale,
        current: clone(card),
      });
  }

  private posFor(self: string, columnId: string, body: Body): string {
    const order = this.order(columnId).filter((id) => id !== self);
    const near = (body.afterId ?? body.beforeId) as string | undefined;
    let at = order.length;
    if (near) {
      const hit = order.indexOf(near);
      if (hit < 0)
        throw new ApiError(422, { code: 'anchor_gone', detail: 'That card is not in this column.' });
      at = body.afterId ? hit + 1 : hit;
    }
    const pos = (i: number) => this.cards.get(order[i] ?? '')?.pos ?? null;
    const low = at > 0 ? pos(at - 1) : null;
    let high = pos(at);
    for (let i = at; high !== null && low !== null && high <= low; i++) high = pos(i + 1);
    return generateKeyBetween(low, high);
  }

  private commit(
    type: string,
    card: Face,
    how: Body & { gone?: boolean; part?: boolean },
    key: string,
    actor: string,
  ): Body {
    const next = { ...card, version: card.version + 1 };
    if (how.gone) this.cards.delete(card.id);
    else this.cards.set(card.id, next);
    this.seq++;
    this.applied++;
    const { id, version, columnId, laneId, pos } = next;
    const told = how.gone ? { id, version } : how.part ? { id, version, columnId, laneId, pos } : next;
    const event: BoardEvent = {
      topic: 'board:b',
      seq: this.seq,
      type,
      at: new Date().toISOString(),
      actorId: actor,
      commandId: key,
      data: clone({ card: told }) as unknown as Record<string, unknown>,
    };
    this.events.push(event);
    for (const fn of [...this.listeners]) fn(event);
    return { card: next, seq: this.seq };
  }
}

/** What a browser keeps while pages come and go. */
export class MemoryStorage implements OpStorage {
  readonly ops = new Map<string, string>();
  readonly tabs = new Set<string>();
  put(op: Op): void {
    this.ops.set(op.key, JSON.stringify(op));
  }
  remove(key: string): void {
    this.ops.delete(key);
  }
  async claim(personId: string, tab: string): Promise<Op[]> {
    const all = [...this.ops.values()].map((text) => JSON.parse(text) as Op);
    const mine = all.filter((o) => o.personId === personId && (o.tab === tab || !this.tabs.has(o.tab)));
    for (const op of mine) this.put(Object.assign(op, { tab }));
    return mine.sort((a, b) => a.n - b.n);
  }
  enter(tab: string): void {
    this.tabs.add(tab);
  }
  leave(tab: string): void {
    this.tabs.delete(tab);
  }
}

/** A tab of a person with a network that can be cut, slowed and made to lose answers or events. */
export class Tab {
  readonly outbox: Outbox;
  readonly store: LiveBoard;
  online = true;
  /** The server acts but its answer does not arrive. */
  loseAnswers = false;
  /** Events stay away while true, as with a stalled socket. */
  stalled = false;
  subscribes = 0;
  private handlers = new Set<TopicHandler>();
  private held: BoardEvent[] = [];
  private readonly server: ModelServer;
  private readonly latency: () => number;

  constructor(server: ModelServer, person: string, storage: OpStorage, latency: () => number = () => 0) {
    this.server = server;
    this.latency = latency;
    this.outbox = new Outbox(storage, (method, path, body, key) =>
      this.request(person, method, path, body, key),
    );
    void this.outbox.start(person);
    this.store = new LiveBoard('b', {
      outbox: this.outbox,
      follow: (_topic, handler) => {
        this.handlers.add(handler);
        const again = () => this.catchUp(handler);
        again();
        return { again, presence: () => this.online, off: () => this.handlers.delete(handler) };
      },
      request: (method, path, body, key) => this.request(person, method, path, body, key ?? 'get'),
      whenReachable: (fn) => {
        const timer = setTimeout(fn, 1000);
        return () => clearTimeout(timer);
      },
    });
    server.listeners.add(this.hear);
  }

  private readonly hear = (e: BoardEvent) => {
    if (this.stalled || !this.online) return;
    this.held.push(e);
    setTimeout(() => {
      const next = this.held.shift();
      if (next && this.online) for (const h of this.handlers) h.event(clone(next));
    }, this.latency());
  };

  private catchUp(handler: TopicHandler): void {
    this.subscribes++;
    const since = handler.since();
    if (!this.online || since === undefined) return;
    handler.subscribed?.(this.server.seq);
    for (const e of this.server.events.filter((x) => x.seq > since)) handler.event(clone(e));
  }

  connect(): void {
    this.online = true;
    this.stalled = false;
    for (const h of this.handlers) this.catchUp(h);
    this.outbox.kick();
  }

  /** The page goes; what waits stays in storage. */
  close(): void {
    this.server.listeners.delete(this.hear);
    this.store.close();
    this.online = false;
    this.outbox.stop();
  }

  private async request<T>(
    who: string,
    method: string,
    path: string,
    body: unknown,
    key: string,
  ): Promise<T> {
    await new Promise((r) => setTimeout(r, this.latency()));
    if (!this.online) throw new NetworkError();
    if (method === 'GET')
      return (
        path === '/boards/b' ? this.server.snapshot() : { card: this.server.cards.get(path.split('/')[2]!) }
      ) as T;
    const answer = this.server.handle(method, path, body as Body, key, who);
    await new Promise((r) => setTimeout(r, this.latency()));
    if (!this.online || this.loseAnswers) throw new NetworkError();
    return answer as T;
  }
}
