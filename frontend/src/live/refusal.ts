import { ApiError } from '../lib/api';
import type { Op } from './ops';
import type { Rejected, TextField } from './types';

const ANCHOR_TRIES = 4;

/** Which words a change puts in place of others. */
export function textField(op: Op): TextField | undefined {
  if (op.fields.includes('description')) return 'description';
  if (op.fields.includes('title')) return 'title';
  if (op.kind === 'editComment') return 'comment';
  return op.kind === 'patchTodo' && op.body?.text !== undefined ? 'todo' : undefined;
}

/** The to-do, comment or blocker that a change is about. */
export const targetOf = (op: Op): string | undefined =>
  op.path.match(/^\/(?:comments|todos|blockers)\/(.+)$/)?.[1];

/** Other words for the same text, written on top of what `over` names. */
export function inWords(op: Op, text: string, over: { version?: number; was?: string }): Partial<Op> {
  const field = textField(op);
  const part = field === 'todo' || field === 'comment';
  return {
    body: part ? { text, was: over.was } : { ...op.body, [field ?? 'text']: text },
    base: over.version,
    effect: field === 'title' ? { patch: { title: text } } : op.effect,
    force: false,
  };
}

/** The neighbour had left the column when the move arrived: the next nearest is tried, and at last the end. */
export function lostAnchor(op: Op, error: unknown): boolean {
  const anchor = (op.sent?.body?.afterId ?? op.sent?.body?.beforeId) as string | undefined;
  if (!anchor || !(error instanceof ApiError) || (op.lost?.length ?? 0) >= ANCHOR_TRIES) return false;
  if (error.code !== 'anchor_gone') return false;
  op.lost = [...(op.lost ?? []), anchor];
  // One more failure than tries: give up on neighbours.
  if (op.lost.length >= ANCHOR_TRIES && op.effect.place) op.effect.place.anchors = [];
  return true;
}

export function asRejected(op: Op, error: unknown): Rejected {
  const field = error instanceof ApiError && error.code === 'stale' ? textField(op) : undefined;
  return {
    ...(field
      ? { text: { field, mine: String(op.body?.[field] ?? op.body?.text ?? ''), targetId: targetOf(op) } }
      : {}),
    key: op.key,
    kind: op.kind,
    cardId: op.cardId,
    label: op.label,
    error,
    at: op.at,
    replayed: op.replayed ?? false,
  };
}
