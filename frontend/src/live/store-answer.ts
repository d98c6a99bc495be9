import type { Face } from '../api/types';
import type { Answer } from './outbox';

/** A move answers the face itself, everything else wraps it. */
export function faceOf(answer: Answer): Face | undefined {
  const wrapped = answer.card as Face | undefined;
  if (wrapped) return wrapped;
  if (typeof answer.columnId !== 'string') return undefined;
  const { seq: _, ...face } = answer as unknown as Face & { seq: number };
  return face as Face;
}
