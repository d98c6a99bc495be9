import { personNow } from './session';
import { readStored, writeStored } from './stored';

/** Something half written, kept in this browser until it is sent or thrown away. Another person who signs in here does not see it. */
export interface Draft {
  text: string;
  at: string;
  /** Text and version that it was begun from. */
  base?: string;
  version?: number;
}

const KEPT_DAYS = 30;
const name = (what: string) => `draft.${personNow()}.${what}`;

/** `what` names the field, "CARD.description". */
export function readDraft(what: string): Draft | undefined {
  try {
    const draft = JSON.parse(readStored(name(what)) ?? 'null') as Draft | null;
    return draft?.text ? draft : undefined;
  } catch {
    return undefined;
  }
}

/** Empty text forgets the draft. */
export function writeDraft(what: string, draft: Omit<Draft, 'at'> | undefined): void {
  forgetOld();
  const kept = draft?.text ? JSON.stringify({ ...draft, at: new Date().toISOString() }) : null;
  writeStored(name(what), kept);
}

let swept = false;
/** Once a visit: what nobody came back to for a month. */
function forgetOld(): void {
  if (swept) return;
  swept = true;
  try {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith('trestle.draft.')) continue;
      const { at } = JSON.parse(localStorage.getItem(key) ?? '{}') as { at?: string };
      if (!at || Date.now() - Date.parse(at) > KEPT_DAYS * 86_400_000) localStorage.removeItem(key);
    }
  } catch {
    // no storage, or not of this kind
  }
}
