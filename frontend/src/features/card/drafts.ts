import { readStored, writeStored } from '../../lib/stored';

/** Something half written, kept in this browser until it is sent or thrown away. */
export interface Draft {
  text: string;
  at: string;
  /** Text and version that it was begun from. */
  base?: string;
  version?: number;
}

const name = (cardId: string, what: string) => `draft.${cardId}.${what}`;

export function readDraft(cardId: string, what: string): Draft | undefined {
  try {
    const draft = JSON.parse(readStored(name(cardId, what)) ?? 'null') as Draft | null;
    return draft?.text ? draft : undefined;
  } catch {
    return undefined;
  }
}

/** Empty text forgets the draft. */
export function writeDraft(cardId: string, what: string, draft: Omit<Draft, 'at'> | undefined): void {
  const kept = draft?.text ? JSON.stringify({ ...draft, at: new Date().toISOString() }) : null;
  writeStored(name(cardId, what), kept);
}
