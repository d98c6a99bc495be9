import { api } from '../../lib/api';
import { refresh } from '../../lib/data';
import type { StandupView } from './types';

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
