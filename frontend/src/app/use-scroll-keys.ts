import { useEffect } from 'react';

/** How far each key goes, as a part of what is seen or in pixels; the ends by more than there is. */
const BY: Record<string, (seen: number) => number> = {
  PageDown: (seen) => 0.9 * seen,
  PageUp: (seen) => -0.9 * seen,
  Home: () => -1e7,
  End: () => 1e7,
  ArrowDown: () => 40,
  ArrowUp: () => -40,
};

/** The page scrolls inside the shell: the keys that scroll a document scroll it while nothing else has the focus. */
export function useScrollKeys(): void {
  useEffect(() => {
    const onKey = (e: KeyboardEvent) => {
      const by = BY[e.key === ' ' ? (e.shiftKey ? 'PageUp' : 'PageDown') : e.key];
      if (!by || e.ctrlKey || e.altKey || e.metaKey || (e.shiftKey && e.key !== ' ')) return;
      if (e.target !== document.body && (e.target as Element).id !== 'page') return;
      // what the page itself does with the key comes first
      setTimeout(() => {
        const page = document.querySelector('#page .page');
        if (page && !e.defaultPrevented) page.scrollBy({ top: by(page.clientHeight) });
      });
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
