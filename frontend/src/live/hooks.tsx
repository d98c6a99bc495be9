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
import type { BoardStore, Connection, Rejected, StoreStatus, Waiting } from './types';

const Context = createContext<BoardStore | undefined>(undefined);

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

const watchConnection = (fn: () => void) => theLive().connection.watch(fn);
/** How fresh the page is; needs no board around it. */
export const useConnection = (): Connection =>
  useSyncExternalStore(watchConnection, () => theLive().connection.snapshot());

const STALE_SECONDS = 30;
/** Nothing was heard for so long that nobody should trust the colours. */
export const isStale = (c: Connection): boolean => c.state !== 'live' && c.ageSeconds >= STALE_SECONDS;
