import { type ApiError, api } from '../../lib/api';
import { Taps as Line } from '../../live/taps';
import type { StandupView } from './types';

export type { TapsState } from '../../live/taps';

/** One tap: what it asks of the server, and what it makes of the picture until the server has answered. */
export interface Tap {
  method: 'post' | 'del';
  path: string;
  body?: unknown;
  lay: (v: StandupView) => StandupView;
}

/** The taps of one remote. The server may say that another remote was quicker; then its order stands. */
export class Taps extends Line<StandupView, Tap> {
  constructor(take: (v: StandupView) => void, refused: (error: ApiError) => void) {
    super({
      send: (tap, key) =>
        tap.method === 'del'
          ? api.del<StandupView>(tap.path, { key })
          : api.post<StandupView>(tap.path, tap.body, { key }),
      lay: (v, tap) => tap.lay(v),
      take,
      refused,
    });
  }
}
