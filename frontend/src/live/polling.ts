import type { BoardEvent, EventPage } from '../api/types';
import { ApiError } from '../lib/api';
import type { LiveSocket } from './socket';

const EVERY = 2_500;
const SLOWEST = 10_000;
const PAGE = 200;

export type PollState = 'off' | 'trying' | 'works' | 'cut';

/**
 * While the websocket does not open (a proxy that does not let it through), asks each followed topic for what
 * came since. Also finds out whether the server can be reached at all.
 */
export class Poller {
  state: PollState = 'off';
  heardAt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private misses = 0;
  private readonly watchers = new Set<() => void>();
  private readonly socket: LiveSocket;
  private readonly get: <T>(path: string) => Promise<T>;

  constructor(socket: LiveSocket, get: <T>(path: string) => Promise<T>) {
    this.socket = socket;
    this.get = get;
  }

  watch(fn: () => void): () => void {
    this.watchers.add(fn);
    return () => this.watchers.delete(fn);
  }

  on(): void {
    if (this.state !== 'off') return;
    this.set('trying');
    void this.round();
  }

  off(): void {
    clearTimeout(this.timer);
    this.misses = 0;
    if (this.state !== 'off') this.set('off');
  }

  now(): void {
    if (this.state === 'off') return;
    clearTimeout(this.timer);
    void this.round();
  }

  private async round(): Promise<void> {
    let cut = false;
    let asked = false;
    for (const [topic, handlers] of this.socket.handlers()) {
      for (const h of [...handlers]) {
        const since = h.since();
        if (since === undefined) continue;
        asked = true;
        try {
          await this.catchUp(topic, since, (e) => h.event(e));
          this.heardAt = Date.now();
        } catch (error) {
          if (away(error)) cut = true;
          else if (error instanceof ApiError && error.status === 404) h.error?.('not_found');
          else if (error instanceof ApiError && error.status === 410) h.reset?.(0);
        }
        if (this.current() === 'off') return;
      }
    }
    if (!asked) cut = await this.get('/me').then(() => false, away);
    if (this.current() === 'off') return;
    this.misses = cut ? this.misses + 1 : 0;
    this.set(cut ? 'cut' : 'works');
    clearTimeout(this.timer);
    const wait = Math.min(SLOWEST, EVERY * 2 ** Math.min(this.misses, 2));
    this.timer = setTimeout(() => void this.round(), wait * (0.8 + Math.random() * 0.4));
  }

  private current(): PollState {
    return this.state;
  }

  private async catchUp(topic: string, from: number, event: (e: BoardEvent) => void): Promise<void> {
    for (let since = from; ; ) {
      const page = await this.get<EventPage>(`${eventsPath(topic)}since=${since}&limit=${PAGE}`);
      for (const e of page.items) event({ ...e, topic });
      const last = page.items.at(-1)?.seq;
      if (last === undefined || last >= page.seq) return;
      since = last;
    }
  }

  private set(state: PollState): void {
    this.state = state;
    for (const fn of [...this.watchers]) fn();
  }
}

/** An answer, even a refusal, means that the server is there; a proxy's 502 does not. */
function away(error: unknown): boolean {
  return !(error instanceof ApiError) || (error.status >= 502 && error.status <= 504);
}

function eventsPath(topic: string): string {
  const board = topic.startsWith('board:') ? topic.slice('board:'.length) : undefined;
  return board ? `/boards/${board}/events?` : `/events?topic=${encodeURIComponent(topic)}&`;
}
