import type { Outbox } from './outbox';
import type { Poller } from './polling';
import type { LiveSocket } from './socket';
import type { Connection, LiveState } from './types';

/** Failed openings in a row before asking by plain requests. */
const PATIENCE = 2;

/** Tells the truth about how fresh the page is, from what socket, poller and browser know. */
export class ConnectionState {
  private now: Connection = { state: 'reconnecting', since: null, ageSeconds: 0, queued: 0 };
  private readonly watchers = new Set<() => void>();
  private ticker: ReturnType<typeof setInterval> | undefined;
  private started = false;
  private readonly socket: LiveSocket;
  private readonly poller: Poller;
  private readonly outbox: Outbox;

  constructor(socket: LiveSocket, poller: Poller, outbox: Outbox) {
    this.socket = socket;
    this.poller = poller;
    this.outbox = outbox;
    socket.watch(() => this.socketMoved());
    poller.watch(() => this.settle());
    outbox.watch(() => this.settle());
  }

  snapshot = (): Connection => this.now;

  watch = (fn: () => void): (() => void) => {
    this.watchers.add(fn);
    return () => this.watchers.delete(fn);
  };

  /** The browser says that its network went or came. */
  network(): void {
    if (navigator.onLine) {
      this.socket.retryNow();
      this.poller.now();
      this.outbox.kick();
    } else this.socket.probe();
    this.settle();
  }

  private socketMoved(): void {
    if (this.socket.state === 'up') {
      this.poller.off();
      this.outbox.kick();
    } else if (this.socket.state === 'idle' || this.socket.state === 'ended') this.poller.off();
    else if (this.socket.failures >= PATIENCE) this.poller.on();
    this.settle();
  }

  private state(): LiveState {
    if (this.socket.state === 'up') return 'live';
    if (this.poller.state === 'works') return 'polling';
    if (this.poller.state === 'cut' || navigator.onLine === false) return 'offline';
    return 'reconnecting';
  }

  private settle(): void {
    const old = this.now;
    const state = this.state();
    const works = this.poller.state === 'works';
    if (works && old.state !== 'polling') this.outbox.kick();
    const heard = Math.max(this.socket.heardAt, this.poller.heardAt);
    if (state === 'live') this.started = true;
    // Before the first word there is nothing to be late about.
    const age = state === 'live' || !heard ? 0 : Math.floor((Date.now() - heard) / 1000);
    const since =
      state === 'live' ? null : (old.since ?? new Date(this.started && heard ? heard : Date.now()));
    const queued = this.outbox.count();
    clearInterval(this.ticker);
    this.ticker = state === 'live' ? undefined : setInterval(() => this.settle(), 1000);
    if (old.state === state && old.ageSeconds === age && old.queued === queued && old.since === since) return;
    this.now = { state, since, ageSeconds: age, queued };
    for (const fn of [...this.watchers]) fn();
  }
}
