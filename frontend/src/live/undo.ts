import type { Face } from '../api/types';
import type { Effect } from './ops';
import { type Anchor, anchorsOf } from './place';
import type { UndoEntry, UndoState } from './types';

const DEPTH = 50;
const EMPTY: UndoState = { canUndo: false };

/** Where a card was before an own move, to show it there at once while the server puts it back. */
export interface From {
  patch: Partial<Face>;
  place: { columnId: string; anchors: Anchor[] };
}

export function fromOf(face: Face, order: readonly string[]): From {
  const { columnId, laneId, class: cls, enteredAt, startedAt, finishedAt } = face;
  return {
    patch: { columnId, laneId: laneId ?? null, class: cls, enteredAt, startedAt, finishedAt },
    place: { columnId, anchors: anchorsOf(order, face.id) },
  };
}

/** Own acknowledged moves of this visit, newest last. */
export class UndoStack {
  private entries: (UndoEntry & { from?: From })[] = [];
  private cache: UndoState = EMPTY;

  state(): UndoState {
    return this.cache;
  }

  push(entry: UndoEntry, from?: From): void {
    this.entries = [...this.entries.slice(1 - DEPTH), { ...entry, from }];
    this.settle();
  }

  /** Takes the entry off: an undo is tried once. */
  take(cardId: string, seq: number): Effect {
    const hit = this.entries.find((e) => e.cardId === cardId && e.seq === seq);
    this.entries = this.entries.filter((e) => e !== hit);
    this.settle();
    return hit?.from ? { patch: hit.from.patch, place: hit.from.place } : {};
  }

  private settle(): void {
    const last = this.entries.at(-1);
    this.cache = last
      ? { canUndo: true, last: { cardId: last.cardId, key: last.key, seq: last.seq, at: last.at } }
      : EMPTY;
  }
}
