import { useSyncExternalStore } from 'react';
import type { BoardStore } from './types';

const KEYS = ['cards', 'columns', 'board', 'people', 'status'];
const counts = new WeakMap<BoardStore, number>();

/** Draws again whenever anything of the board changes; answers whether it can be read. */
export function useBoardFacts(store: BoardStore | undefined): boolean {
  useSyncExternalStore(
    (fn) => {
      if (!store) return () => {};
      const heard = () => {
        counts.set(store, (counts.get(store) ?? 0) + 1);
        fn();
      };
      const offs = KEYS.map((key) => store.subscribe(key, heard));
      return () => {
        for (const off of offs) off();
      };
    },
    () => (store ? (counts.get(store) ?? 0) : -1),
  );
  return store?.status() === 'ready';
}
