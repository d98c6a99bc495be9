import { createContext, use } from 'react';
import type { CardPatch, Detail, Face } from '../../api/types';
import { announce } from '../../lib/announce';
import { ApiError } from '../../lib/api';
import { toast, toastError } from '../../lib/notify';
import { type BoardStore, usePeople } from '../../live';
import { t } from './messages';

/** What the person may do with cards of this board. The server decides; this only hides what it would refuse. */
export interface CardRights {
  /** Edit, move, block, archive. */
  work: boolean;
  comment: boolean;
  /** Make the team's templates. */
  lead?: boolean;
}

/** Everything inside a card reads from here. */
export interface Room {
  store: BoardStore;
  face: Face;
  detail: Detail | undefined;
  /** Archived cards can be read and restored, not edited. */
  can: CardRights;
  me: { id: string; name: string };
  onMove?: (cardId: string) => void;
  /** Asks why a change may go past a limit; undefined = better not. */
  askReason: (limit: string) => Promise<string | undefined>;
  /** Somebody is typing into a field of this card. */
  typing: (on: boolean) => void;
  /** Reads the whole card again: for what no event tells. */
  again: () => void;
  /** Opens another card of this board in the same place. */
  open?: (key: string) => void;
  /** The part that was asked for and has nothing in it yet. */
  asked: Asked | undefined;
  ask: (what: Asked | undefined) => void;
}

/** What the Add menu offers. */
export type Asked =
  | 'todo'
  | 'part'
  | 'parent'
  | 'link'
  | 'hypothesis'
  | 'checklist'
  | 'question'
  | `field:${string}`;

export const CardRoom = createContext<Room | null>(null);
export function useRoom(): Room {
  const room = use(CardRoom);
  if (!room) throw new Error('Only inside a card.');
  return room;
}

/** Sends a change; a refusal is shown in the server's words. A refused text is shown beside the other's instead. */
export async function attempt(sent: Promise<unknown>): Promise<boolean> {
  try {
    await sent;
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.status !== 401) {
      const { fields } = error.extra;
      const text = error.code === 'stale' && fields?.some((f) => TEXTS.includes(f));
      if (!text) toastError(error);
    }
    return false;
  }
}

/** A refused text that the conflict panel shows. */
export const isListed = (store: BoardStore, targetId: string): boolean =>
  store.rejected().some((r) => r.text?.targetId === targetId);

const TEXTS = ['title', 'description', 'todo', 'comment', 'hypothesis', 'outcome'];

/** Own words were given up for somebody else's: for a while they can be had back. */
export function offerBack(back: () => void): void {
  announce(t('card.tookTheirs'));
  toast({
    id: 'took-theirs',
    text: t('card.tookTheirs'),
    stay: 12_000,
    action: { label: t('card.mineBack'), run: back },
  });
}

/** "Ana Ruiz" who changed these words last, else "Somebody". */
export function useChanger(field: string): string {
  const { store, face } = useRoom();
  const people = usePeople();
  return people.get(store.changedBy(face.id, field) ?? '')?.name ?? t('card.somebody');
}

/** The server wants to know why before it lets this past a limit. */
export const wantsReason = (error: unknown): error is ApiError =>
  error instanceof ApiError && error.code === 'reason_required';

export function usePatch(): (fields: CardPatch, field: string, version?: number) => Promise<boolean> {
  const { store, face, askReason } = useRoom();
  return (fields, field, version) => {
    const sent = store.patch(face.id, fields, version === undefined ? {} : { version });
    announce(t('card.saved', { field }));
    return attempt(
      sent.catch(async (error: unknown) => {
        if (!wantsReason(error)) throw error;
        const reason = await askReason(error.detail);
        if (reason === undefined) announce(t('card.leftAsItWas', { field }));
        else await store.patch(face.id, fields, { reason });
      }),
    );
  };
}
