import { useSyncExternalStore } from 'react';

const query = () => window.matchMedia('(max-width: 699px)');
const subscribe = (fn: () => void) => {
  const q = query();
  q.addEventListener('change', fn);
  return () => q.removeEventListener('change', fn);
};

/** Too narrow for columns side by side: one at a time, with a switcher. */
export const usePhone = (): boolean => useSyncExternalStore(subscribe, () => query().matches);
