import type { CardClass, CardPatch, Face, OpenBlocker } from '../api/types';
import type { Anchor } from './place';
import type { OpKind } from './types';

/** What a change does to the view until the server has answered. Plain data, so that it survives a reload. */
export interface Effect {
  patch?: Partial<Face>;
  place?: { columnId: string; anchors: Anchor[] };
  /** A card that the server does not know yet. */
  add?: Face;
  gone?: boolean;
  blocker?: OpenBlocker;
  unblock?: string;
  todo?: { done: number; total: number };
  comments?: number;
}

/** A change on its way to the server. `key` is made once and is also the event's commandId. */
export interface Op {
  key: string;
  boardId: string;
  personId: string;
  /** Order in the queue. */
  n: number;
  kind: OpKind;
  /** A card's id, or `new:KEY` while it is not created. */
  cardId?: string;
  label: string;
  at: string;
  method: 'POST' | 'PATCH' | 'DELETE';
  /** `{card}` stands for the card's id at the time of sending. */
  path: string;
  body?: Record<string, unknown>;
  /** Fields it names, for staleness; a card's place is one field. */
  fields: string[];
  /** Version that the person saw. Sent unless `force`. */
  base?: number;
  force?: boolean;
  effect: Effect;
  /** Exactly what went out first; retries repeat it to the byte. */
  sent?: { path: string; body?: Record<string, unknown>; at: string };
  /** Anchors that the server no longer found in the column. */
  lost?: string[];
  /** Tab that sends it. */
  tab: string;
  state: 'queued' | 'refused';
  /** The refusal, kept for the list. */
  problem?: { status: number; code: string; detail: string; [more: string]: unknown };
  /** Made before this visit, or while nothing could be sent: nobody waits at the screen for its answer. */
  replayed?: boolean;
}

export const TEMP = 'new:';
export const isTemp = (id: string): boolean => id.startsWith(TEMP);

/** Lays one change over a face; undefined = the card is not shown. */
export function overlay(face: Face | undefined, effect: Effect): Face | undefined {
  if (effect.gone) return undefined;
  let next = face ?? effect.add;
  if (!next) return undefined;
  if (effect.patch) next = { ...next, ...effect.patch };
  if (effect.blocker) next = { ...next, blockers: [...next.blockers, effect.blocker] };
  if (effect.unblock) next = { ...next, blockers: next.blockers.filter((b) => b.id !== effect.unblock) };
  if (effect.comments) next = { ...next, comments: Math.max(0, (next.comments ?? 0) + effect.comments) };
  if (effect.todo) {
    const total = Math.max(0, (next.todo?.total ?? 0) + effect.todo.total);
    const done = Math.min(total, Math.max(0, (next.todo?.done ?? 0) + effect.todo.done));
    next = { ...next, todo: total ? { done, total } : null };
  }
  return next;
}

/** What a change of fields looks like on a face. */
export function facePatch(fields: CardPatch, keyOf: (id: string) => string | undefined): Partial<Face> {
  const { description, parentId, fields: _, ...shown } = fields;
  const patch: Partial<Face> = shown;
  if (description !== undefined) patch.hasDescription = description.trim() !== '';
  if (parentId !== undefined) patch.parent = parentId ? { id: parentId, key: keyOf(parentId) ?? '' } : null;
  return patch;
}

/** What the fields are called where their versions are kept. */
export function fieldNames({ fields, ...rest }: CardPatch): string[] {
  const names: Record<string, string> = { laneId: 'place', parentId: 'parent' };
  return [
    ...Object.keys(rest).map((f) => names[f] ?? f),
    ...Object.keys(fields ?? {}).map((id) => `field:${id}`),
  ];
}

/** What a move changes on the face: the clocks are guessed as the server will set them. */
export function movePatch(
  face: Face,
  to: { columnId: string; laneId?: string | null; cls?: CardClass },
  board: { order: readonly string[]; start: string; finish: string },
  at: string,
): Partial<Face> {
  const patch: Partial<Face> = { columnId: to.columnId };
  if (to.laneId !== undefined) patch.laneId = to.laneId;
  if (to.cls) patch.class = to.cls;
  if (to.columnId === face.columnId || face.mirror) return patch; // a mirror's clock runs on its own board
  patch.enteredAt = at;
  const target = board.order.indexOf(to.columnId);
  if (!face.startedAt && target >= board.order.indexOf(board.start)) patch.startedAt = at;
  const finished = target >= board.order.indexOf(board.finish);
  if (finished !== Boolean(face.finishedAt)) patch.finishedAt = finished ? at : null;
  return patch;
}

/** Swaps a temporary id (of a card, blocker, comment or to-do) for the real one everywhere in a change that waits. */
export function rename(op: Op, temp: string, real: string): void {
  if (op.cardId === temp) op.cardId = real;
  if (op.path.includes(temp)) op.path = op.path.replace(temp, real);
  if (op.effect.unblock === temp) op.effect.unblock = real;
  for (const anchor of op.effect.place?.anchors ?? []) if (anchor.id === temp) anchor.id = real;
  for (const name of ['afterId', 'beforeId'] as const) if (op.body?.[name] === temp) op.body[name] = real;
}
