import type { Face } from '../api/types';
import type { Effect } from './ops';
import { type Anchor, anchorsOf } from './place';

const DEPTH = 50;

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

/** Own acknowledged moves of this visit, newest last, with where each came from. */
export class OwnMoves {
  private list: readonly { cardId: string; seq: number; from: From }[] = [];

  push(cardId: string, seq: number, from: From): void {
    this.list = [...this.list.slice(1 - DEPTH), { cardId, seq, from }];
  }

  /** What taking the move back shows until the server has answered; it is tried once. */
  take(cardId: string, seq: number): Effect {
    const hit = this.list.find((m) => m.cardId === cardId && m.seq === seq);
    this.list = this.list.filter((m) => m !== hit);
    return hit ? { ...hit.from } : {};
  }
}
