import { personNow } from '../../lib/session';
import { readStored, useStored, writeStored } from '../../lib/stored';
import type { Act } from './acts';
import type { RetroView } from './types';
import { keepNoteDraft, noteDraft } from './words';

// A note that reached the server after the reveal was refused, or was not finished. Its words stay here until their
// writer lets them go.

const name = (id: string) => `retro.${personNow()}.${id}.late`;
const listOf = (text: string | null): string[] => {
  try {
    return JSON.parse(text || '[]') as string[];
  } catch {
    return [];
  }
};

export function keepLate(id: string, act: Act): void {
  if (act.do === 'note' || act.do === 'edit' || act.do === 'said') keepText(id, act.text);
}

function keepText(id: string, text: string): void {
  const kept = listOf(readStored(name(id)));
  if (text.trim() && !kept.includes(text)) writeStored(name(id), JSON.stringify([...kept, text]));
}

/** The notes that were half written when all were revealed. */
export function keepHalfWritten(view: RetroView): void {
  const { id } = view.retro;
  for (const c of view.columns) {
    const text = noteDraft(id, c.key);
    if (!text) continue;
    keepText(id, text);
    keepNoteDraft(id, c.key, '');
  }
}

/** The words that came too late, and the way to let them go. */
export function useLate(id: string): [string[], () => void] {
  const [text] = useStored(name(id), '');
  return [listOf(text), () => writeStored(name(id), null)];
}
