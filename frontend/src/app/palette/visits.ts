import { currentSession, onSession } from '../../lib/session';
import { readStored, writeStored } from '../../lib/stored';
import { theLive } from '../../live/session';

// What this person had open last, in this browser, newest first. It goes when they sign out.

export interface Visit {
  kind: 'card' | 'board';
  id: string;
  key?: string;
  title: string;
  /** The board of a card, the team of a board. */
  where?: string;
  link: string;
}

const KEPT = 12;
const slot = (personId: string) => `recent.${personId}`;
const mine = (): string | undefined => {
  const s = currentSession();
  return s.state === 'in' ? s.me.person.id : undefined;
};
let last = mine();
onSession(() => {
  const now = mine();
  if (last && currentSession().state === 'out') writeStored(slot(last), null);
  last = now ?? last;
});

export function visits(): Visit[] {
  const me = mine();
  try {
    const kept: unknown = me ? JSON.parse(readStored(slot(me)) ?? '[]') : [];
    return Array.isArray(kept) ? (kept as Visit[]) : [];
  } catch {
    return [];
  }
}

/** Puts it first. */
export function visited(v: Visit): void {
  const me = mine();
  if (!me) return;
  const rest = visits().filter((x) => x.kind !== v.kind || x.id !== v.id);
  writeStored(slot(me), JSON.stringify([v, ...rest].slice(0, KEPT)));
}

/** Notes the board or the card that the address shows, once what it is called is known. */
export function seen(path: string, cardKey: string | undefined): void {
  const boardId = /^\/b\/([^/]+)/.exec(path)?.[1];
  const store = boardId ? theLive().shown(boardId) : undefined;
  if (store?.status() !== 'ready') return;
  const board = store.board();
  visited({ kind: 'board', id: board.id, title: board.name, where: board.teamName, link: `/b/${board.id}` });
  const card = cardKey ? store.cardByKey(cardKey) : undefined;
  if (card)
    visited({
      kind: 'card',
      id: card.id,
      key: card.key,
      title: card.title,
      where: board.name,
      link: `/c/${card.key}`,
    });
}
