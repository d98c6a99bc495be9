import { type ApiError, api } from '../../lib/api';
import { type Kept, Taps as Line } from '../../live/taps';
import { type Does, lay } from './lay';
import type { StandupView } from './types';

export type { TapsState } from '../../live/taps';

/** One tap: what it asks of the server, and what it makes of the picture until the server has answered. */
export interface Tap {
  method: 'post' | 'del';
  path: string;
  body?: unknown;
  does: Does;
}

/** A meeting that nobody touched for so long is over; what was tapped in it means nothing to the next one. */
const KEPT_MS = 2 * 3_600_000;

/** The taps of one remote. They outlive a reload of this tab. The server may say that another remote was quicker; then
 *  its order stands. */
export class Taps extends Line<StandupView, Tap> {
  constructor(take: (v: StandupView) => void, refused: (error: ApiError) => void, name?: string) {
    super({
      send: (tap, key) =>
        tap.method === 'del'
          ? api.del<StandupView>(tap.path, { key })
          : api.post<StandupView>(tap.path, tap.body, { key }),
      lay: (v, tap) => lay(v, tap.does),
      take,
      refused,
      store: name ? { read: () => read(name), write: (list) => write(name, list) } : undefined,
    });
  }
}

// The tab's own storage: two tabs of one person are two remotes, and each sends its own.

function read(name: string): Kept<Tap>[] {
  try {
    const { at, list } = JSON.parse(sessionStorage.getItem(name) ?? '{}') as {
      at?: number;
      list?: Kept<Tap>[];
    };
    return list && at && Date.now() - at < KEPT_MS ? list : [];
  } catch {
    return [];
  }
}

function write(name: string, list: Kept<Tap>[]): void {
  try {
    if (list.length) sessionStorage.setItem(name, JSON.stringify({ at: Date.now(), list }));
    else sessionStorage.removeItem(name);
  } catch {
    // no storage: they last as long as the page
  }
}
