import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import type { Board, Column, Face, Lane, Person, PresentPerson } from '../api/types';
import { openBoard, theLive } from './session';
import {
  type BoardStore,
  type Connection,
  cellKey,
  type MoveResult,
  type Rejected,
  type StoreStatus,
  type UndoEntry,
  type Waiting,
} from './types';

const Context = createContext<BoardStore | undefined>(undefined);

/** Opens the board and gives its store to everything inside, until it is taken off the page. */
export function BoardProvider({ boardId, children }: { boardId: string; children: ReactNode }) {
  const store = useOpenBoard(boardId);
  return store ? <Context value={store}>{children}</Context> : null;
}

/** The store of a board, open while the caller is mounted. Undefined for the first moment. */
export function useOpenBoard(boardId: string | undefined): BoardStore | undefined {
  const [store, setStore] = useState<BoardStore>();
  useEffect(() => {
    if (!boardId) {
      setStore(undefined);
      return;
    }
    const session = openBoard(boardId);
    setStore(session.store);
    return session.close;
  }, [boardId]);
  return store?.boardId === boardId ? store : undefined;
}

/** Gives a store that somebody else opened. */
export function StoreProvider({ store, children }: { store: BoardStore; children: ReactNode }) {
  return <Context value={store}>{children}</Context>;
}

export function useStore(): BoardStore {
  const store = useContext(Context);
  if (!store) throw new Error('This part of the page needs a board around it.');
  return store;
}
export const useMaybeStore = (): BoardStore | undefined => useContext(Context);

function useRead<T>(key: string, read: (store: BoardStore) => T): T {
  const store = useStore();
  const subscribe = useMemo(() => (fn: () => void) => store.subscribe(key, fn), [store, key]);
  return useSyncExternalStore(subscribe, () => read(store));
}

export const useStatus = (): StoreStatus => useRead('status', (s) => s.status());
export const useCard = (id: string): Face | undefined => useRead(id, (s) => s.card(id));
export const usePending = (id: string): boolean => useRead(id, (s) => s.pending(id));
/** Own changes of the card that are on their way, oldest first. */
export const useWaiting = (id: string): readonly Waiting[] => useRead(id, (s) => s.waiting(id));
/** Date.now() of the last change by somebody else; 0 = none this visit. */
export const useTouchedAt = (id: string): number => useRead(id, (s) => s.touchedAt(id));
export const useCell = (columnId: string, laneId: string | null | '*', strip: boolean): readonly string[] =>
  useRead(cellKey(columnId, laneId, strip), (s) => s.cell(columnId, laneId, strip));
export const useColumnOrder = (columnId: string): readonly string[] =>
  useRead(`col:${columnId}`, (s) => s.columnOrder(columnId));
export const useCardIds = (): readonly string[] => useRead('cards', (s) => s.cardIds());
/** Only while the status is 'ready'. */
export const useBoard = (): Board => useRead('board', (s) => s.board());
export const useColumns = (): readonly Column[] => useRead('columns', (s) => s.columns());
export const useLanes = (): readonly Lane[] => useRead('lanes', (s) => s.lanes());
export const usePeople = (): ReadonlyMap<string, Person> => useRead('people', (s) => s.people());
export const usePresence = (): readonly PresentPerson[] => useRead('presence', (s) => s.presence());
export const useRejected = (): readonly Rejected[] => useRead('rejected', (s) => s.rejected());

/** Count against the limit, and the beam's letters. */
export function useColumnInfo(columnId: string): { count: number; mix: string } {
  const count = useRead(`col:${columnId}`, (s) => s.columnCount(columnId));
  const mix = useRead(`col:${columnId}`, (s) => s.columnMix(columnId));
  return useMemo(() => ({ count, mix }), [count, mix]);
}

export function useUndoStack(): {
  canUndo: boolean;
  last: UndoEntry | undefined;
  undo: () => Promise<MoveResult | undefined>;
} {
  const store = useStore();
  const state = useRead('undo', (s) => s.undoStack());
  return useMemo(
    () => ({ canUndo: state.canUndo, last: state.last, undo: () => store.undoLast() }),
    [state, store],
  );
}

const watchConnection = (fn: () => void) => theLive().connection.watch(fn);
/** How fresh the page is; needs no board around it. */
export const useConnection = (): Connection =>
  useSyncExternalStore(watchConnection, () => theLive().connection.snapshot());
