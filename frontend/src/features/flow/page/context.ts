import { createContext, use } from 'react';
import type { Behind } from '../charts/model';
import type { FlowSearch } from '../search';

/** What every part of a Flow page needs, of one board and of several. */
export interface FlowRoom {
  /** Of files: the board's name, or what the boards have in common. */
  name: string;
  /** The board, where it is one. */
  boardId?: string;
  /** Of several: what each is called. */
  boardNames?: ReadonlyMap<string, string>;
  /** The measure that says the window. */
  says: string;
  search: FlowSearch;
  /** Changes the address. */
  set: (next: Partial<FlowSearch>) => void;
  /** Opens the cards behind a number. */
  open: (behind: Behind) => void;
  /** The path of a measure over the window that is shown; null while nobody knows over which boards. */
  path: (measure: string, more?: Record<string, string | number | undefined>) => string | null;
  csv: (measure: string, more?: Record<string, string | number | undefined>) => string;
}

export const FlowContext = createContext<FlowRoom | undefined>(undefined);

export function useFlow(): FlowRoom {
  const room = use(FlowContext);
  if (!room) throw new Error('This part of the page needs a Flow page around it.');
  return room;
}
