import { createContext, useContext } from 'react';
import type { RetroView } from './types';
import type { Retro } from './use-retro';

export interface Room {
  retro: Retro;
  view: RetroView;
  me: string;
  /** The column that a phone shows. */
  tab: string;
  setTab: (key: string) => void;
}

export const RoomContext = createContext<Room | undefined>(undefined);

/** The retro that is open around here. */
export function useRoom(): Room {
  const room = useContext(RoomContext);
  if (!room) throw new Error('This part of the page needs a retro around it.');
  return room;
}
