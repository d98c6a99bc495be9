import { createContext, use, useCallback, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { Board, Column, Face, Lane, Me, Person } from '../../api/types';
import type { BoardSearch, SetBoardSearch } from '../../lib/search';
import type { BoardStore } from '../../live/types';
import type { Actions } from './actions';
import type { Spot } from './model/place';
import type { Mover } from './move';
import type { BoardUi, UiStore } from './ui-state';
import type { UndoList, Ways } from './undo';
import { type BoardView, spotKey } from './view';

/** Everything below the page reads from here. The object stays the same as long as the board is open. */
export interface BoardRoom {
  store: BoardStore;
  view: BoardView;
  ui: UiStore;
  mover: Mover;
  actions: Actions;
  undo: UndoList;
  ways: Ways;
  me: () => Me;
  /** May create, edit, move, block, archive. */
  canWork: () => boolean;
  /** May change columns, lanes and the board. */
  canLead: () => boolean;
  /** May let a card in although a column's checks are not met. */
  canWaive: () => boolean;
  search: () => BoardSearch;
  setSearch: SetBoardSearch;
}

export const Room = createContext<BoardRoom | null>(null);
export function useRoom(): BoardRoom {
  const room = use(Room);
  if (!room) throw new Error('Only inside a board.');
  return room;
}

/** Reads from the live store and reads again when `key` changes. `read` must give the same value for the same state. */
export function useLive<T>(key: string, read: (s: BoardStore) => T): T {
  const { store } = useRoom();
  const subscribe = useCallback((fn: () => void) => store.subscribe(key, fn), [store, key]);
  return useSyncExternalStore(subscribe, () => read(store));
}
function useViewed<T>(key: string, read: (v: BoardView) => T): T {
  const { view } = useRoom();
  const subscribe = useCallback((fn: () => void) => view.subscribe(key, fn), [view, key]);
  return useSyncExternalStore(subscribe, () => read(view));
}

export const useCard = (id: string): Face | undefined => useLive(id, (s) => s.card(id));
export const useBoard = (): Board => useLive('board', (s) => s.board());
export const useColumns = (): readonly Column[] => useLive('columns', (s) => s.columns());
export const useLanes = (): readonly Lane[] => useLive('lanes', (s) => s.lanes());
export const usePeople = (): ReadonlyMap<string, Person> => useLive('people', (s) => s.people());
export const useMix = (columnId: string): string => useLive(`col:${columnId}`, (s) => s.columnMix(columnId));
export const useCount = (columnId: string): number =>
  useLive(`col:${columnId}`, (s) => s.columnCount(columnId));

export const useRows = () => useViewed('rows', (v) => v.rows());
export const useCell = (s: Spot) => useViewed(spotKey(s), (v) => v.cell(s));
/** How many cards are in a cell, those that a done column folds away too. */
export const useCellCount = (columnId: string, row: string): number =>
  useViewed(spotKey({ columnId, row, strip: false }), (v) => v.inCell(columnId, row));
/** Cards in the pinned strip that the filters let through. */
export const useStripShown = () =>
  useViewed('strip', (v) =>
    v.columnIds.reduce((n, columnId) => n + v.cell({ columnId, row: '', strip: true }).length, 0),
  );
export const useFacts = () => useViewed('facts', (v) => v.facts());
export const useCounts = () => useViewed('counts', (v) => v.counts());
export const useOlder = (columnId: string) => useViewed(`order:${columnId}`, (v) => v.older(columnId));
/** Redraws when the order of a queue changes anywhere in the column, for the numbers on its cards. */
export const useQueueOrder = (columnId: string, queue: boolean) =>
  useViewed(queue ? `order:${columnId}` : 'never', (v) =>
    queue ? v.store.columnOrder(columnId) : undefined,
  );

export function useUi<T>(read: (ui: BoardUi) => T): T {
  return useStore(useRoom().ui, read);
}
