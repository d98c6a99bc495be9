import type {
  Answers,
  Board,
  BoardEvent,
  CardClass,
  CardPatch,
  Column,
  ColumnKind,
  ExpediteRule,
  Face,
  Lane,
  ListPolicy,
  NewCard,
  Person,
  PresentPerson,
  Reserve,
  ReturnCategory,
  Says,
  Sle,
  Visibility,
  Wip,
} from '../api/types';

/** 'forbidden' = access was taken away; 'missing' = absent or never visible. */
export type StoreStatus = 'loading' | 'ready' | 'missing' | 'forbidden' | 'error';

/**
 * Subscription keys: a card id, `cell:COLUMN|LANE|0|1` (see cellKey), `col:ID` (order, mix, count), `faces:ID` (any card of
 * that column changed), 'board', 'columns', 'lanes', 'people', 'cards' (set of cards or any face changed), 'status', 'presence', 'rejected', 'any'.
 */
export type SubKey = string;

export interface MoveTo extends Answers {
  columnId: string;
  /** Absent = keep, null = no lane. */
  laneId?: string | null;
  afterId?: string;
  beforeId?: string;
  /** Only for drops into or out of the Expedite strip. */
  cls?: CardClass;
  reason?: string;
  returnReason?: { category: ReturnCategory; text?: string };
  /** Why the first places of the queue change. */
  why?: string;
  /** What else changes in the same step: both or neither. */
  set?: Says;
}

export interface MoveResult {
  card: Face;
  seq: number;
}

export interface BlockFields {
  category: string;
  reason: string;
  waitingFor?: string;
}

/** A change that the server refused: it has been taken back in the view. */
export interface Rejected {
  /** The command's key; `keep` and `drop` of the outbox take it. */
  key: string;
  kind: OpKind;
  cardId?: string;
  /** "PAY-42 Rotate the keys", for people. */
  label: string;
  /** ApiError, with `code` and `extra`. */
  error: unknown;
  at: string;
  /** The words, when a text was refused because somebody changed it first; `targetId` is the to-do or comment. */
  text?: { field: TextField; mine: string; targetId?: string };
  /** True when it was made in an earlier visit or offline, so that nobody waits for its answer. */
  replayed: boolean;
}

export type OpKind =
  | 'move'
  | 'patch'
  | 'create'
  | 'archive'
  | 'restore'
  | 'undo'
  | 'block'
  | 'unblock'
  | 'comment'
  | 'editComment'
  | 'removeComment'
  | 'addTodo'
  | 'patchTodo'
  | 'removeTodo';

/** A change that is on its way. */
export interface Waiting {
  key: string;
  kind: OpKind;
  at: string;
  /** What it sends. */
  body: Readonly<Record<string, unknown>>;
  /** The comment, to-do or blocker that it is about; `new:KEY` while that is not made. */
  targetId?: string;
}

export type TextField = 'title' | 'description' | 'todo' | 'comment';

/** An own change as it leaves, for whoever keeps what can be taken back. `card` is how it was before. */
export type OwnNote = { card: Face; sent: Promise<MoveResult> } & (
  | { kind: 'patch'; fields: CardPatch }
  | { kind: 'move'; to: MoveTo }
  | { kind: 'archive' }
  | { kind: 'block'; fields: BlockFields }
  | { kind: 'unblock'; blockerId: string }
);

/** One change of many cards, all or none; exactly one verb besides the reasons. */
export interface BulkChange extends Answers {
  move?: { columnId: string; laneId?: string | null; afterId?: string; beforeId?: string };
  owners?: { add?: string[]; remove?: string[] };
  labels?: { add?: string[]; remove?: string[] };
  class?: CardClass;
  archive?: boolean;
  /** Sequences that a bulk change answered, one for each card. */
  undo?: number[];
  versions?: Record<string, number>;
  reason?: string;
  returnReason?: { category: ReturnCategory; text?: string };
}
export interface BulkAnswer {
  items: { card: Face; seq: number; changed: boolean }[];
  seq: number;
}

/** Changes by others, gathered for at most one sentence per five seconds. */
export interface RemoteSummary {
  text: string;
  moved: number;
  changed: number;
  cardIds: readonly string[];
}

export interface NewColumn {
  name: string;
  kind: ColumnKind;
  policy?: string;
  checks?: string[];
  wip?: Wip;
  afterId?: string;
  beforeId?: string;
}
export interface ColumnPatch extends Partial<Omit<NewColumn, 'checks'>> {
  /** All checks of the column; those with an id are kept. */
  checks?: { id?: string; text: string }[];
  /** The liaison checklist that is asked for; null asks for none. */
  checklist?: Pick<ListPolicy, 'level' | 'phase' | 'templateId'> | null;
  version?: number;
}
export interface BoardPatch {
  name?: string;
  visibility?: Visibility;
  timeZone?: string;
  startColumnId?: string;
  finishColumnId?: string;
  sle?: Pick<Sle, 'class' | 'days' | 'percent'>[];
  expedite?: ExpediteRule;
  blockerCategories?: Board['blockerCategories'];
  workItems?: string;
  mirrorsCount?: boolean;
  reserves?: Reserve[];
}

type Off = () => void;

export interface BoardStore {
  readonly boardId: string;
  status(): StoreStatus;
  /** Why status is 'error', 'missing' or 'forbidden'. */
  error(): unknown;
  /** Throws before the first snapshot; look at status() first. */
  board(): Board;
  columns(): readonly Column[];
  lanes(): readonly Lane[];
  people(): ReadonlyMap<string, Person>;
  /** The face with own unconfirmed changes laid over it; same object until it changes. */
  card(id: string): Face | undefined;
  cardByKey(key: string): Face | undefined;
  /** All visible card ids in no particular order; same array until the set of cards changes. */
  cardIds(): readonly string[];
  /** Ordered ids; strip = only unfinished cards of class expedite, otherwise all others. '*' = all lanes. */
  cell(columnId: string, laneId: string | null | '*', strip: boolean): readonly string[];
  /** The whole order of a column, 1..n, over all lanes and the strip. */
  columnOrder(columnId: string): readonly string[];
  /** First letters of the leading disciplines in order: "ddos" (d, o, s, x for the rest). */
  columnMix(columnId: string): string;
  /** Cards that count against the column's limit. */
  columnCount(columnId: string): number;
  /** An own change of this card is not acknowledged yet. */
  pending(id: string): boolean;
  /** Own changes of this card that wait, oldest first: for "not sent yet". */
  waiting(id: string): readonly Waiting[];
  /** Milliseconds (Date.now) of the last change by somebody else, for the one flash; 0 = none this visit. */
  touchedAt(id: string): number;
  /** Who else last changed these words while the board was open; undefined = not known. */
  changedBy(id: string, field: string): string | undefined;
  /** The last change of a field by somebody else since the board was opened; 'place' and 'archived' are fields too. */
  lastOther(id: string, field: string): { version: number; personId: string } | undefined;
  subscribe(key: SubKey, fn: () => void): Off;

  /** A card in hand keeps its slot in the view until it is released. */
  hold(id: string): void;
  release(id: string): void;

  move(id: string, to: MoveTo): Promise<MoveResult>;
  patch(id: string, fields: CardPatch, opts?: { version?: number; reason?: string }): Promise<MoveResult>;
  /** Shows at once under a temporary id; resolves with the server's face. */
  create(columnId: string, fields: NewCard): Promise<Face>;
  archive(id: string): Promise<MoveResult>;
  /** Refused with `reason_required` when its column is past a limit that wants one. */
  restore(id: string, columnId?: string, reason?: string): Promise<MoveResult>;
  block(id: string, fields: BlockFields): Promise<MoveResult>;
  unblock(blockerId: string): Promise<MoveResult>;
  comment(id: string, text: string): Promise<MoveResult>;
  /** `was` is what the writing began from: refused as stale if it says something else by now. */
  editComment(id: string, commentId: string, text: string, was?: string): Promise<void>;
  removeComment(id: string, commentId: string): Promise<void>;
  addTodo(id: string, text: string, list?: string): Promise<MoveResult>;
  patchTodo(
    id: string,
    todoId: string,
    fields: { text?: string; done?: boolean; was?: string },
  ): Promise<void>;
  removeTodo(id: string, todoId: string, wasDone?: boolean): Promise<void>;
  /** `set` is what the card said before, when the move had changed that too. */
  undo(id: string, seq: number, set?: Says): Promise<MoveResult>;
  /** At once and only while there is a connection: many cards are shown where the server has put them. */
  bulk(cardIds: readonly string[], change: BulkChange): Promise<BulkAnswer>;
  /** Changes made inside are not told to `onOwn`. */
  quietly<T>(fn: () => T): T;

  createColumn(fields: NewColumn): Promise<Column>;
  patchColumn(id: string, fields: ColumnPatch): Promise<Column>;
  removeColumn(id: string, targetId?: string): Promise<void>;
  createLane(fields: { name: string; wip?: Wip }): Promise<Lane>;
  patchLane(id: string, fields: { name?: string; wip?: Wip; version?: number }): Promise<Lane>;
  removeLane(id: string): Promise<void>;
  patchBoard(fields: BoardPatch): Promise<Board>;

  /** Tell the others where I am; throttled. */
  at(where: { cardId?: string; editing?: boolean }): void;
  presence(): readonly PresentPerson[];

  /** Changes that could not be applied, for the list with keep and drop. */
  rejected(): readonly Rejected[];
  /** Send it again as it is, without what made it stale; or a text in other words, written on top of `over`. */
  keepRejected(key: string, text?: string, over?: { version?: number; was?: string }): void;
  /** Answers the way to take this back. */
  dropRejected(key: string): () => void;
  /** Fetch the board anew (the "Try again" of the error state). */
  reload(): void;

  /** Own changes of fields, place, blockers and archiving, as they leave. */
  onOwn(fn: (n: OwnNote) => void): Off;
  onRemoteSummary(fn: (s: RemoteSummary) => void): Off;
  /** Every event of the board as it is applied, own and others'; for the open card. */
  onEvent(fn: (e: BoardEvent) => void): Off;
}

/** 'offline' = no network answer at all; 'polling' = HTTP answers, the socket does not open. */
export type LiveState = 'live' | 'reconnecting' | 'polling' | 'offline';

export interface Connection {
  state: LiveState;
  /** Since when it has not been live. */
  since: Date | null;
  /** Seconds since the server was last heard; 0 while live. */
  ageSeconds: number;
  /** Own changes not yet acknowledged. */
  queued: number;
}

export interface BoardSession {
  readonly store: BoardStore;
  close(): void;
}

export const cellKey = (columnId: string, laneId: string | null | '*', strip: boolean): string =>
  `cell:${columnId}|${laneId ?? ''}|${strip ? 1 : 0}`;
