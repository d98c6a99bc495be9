import { useSyncExternalStore } from 'react';

// Which standup this page follows. It outlives the board's page, so that Join on another page begins to follow here.

let series: string | undefined;
const listeners = new Set<() => void>();

export function follow(id: string | undefined): void {
  series = id;
  for (const fn of listeners) fn();
}

export const useFollowing = (): string | undefined =>
  useSyncExternalStore(
    (fn) => {
      listeners.add(fn);
      return () => listeners.delete(fn);
    },
    () => series,
  );
