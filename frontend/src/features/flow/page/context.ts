import { createContext, use } from 'react';
import type { Behind } from '../charts/model';
import type { FlowSearch } from '../search';

/** What every part of a board's Flow page needs. */
export interface FlowRoom {
  boardId: string;
  /** The board's name. */
  name: string;
  search: FlowSearch;
  /** Changes the address. */
  set: (next: Partial<FlowSearch>) => void;
  /** Opens the cards behind a number. */
  open: (behind: Behind) => void;
  /** The path of a measure over the window that is shown. */
  path: (measure: string, more?: Record<string, string | number | undefined>) => string;
  csv: (measure: string, more?: Record<string, string | number | undefined>) => string;
}

export const FlowContext = createContext<FlowRoom | undefined>(undefined);

export function useFlow(): FlowRoom {
  const room = use(FlowContext);
  if (!room) throw new Error('This part of the page needs a board’s flow around it.');
  return room;
}
