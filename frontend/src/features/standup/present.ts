import { api } from '../../lib/api';
import { refresh } from '../../lib/data';
import type { SeriesItem, StandupView } from './types';

/** Whether a board's standup is held in writing and nobody meets now: then Present asks first. */
export async function inWriting(boardId: string): Promise<boolean> {
  const [series] = (await api.get<{ items: SeriesItem[] }>(`/standups?boardId=${boardId}`)).items;
  return series?.mode === 'async' && !series.state;
}

/**
 * Starts a board's standup, or takes part in the one that runs, and fills this display with it. The browser only lets
 * a press of a button do that, so it comes first.
 */
export async function present(what: { boardId: string } | { seriesId: string }): Promise<string> {
  const full = document.documentElement.requestFullscreen?.().catch(() => {}) ?? Promise.resolve();
  try {
    const view = await api.post<StandupView>('/standups', what);
    void refresh('/standups');
    await full;
    return view.series.id;
  } catch (error) {
    await full;
    if (document.fullscreenElement) await document.exitFullscreen();
    throw error;
  }
}
