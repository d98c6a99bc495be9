import { ApiError, api, newId } from '../../lib/api';
import type { StandupView } from './types';

/** One tap: what it asks of the server, and what it makes of the picture until the server has answered. */
export interface Tap {
  method: 'post' | 'del';
  path: string;
  body?: unknown;
  lay: (v: StandupView) => StandupView;
}
interface Kept extends Tap {
  key: string;
}

const AGAIN = new Set([408, 425, 429, 500, 502, 503, 504, 507]);
const FAILED_AGAIN = 1_000;
const LONGEST = 8_000;

export interface TapsState {
  /** Taps without an answer. */
  waiting: number;
  /** The first of them did not get through: the header says so. */
  trying: boolean;
}

/**
 * The taps of one remote, in their order, each sent until it has an answer. A tap keeps its key, so one that arrived
 * although its answer was lost counts once. The server may say that another remote was quicker; then its order stands.
 */
export class Taps {
  private queue: Kept[] = [];
  private busy = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private misses = 0;
  private state: TapsState = { waiting: 0, trying: false };
  private readonly watchers = new Set<() => void>();
  private readonly take: (v: StandupView) => void;
  private readonly refused: (error: ApiError) => void;
  private laid: { on: StandupView; n: number; view: StandupView } | undefined;
  private n = 0;

  constructor(take: (v: StandupView) => void, refused: (error: ApiError) => void) {
    this.take = take;
    this.refused = refused;
  }

  snapshot = (): TapsState => this.state;
  watch = (fn: () => void): (() => void) => {
    this.watchers.add(fn);
    return () => this.watchers.delete(fn);
  };

  tap(tap: Tap): void {
    this.queue.push({ ...tap, key: newId() });
    this.told();
    void this.pump();
  }

  /** The view with what waits laid over it; the same object while nothing changed. */
  over(view: StandupView): StandupView {
    if (this.queue.length === 0) return view;
    if (this.laid?.on !== view || this.laid.n !== this.n)
      this.laid = { on: view, n: this.n, view: this.queue.reduce((v, tap) => tap.lay(v), view) };
    return this.laid.view;
  }

  /** Something says that the server can be reached again. */
  kick(): void {
    if (this.timer === undefined) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    void this.pump();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.watchers.clear();
  }

  private told(): void {
    this.n++;
    this.state = { waiting: this.queue.length, trying: this.misses > 0 };
    for (const fn of [...this.watchers]) fn();
  }

  private async pump(): Promise<void> {
    if (this.busy || this.timer !== undefined) return;
    this.busy = true;
    try {
      for (let tap = this.queue[0]; tap; tap = this.queue[0]) {
        const wait = await this.send(tap);
        if (wait === undefined) continue;
        this.timer = setTimeout(() => {
          this.timer = undefined;
          void this.pump();
        }, wait);
        return;
      }
    } finally {
      this.busy = false;
    }
  }

  /** Undefined when it has its answer, else how long to wait before the next try. */
  private async send(tap: Kept): Promise<number | undefined> {
    try {
      const view = await (tap.method === 'del'
        ? api.del<StandupView>(tap.path, { key: tap.key })
        : api.post<StandupView>(tap.path, tap.body, { key: tap.key }));
      this.done(tap);
      this.take(view);
    } catch (error) {
      if (!(error instanceof ApiError) || AGAIN.has(error.status)) {
        this.misses++;
        this.told();
        return Math.min(LONGEST, FAILED_AGAIN * 2 ** Math.min(this.misses - 1, 3));
      }
      this.done(tap);
      this.refused(error);
    }
    return undefined;
  }

  private done(tap: Kept): void {
    this.misses = 0;
    this.queue = this.queue.filter((x) => x !== tap);
    this.told();
  }
}
