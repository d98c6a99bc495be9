import { createContext, useContext } from 'react';
import type { PresentPerson } from '../../api/types';
import type { Checklist, MayHere, Topic } from './types';
import type { Live } from './use-checklist';

/** What is open over the page: a dialog, or the editor of an answer inside its row. */
export type Open =
  | { what: 'answer'; item: string }
  | {
      what: 'push-back' | 'without' | 'gap' | 'history' | 'comments' | 'propose';
      item: string;
    }
  /** `onward`: it was said instead of an answer, and the next question follows. */
  | { what: 'not-applicable'; item: string; onward?: boolean }
  /** To be said to be still true, in the course of answering one question after the other. */
  | { what: 'stamp'; item: string }
  | { what: 'settings' | 'newer' };

export interface Room {
  live: Live;
  view: Checklist;
  topic: Topic;
  /** The item that is read. */
  at: string | undefined;
  /** Goes to an item, in whatever topic; reading it opens it. */
  go: (item: string | undefined) => void;
  open: Open | undefined;
  setOpen: (open: Open | undefined) => void;
  /** Nobody changes it any more: frozen, put away, or not theirs. */
  may: MayHere;
}

export const RoomContext = createContext<Room | undefined>(undefined);

/** The checklist that is open around here. */
export function useRoom(): Room {
  const room = useContext(RoomContext);
  if (!room) throw new Error('This part of the page needs a checklist around it.');
  return room;
}

/** Who else is at an item now; whoever types there comes first. */
export const peopleAt = (people: readonly PresentPerson[], item: string, me: string): PresentPerson[] =>
  people
    .filter((p) => p.at?.cardId === item && p.personId !== me)
    .sort((a, b) => Number(b.at?.editing ?? false) - Number(a.at?.editing ?? false));

export const NOTHING: MayHere = {
  answer: false,
  understand: false,
  settle: false,
  waive: false,
  closed: true,
};
export const isClosed = (c: Pick<Checklist, 'frozenAt' | 'archivedAt'>): boolean =>
  Boolean(c.frozenAt || c.archivedAt);
