import { useState } from 'react';
import { type Draft, readDraft, writeDraft } from './drafts';

/** What was half written into a field or a form; it is offered again until it is saved or thrown away. */
export interface Kept {
  /** Undefined while there is none, or while it is being written on. */
  draft: Draft | undefined;
  keep: (draft: Omit<Draft, 'at'> | undefined) => void;
  /** Looks again, when the writing was left. */
  look: () => void;
  /** It is being written on: no longer offered. */
  taken: () => void;
}

export function useKept(what: string): Kept {
  const [draft, setDraft] = useState(() => readDraft(what));
  return {
    draft,
    keep: (next) => writeDraft(what, next),
    look: () => setDraft(readDraft(what)),
    taken: () => setDraft(undefined),
  };
}
