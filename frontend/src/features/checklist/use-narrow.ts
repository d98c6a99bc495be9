import { useSyncExternalStore } from 'react';

const query = '(max-width: 640px)';
const watch = (fn: () => void) => {
  const list = window.matchMedia(query);
  list.addEventListener('change', fn);
  return () => list.removeEventListener('change', fn);
};

/** A phone: one question at a time. */
export const useNarrow = (): boolean => useSyncExternalStore(watch, () => window.matchMedia(query).matches);
