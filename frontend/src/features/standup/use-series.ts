import { useEffect } from 'react';
import { refresh, useData } from '../../lib/data';
import type { SeriesItem } from './types';

const ASK_MS = 60_000;

/** The standups one may see, or that of one board. While there is none, it asks now and then whether somebody made one. */
export function useSeries(boardId?: string) {
  const path = boardId ? `/standups?boardId=${boardId}` : '/standups';
  const asked = useData<{ items: SeriesItem[] }>(path);
  const none = asked.data?.items.length === 0;
  useEffect(() => {
    if (!none) return;
    const timer = setInterval(() => !document.hidden && void refresh(path), ASK_MS);
    return () => clearInterval(timer);
  }, [none, path]);
  return asked;
}
