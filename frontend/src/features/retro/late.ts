import { personNow } from '../../lib/session';
import { readStored, useStored, writeStored } from '../../lib/stored';
import type { Act } from './acts';

// A note that reached the server after the reveal was refused. Its words stay here until their writer lets them go.

const name = (id: string) => `retro.${personNow()}.${id}.late`;
const listOf = (text: string | null): string[] => {
  try {
    return JSON.parse(text || '[]') as string[];
  } catch {
    return [];
  }
};

export function keepLate(id: string, act: Act): void {
  if (act.do !== 'note' && act.do !== 'edit' && act.do !== 'said') return;
  const kept = listOf(readStored(name(id)));
  if (!kept.includes(act.text)) writeStored(name(id), JSON.stringify([...kept, act.text]));
}

/** The words that came too late, and the way to let them go. */
export function useLate(id: string): [string[], () => void] {
  const [text] = useStored(name(id), '');
  return [listOf(text), () => writeStored(name(id), null)];
}
