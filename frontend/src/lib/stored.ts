import { useSyncExternalStore } from 'react';

// Small choices that stay in this browser. A private window may refuse storage; then they last as long as the page.

const memory = new Map<string, string>();
const listeners = new Set<() => void>();

export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(`trestle.${key}`) ?? memory.get(key) ?? null;
  } catch {
    return memory.get(key) ?? null;
  }
}

/** Keeps a choice; null forgets it. */
export function writeStored(key: string, value: string | null): void {
  if (value === null) memory.delete(key);
  else memory.set(key, value);
  try {
    if (value === null) localStorage.removeItem(`trestle.${key}`);
    else localStorage.setItem(`trestle.${key}`, value);
  } catch {
    // kept in memory
  }
  for (const fn of listeners) fn();
}

/** Calls back when any choice changed, here or in another tab. */
export function onStored(fn: () => void): () => void {
  listeners.add(fn);
  window.addEventListener('storage', fn);
  return () => {
    listeners.delete(fn);
    window.removeEventListener('storage', fn);
  };
}

/** A kept choice and its setter; all places that show it change together, other tabs too. */
export function useStored<T extends string>(key: string, fallback: T): [T, (value: T) => void] {
  const value = useSyncExternalStore(onStored, () => (readStored(key) as T | null) ?? fallback);
  return [value, (next) => writeStored(key, next)];
}
