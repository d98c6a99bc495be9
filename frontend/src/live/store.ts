import type { Board, BoardEvent, Column, Face, Lane, Person, PresentPerson, Snapshot } from '../api/types';
import { ApiError } from '../lib/api';
import { Changes, type Enqueue } from './changes';
import { Dirty } from './confirmed';
import { emit, listen } from './emit';
import { Intake } from './intake';
import type { Op } from './ops';
import type { Answer, OutboxListener } from './outbox';
import { type From, fromOf, OwnMoves } from './own-moves';
import { chooseAnchor } from './place';
import { PresenceSender } from './presence';
import { asRejected, inWords, lostAnchor, targetOf } from './refusal';
import type { TopicHandler, TopicLink } from './socket';
import { faceOf } from './store-answer';
import { Summary } from './summary';
import type { Surroundings } from './surroundings';
import type { BoardStore, BulkAnswer, OwnNote, Rejected, RemoteSummary, StoreStatus, Waiting } from './types';
import { View } from './view';

/** One open board: intake of events, own changes, and everything that the page reads. */
export class LiveBoard extends Changes implements BoardStore {
  readonly boardId: string;
  protected readonly view = new View();
  private readonly around: Surroundings;
  private readonly intake: Intake;
  private readonly summary: Summary;
  private readonly moves = new OwnMoves();
  private readonly sender: PresenceSender;
  private readonly origins = new Map<string, From>();
  private readonly ownKeys = new Set<string>();
  private readonly touched = new Map<string, number>();
  /** `card field` → person, for changes of a card's fields since the board was opened. */
  private readonly changers = new Map<string, string>();
  /** `card field` → the last change of it by somebody else. */
  private readonly others = new Map<string, { version: number; personId: string }>();
  private readonly waits = new Map<string, { sign: string; list: readonly Waiting[] }>();
  private readonly offs: (() => void)[] = [];
  private link: TopicLink | undefined;
  private present: readonly PresentPerson[] = [];
  private rejectedCache: readonly Rejected[] = [];
  private statusNow: StoreStatus = 'loading';
  private problem: unknown;
  private loading = false;
  private retry: (() => void) | undefined;
  private closed = false;
  private readonly on = {
    own: new Set<(n: OwnNote) => void>(),
    summary: new Set<(s: RemoteSummary) => void>(),
    event: new Set<(e: BoardEvent) => void>(),
  };

  constructor(boardId: string, around: Surroundings) {
    super();
    this.boardId = boardId;
    this.around = around;
    this.intake = new Intake(
      (events) => this.apply(events),
      () => this.link?.again(),
    );
    this.summary = new Summary(
      () => this.people(),
      (s) => emit(this.on.summary, s),
    );
    this.sender = new PresenceSender((at) => this.link?.presence(at) ?? false);
    this.offs.push(around.outbox.attach(boardId, this.listener));
    for (const op of around.outbox.waiting(boardId)) this.listener.changed(op);
    this.refreshRejected();
    void this.fetch();
  }

  close(): void {
    this.closed = true;
    this.sender.stop();
    this.summary.stop();
    this.retry?.();
    this.link?.off();
    for (const off of this.offs) off();
  }

  // Coming and going

  reload(): void {
    void this.fetch();
  }

  /** Fetches the whole board and follows it from there. What waits of one's own stays laid over it. */
  private async fetch(): Promise<void> {
    if (this.loading || this.closed) return;
    this.loading = true;
    this.retry?.();
    this.intake.restart(undefined);
    if (this.statusNow === 'error') this.setStatus('loading');
    try {
      const snap = await this.around.request<Snapshot>('GET', `/boards/${this.boardId}`);
      if (this.closed) return;
      this.view.confirmed.load(snap);
      this.intake.restart(snap.seq);
      this.setStatus('ready');
      this.view.flushAll();
      if (this.link) this.link.again();
      else this.link = this.around.follow(`board:${this.boardId}`, this.handler);
    } catch (error) {
      if (!this.closed) this.fetchFailed(error);
    } finally {
      this.loading = false;
    }
  }

  private fetchFailed(error: unknown): void {
    if (error instanceof ApiError && (error.status === 404 || error.status === 403)) {
      this.gone(error);
      return;
    }
    this.retry = this.around.whenReachable(() => void this.fetch());
    // With a board on screen the failure is the connection's to tell; the view stays as it was.
    if (this.statusNow !== 'ready') this.setStatus('error', error);
  }

  private gone(error?: unknown): void {
    const had = this.statusNow === 'ready' || this.statusNow === 'forbidden';
    const forbidden = error instanceof ApiError && error.status === 403;
    this.setStatus(had || forbidden ? 'forbidden' : 'missing', error);
    this.intake.restart(undefined);
  }

  private readonly handler: TopicHandler = {
    since: () => this.intake.have,
    event: (e) => this.intake.take(e),
    subscribed: () => {
      this.sender.again();
      if (this.statusNow === 'forbidden' || this.statusNow === 'missing') void this.fetch(); // given back
    },
    reset: () => void this.fetch(),
    error: (code) => {
      if (code === 'not_found' || code === 'forbidden' || code === 'access_revoked') this.gone();
      else if (code === 'unavailable') setTimeout(() => !this.closed && this.link?.again(), 3_000);
    },
    presence: (people) => {
      this.present = people;
      this.view.tell('presence');
    },
  };

  /** The socket is down: nobody knows any more who is here. */
  forgetPresence(): void {
    if (this.present.length === 0) return;
    this.present = [];
    this.view.tell('presence');
  }

  private apply(events: BoardEvent[]): void {
    const dirty = new Dirty();
    let anew = false;
    for (const e of events) {
      if (this.view.confirmed.apply(e, dirty) === 'refetch') anew = true;
      const card = (e.data.card as { id?: string } | undefined)?.id;
      const own = e.commandId && this.ownKeys.has(e.commandId);
      if (!own) {
        if (card) this.touched.set(card, Date.now());
        this.noteOther(e);
        if (card && e.actorId && Array.isArray(e.data.fields))
          for (const field of e.data.fields) this.changers.set(`${card} ${field}`, e.actorId);
        this.summary.add(e);
      }
    }
    this.view.flush(dirty);
    for (const e of events) {
      if (e.commandId) this.echo(e, e.commandId);
      emit(this.on.event, e);
    }
    if (anew) void this.fetch();
  }

  private noteOther(e: BoardEvent): void {
    const { card, fields } = e.data as { card?: { id: string; version?: number }; fields?: string[] };
    if (!card?.version) return;
    const changed =
      e.type === 'card.moved' ? ['place'] : /archived|restored/.test(e.type) ? ['place', 'archived'] : fields;
    for (const field of changed ?? [])
      this.others.set(`${card.id} ${field}`, { version: card.version, personId: e.actorId ?? '' });
  }

  private echo(e: BoardEvent, key: string): void {
    const id = (e.data.card as { id?: string } | undefined)?.id;
    if (!id) return; // a move that gave its column fresh keys says so first; the move itself is still to come
    const face = this.view.confirmed.faces.get(id);
    this.around.outbox.echo(this.boardId, key, { ...(face ? { card: face } : {}), seq: e.seq });
  }

  // Own changes

  private readonly listener: OutboxListener = {
    changed: (op) => {
      this.ownKeys.add(op.key);
      this.view.setOps(this.around.outbox.waiting(this.boardId), op);
      this.refreshRejected();
    },
    prepare: (op) => this.prepare(op),
    acked: (op, answer) => this.acked(op, answer),
    refused: (op, error) => this.refused(op, error),
  };

  protected readonly enqueue: Enqueue = (draft, key) => {
    if (key) this.ownKeys.add(key);
    return this.around.outbox.add({ ...draft, boardId: this.boardId }, key);
  };
  protected real(id: string): string {
    return this.around.outbox.real(id);
  }
  protected call<T>(
    method: 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body: unknown,
    key: string,
  ): Promise<T> {
    this.ownKeys.add(key);
    return this.around.request<T>(method, path, body, key);
  }
  protected remember(key: string, face: Face): void {
    this.origins.set(key, fromOf(face, this.columnOrder(face.columnId)));
  }
  protected takeUndo(cardId: string, seq: number) {
    return this.moves.take(cardId, seq);
  }
  protected tellOwn(note: OwnNote): void {
    emit(this.on.own, note);
  }
  protected answered(answer: BulkAnswer, archived: boolean): void {
    this.intake.flush();
    const dirty = new Dirty();
    for (const { card, seq } of answer.items) this.view.confirmed.answer(card, seq, dirty, archived);
    this.view.flush(dirty);
  }

  /** Neighbours are chosen at the last moment, from those that the server is known to have in that column. */
  private prepare(op: Op): void {
    const place = op.effect.place;
    if (!place || !op.body || op.kind === 'undo') return;
    const { afterId: _, beforeId: __, ...body } = op.body;
    const there = this.view.confirmed;
    const has = (id: string) =>
      id !== op.cardId && !op.lost?.includes(id) && there.faces.get(id)?.columnId === place.columnId;
    op.body = { ...body, ...chooseAnchor(place.anchors, has) };
  }

  private acked(op: Op, answer: Answer): void {
    this.intake.flush();
    const face = faceOf(answer);
    const seq = answer.seq;
    if (face && seq !== undefined) {
      const dirty = new Dirty();
      this.view.confirmed.answer(face, seq, dirty, op.kind === 'archive');
      this.view.flush(dirty);
      this.raise(op, face);
    }
    const from = this.origins.get(op.key);
    if (from && face && seq !== undefined) this.moves.push(face.id, seq, from);
    this.origins.delete(op.key);
  }

  /** What waits was made on top of this change, so its new version is not news to it. */
  private raise(op: Op, face: Face): void {
    for (const later of this.around.outbox.waiting(this.boardId)) {
      if (later === op || later.sent || later.cardId !== face.id || later.base === undefined) continue;
      if (later.fields.some((f) => op.fields.includes(f))) later.base = Math.max(later.base, face.version);
    }
  }

  private refused(op: Op, error: unknown): 'again' | 'over' {
    this.intake.flush();
    if (lostAnchor(op, error)) return 'again';
    this.origins.delete(op.key);
    return 'over';
  }

  private refreshRejected(): void {
    const ops = this.around.outbox.refused(this.boardId);
    const keys = (list: readonly { key: string }[]) => list.map((x) => x.key).join();
    if (keys(ops) === keys(this.rejectedCache)) return;
    this.rejectedCache = ops.map((op) =>
      asRejected(op, new ApiError(op.problem?.status ?? 0, op.problem ?? {})),
    );
    this.view.tell('rejected');
  }

  // Reading

  private setStatus(status: StoreStatus, error?: unknown): void {
    this.statusNow = status;
    this.problem = error;
    this.view.tell('status', 'any');
  }
  status(): StoreStatus {
    return this.statusNow;
  }
  error(): unknown {
    return this.problem;
  }
  board(): Board {
    const board = this.view.confirmed.board;
    if (!board) throw new Error('The board is not loaded yet.');
    return board;
  }
  columns(): readonly Column[] {
    return this.view.confirmed.columns;
  }
  lanes(): readonly Lane[] {
    return this.view.confirmed.lanes;
  }
  people(): ReadonlyMap<string, Person> {
    return this.view.confirmed.people;
  }
  card(id: string): Face | undefined {
    return this.view.card(this.real(id));
  }
  cardByKey(key: string): Face | undefined {
    const id = this.view.confirmed.idOfKey(key);
    return id ? this.view.card(id) : undefined;
  }
  cardIds(): readonly string[] {
    return this.view.cardIds();
  }
  cell(columnId: string, laneId: string | null | '*', strip: boolean): readonly string[] {
    return this.view.cell(columnId, laneId, strip);
  }
  columnOrder(columnId: string): readonly string[] {
    return this.view.columnOrder(columnId);
  }
  columnMix(columnId: string): string {
    return this.view.columnMix(columnId);
  }
  columnCount(columnId: string): number {
    return this.view.columnCount(columnId);
  }
  pending(id: string): boolean {
    return this.view.pending(this.real(id));
  }
  waiting(id: string): readonly Waiting[] {
    const ops = this.view.opsOf(this.real(id));
    const sign = ops.map((op) => op.key + op.path).join();
    const old = this.waits.get(id);
    if (old?.sign === sign) return old.list;
    const list = ops.map((op) => ({
      key: op.key,
      kind: op.kind,
      at: op.at,
      body: op.body ?? {},
      targetId: targetOf(op),
    }));
    this.waits.set(id, { sign, list });
    return list;
  }
  touchedAt(id: string): number {
    return this.touched.get(id) ?? 0;
  }
  changedBy(id: string, field: string): string | undefined {
    return this.changers.get(`${id} ${field}`);
  }
  lastOther(id: string, field: string): { version: number; personId: string } | undefined {
    return this.others.get(`${id} ${field}`);
  }
  subscribe(key: string, fn: () => void): () => void {
    return this.view.subscribe(key, fn);
  }
  hold(id: string): void {
    this.intake.flush();
    this.view.hold(this.real(id));
  }
  release(id: string): void {
    this.view.release(this.real(id));
  }
  at(where: { cardId?: string; editing?: boolean }): void {
    this.sender.at(where);
  }
  presence(): readonly PresentPerson[] {
    return this.present;
  }
  rejected(): readonly Rejected[] {
    return this.rejectedCache;
  }
  keepRejected(key: string, text?: string, over?: { version?: number; was?: string }): void {
    this.around.outbox.keep(key, over && text !== undefined ? (op) => inWords(op, text, over) : undefined);
    this.refreshRejected();
  }
  dropRejected(key: string): () => void {
    const back = this.around.outbox.drop(key);
    this.refreshRejected();
    return () => {
      back();
      this.refreshRejected();
    };
  }
  onOwn(fn: (n: OwnNote) => void) {
    return listen(this.on.own, fn);
  }
  onRemoteSummary(fn: (s: RemoteSummary) => void) {
    return listen(this.on.summary, fn);
  }
  onEvent(fn: (e: BoardEvent) => void) {
    return listen(this.on.event, fn);
  }
}
