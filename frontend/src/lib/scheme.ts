import { useSyncExternalStore } from 'react';
import { onStored, readStored, useStored } from './stored';

// Light, dark, or like the system. The script in index.html sets the same attribute before the first paint.

export type Scheme = 'auto' | 'light' | 'dark';
const KEY = 'theme';
const system = () => window.matchMedia('(prefers-color-scheme: dark)');

/** What is chosen, and the way to choose. */
export const useScheme = (): [Scheme, (scheme: Scheme) => void] => useStored<Scheme>(KEY, 'auto');

/** What is on the screen. */
export function shownScheme(): 'light' | 'dark' {
  const chosen = readStored(KEY);
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return system().matches ? 'dark' : 'light';
}

function subscribe(fn: () => void): () => void {
  const off = onStored(fn);
  const media = system();
  media.addEventListener('change', fn);
  return () => {
    off();
    media.removeEventListener('change', fn);
  };
}
export const useShownScheme = (): 'light' | 'dark' => useSyncExternalStore(subscribe, shownScheme);

/** Keeps the page in the colours that are chosen; once, from the start of the page. */
export function followScheme(): void {
  const root = document.documentElement;
  const show = () => root.setAttribute('data-mantine-color-scheme', shownScheme());
  subscribe(show);
  show();
}
