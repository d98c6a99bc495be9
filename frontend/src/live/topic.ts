import { useEffect, useState, useSyncExternalStore } from 'react';
import { ApiError } from '../lib/api';
import { theLive } from './session';
import type { TopicHandler, TopicLink } from './socket';
import type { Surroundings } from './surroundings';
import type { StoreStatus } from './types';

export interface TopicState<V> {
  status: StoreStatus;
  view?: V;
  error?: unknown;
  /** The event that brought this view, when one did. */
  heard?: { type: string; actorId?: string };
}

/** The view with what an event tells, or undefined where it has to be read anew. */
export type Fold<V> = (view: V, data: unknown) => V | undefined;

/**
 * Something live that is small enough to be told whole: every event carries it as it is then (`data.view`), so the
 * newest one counts and a gap does no harm. An event without it makes the topic ask anew.
 */
export class LiveTopic<V extends { seq: number }> {
  readonly topic: string;
  private readonly path: string;
  private readonly around: Pick<Surroundings, 'follow' | 'request' | 'whenReachable'>;
  private readonly merge: (next: V, old: V | undefined) => V;
  private readonly fold: Fold<V> | undefined;
  private state: TopicState<V> = { status: 'loading' };
  private readonly watchers = new Set<() => void>();
  private link: TopicLink | undefined;
  private retry: (() => void) | undefined;
  private asking = false;
  /** A wish to read that came while one was under way: what it would have told may be older than the wish. */
  private wanted = false;
  /** The socket has to be told anew from where to go on. */
  private lost = false;
  private closed = false;

  /** `merge` puts back what events leave out because everybody has it; `fold` lays an event that tells a part over the view. */
  constructor(
    topic: string,
    path: string,
    around: LiveTopic<V>['around'],
    merge: (next: V, old: V | undefined) => V = (next) => next,
    fold?: Fold<V>,
  ) {
    this.merge = merge;
    this.fold = fold;
    this.topic = topic;
    this.path = path;
    this.around = around;
    void this.read();
  }

  snapshot = (): TopicState<V> => this.state;
  watch = (fn: () => void): (() => void) => {
    this.watchers.add(fn);
    return () => this.watchers.delete(fn);
  };

  close(): void {
    this.closed = true;
    this.retry?.();
    this.link?.off();
  }

  /** Takes a view that an own request was answered with; older than what is known is nothing. */
  take(view: V, heard?: TopicState<V>['heard']): void {
    const old = this.state.view;
    if (this.closed || view.seq < (old?.seq ?? -1)) return;
    this.set({ status: 'ready', view: this.merge(view, old), heard });
  }

  /** Lays over the view what an own request was answered with, as it was at `seq`. What events have told since is newer. */
  patch(seq: number, change: (old: V) => V): void {
    const old = this.state.view;
    if (this.closed || !old || seq < old.seq) return;
    this.set({ ...this.state, view: { ...change(old), seq: old.seq } });
  }

  /** Asks anew: one question under way, at most one that waits for it. */
  read = async (): Promise<void> => {
    if (this.closed) return;
    if (this.asking) {
      this.wanted = true;
      return;
    }
    this.asking = true;
    this.wanted = false;
    this.retry?.();
    this.retry = undefined;
    try {
      const view = await this.around.request<V>('GET', this.path);
      if (this.closed) return;
      this.take(view);
      if (!this.link) this.link = this.around.follow(this.topic, this.handler);
      else if (this.lost) this.link.again();
      this.lost = false;
    } catch (error) {
      this.wanted = false; // the next try tells it all
      if (!this.closed) this.failed(error);
    } finally {
      this.asking = false;
      if (this.wanted) void this.read();
    }
  };

  private failed(error: unknown): void {
    if (error instanceof ApiError && (error.status === 404 || error.status === 403)) {
      this.set({ status: error.status === 403 ? 'forbidden' : 'missing', error });
      return;
    }
    this.retry = this.around.whenReachable(() => void this.read());
    // What is on the screen stays there; how old it is, is the connection's to tell.
    if (!this.state.view) this.set({ status: 'error', error });
  }

  private readonly handler: TopicHandler = {
    since: () => this.state.view?.seq,
    event: (e) => {
      const old = this.state.view;
      if (e.seq <= (old?.seq ?? -1)) return;
      const { view } = e.data as { view?: V };
      const heard = { type: e.type, actorId: e.actorId ?? undefined };
      const folded = old && e.seq === old.seq + 1 ? this.fold?.(old, e.data) : undefined;
      if (view) this.take({ ...view, seq: e.seq }, heard);
      else if (folded) this.set({ status: 'ready', view: { ...folded, seq: e.seq }, heard });
      else void this.read();
    },
    reset: () => {
      this.lost = true;
      void this.read();
    },
    error: (code) => {
      this.lost = true;
      if (code === 'not_found' || code === 'forbidden' || code === 'access_revoked')
        this.set({ status: this.state.view ? 'forbidden' : 'missing' });
      else if (code === 'unavailable') setTimeout(() => !this.closed && this.link?.again(), 3_000);
    },
  };

  private set(state: TopicState<V>): void {
    this.state = state;
    for (const fn of [...this.watchers]) fn();
  }
}

/** Follows `topic`, whose whole is what GET `path` answers, while the caller is mounted. Undefined for a moment, and without a topic. */
export function useTopic<V extends { seq: number }>(
  topic: string | undefined,
  path: string,
  merge?: (next: V, old: V | undefined) => V,
  fold?: Fold<V>,
): LiveTopic<V> | undefined {
  const [open, setOpen] = useState<LiveTopic<V>>();
  useEffect(() => {
    if (!topic) return setOpen(undefined);
    const made = new LiveTopic<V>(topic, path, theLive().around, merge, fold);
    setOpen(made);
    return () => made.close();
  }, [topic, path, merge, fold]);
  return open?.topic === topic ? open : undefined;
}

const nothing = () => () => {};
const LOADING: TopicState<never> = { status: 'loading' };
export function useTopicState<V extends { seq: number }>(topic: LiveTopic<V> | undefined): TopicState<V> {
  return useSyncExternalStore(topic?.watch ?? nothing, topic?.snapshot ?? (() => LOADING));
}
