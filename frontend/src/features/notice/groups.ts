import type { Notice } from './types';

/** Notices about one card, newest first; a notice about no card stands alone. */
export interface Group {
  id: string;
  cardKey?: string;
  cardTitle?: string;
  items: Notice[];
}

/** One group per card, in the order of its newest notice. */
export function grouped(items: readonly Notice[]): Group[] {
  const groups = new Map<string, Group>();
  for (const n of items) {
    const id = n.cardId || n.id;
    const group = groups.get(id);
    if (group) group.items.push(n);
    else groups.set(id, { id, cardKey: n.cardKey, cardTitle: n.cardTitle, items: [n] });
  }
  return [...groups.values()];
}
