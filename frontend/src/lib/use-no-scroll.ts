import { useEffect } from 'react';

/** What fills a wall does not scroll, and between two of its pictures nothing scrolls behind them. */
export function useNoScroll(): void {
  useEffect(() => {
    document.documentElement.style.overflow = 'hidden';
    return () => {
      document.documentElement.style.overflow = '';
    };
  }, []);
}
