import { ApiError } from '../lib/api';
import type { Op } from './ops';
import type { Conflict, Rejected } from './types';

const ANCHOR_TRIES = 4;

export function textField(op: Op): Conflict['field'] | undefined {
  return op.fields.includes('description')
    ? 'description'
    : op.fields.includes('title')
      ? 'title'
      : undefined;
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
    ...(field ? { text: { field, mine: String(op.body?.[field] ?? '') } } : {}),
    key: op.key,
    kind: op.kind,
    cardId: op.cardId,
    label: op.label,
    error,
    at: op.at,
    replayed: op.replayed ?? false,
  };
}
