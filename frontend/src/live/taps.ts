import { ApiError, newId } from '../lib/api';

/** A tap in the list, with the key under which it counts once. */
export interface Kept<T> {
  tap: T;
  key: string;
}

export interface TapsWay<V, T> {
  /** Sends it; the same key makes a tap that arrived already count once. Answers with how things are then. */
  send: (tap: T, key: string) => Promise<V>;
  /** How things look with the tap until its answer is here. */
  lay: (view: V, tap: T, key: string) => V;
  take: (view: V) => void;
  refused: (error: ApiError, tap: T) => void;
  /** Where taps outlive the page; absent: nowhere. */
  store?: { read: () => Kept<T>[]; write: (list: Kept<T>[]) => void };
}

export interface TapsState {
  /** Taps without an answer. */
  waiting: number;
  /** The first of them did not get through. */
  trying: boolean;
}

const AGAIN = new Set([408, 425, 429, 500, 502, 503, 504, 507]);
const FAILED_AGAIN = 1_000;
const LONGEST = 8_000;

/**
 * What one person does, in its order, each sent until it has an answer. A tap keeps its key, so one that arrived
 * although its answer was lost counts once. Where the server refuses, the server is right.
 */
export class Taps<V, T> {
  private queue: Kept<T>[];
  private busy = false;
  private stopped = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private misses = 0;
  private state: TapsState;
  private readonly watchers = new Set<() => void>();
  private readonly way: TapsWay<V, T>;
  private laid: { on: V; n: number; view: V } | undefined;
  private n = 0;

  constructor(way: TapsWay<V, T>) {
    this.way = way;
    this.queue = way.store?.read() ?? [];
    this.state = { waiting: this.queue.length, trying: false };
    void this.pump();
  }

  snapshot = (): TapsState => this.state;
  watch = (fn: () => void): (() => void) => {
    this.watchers.add(fn);
    return () => this.watchers.delete(fn);
  };

  tap(tap: T): void {
    this.queue = [...this.queue, { tap, key: newId() }];
    this.way.store?.write(this.queue);
    this.told();
    void this.pump();
  }

  /** The view with what waits laid over it; the same object while nothing changed. */
  over(view: V): V {
    if (this.queue.length === 0) return view;
    if (this.laid?.on !== view || this.laid.n !== this.n)
      this.laid = {
        on: view,
        n: this.n,
        view: this.queue.reduce((v, { tap, key }) => this.way.lay(v, tap, key), view),
      };
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
    this.stopped = true;
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
      for (let first = this.queue[0]; first && !this.stopped; first = this.queue[0]) {
        const wait = await this.send(first);
        if (wait === undefined) continue;
        if (this.stopped) return;
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
  private async send(first: Kept<T>): Promise<number | undefined> {
    try {
      const view = await this.way.send(first.tap, first.key);
      this.done(first);
      this.way.take(view);
    } catch (error) {
      if (!(error instanceof ApiError) || AGAIN.has(error.status)) {
        this.misses++;
        this.told();
        return Math.min(LONGEST, FAILED_AGAIN * 2 ** Math.min(this.misses - 1, 3));
      }
      this.done(first);
      this.way.refused(error, first.tap);
    }
    return undefined;
  }

  private done(first: Kept<T>): void {
    this.misses = 0;
    this.queue = this.queue.filter((x) => x !== first);
    this.way.store?.write(this.queue);
    this.told();
  }
}
