import { useMemo, useSyncExternalStore } from 'react';
import { readDraft, writeDraft } from '../../lib/drafts';
import { onStored } from '../../lib/stored';
import type { Answer } from './acts';

// An answer that is being written, or that the server did not take. It stays in this browser until it is saved or thrown away.

const name = (checklist: string, item: string) => `checklist.${checklist}.${item}`;

export interface AnswerDraft extends Answer {
  /** The server did not take it: somebody else was first, or it was closed meanwhile. */
  refused?: boolean;
}

export function keepDraft(checklist: string, item: string, draft: AnswerDraft | undefined): void {
  writeDraft(name(checklist, item), draft && { text: JSON.stringify(draft) });
}

/** What is kept of an item's answer. */
export function useAnswerDraft(checklist: string, item: string): AnswerDraft | undefined {
  const text = useSyncExternalStore(onStored, () => readDraft(name(checklist, item))?.text);
  return useMemo(() => {
    try {
      return text ? (JSON.parse(text) as AnswerDraft) : undefined;
    } catch {
      return undefined;
    }
  }, [text]);
}
