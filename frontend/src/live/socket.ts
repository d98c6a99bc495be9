import type { At, BoardEvent, PresentPerson } from '../api/types';

/** One who follows a topic. `since` = the last sequence it has; undefined = from now on. */
export interface TopicHandler {
  since(): number | undefined;
  event(e: BoardEvent): void;
  subscribed?(seq: number): void;
  /** The past is gone: fetch anew, then `again`. */
  reset?(seq: number): void;
  /** not_found, forbidden, … */
  error?(code: string): void;
  presence?(people: PresentPerson[]): void;
}

export interface TopicLink {
  /** Subscribe once more from `since`, after a gap or a new snapshot. */
  again(): void;
  presence(at: At): boolean;
  off(): void;
}

/** 'up' only when the server has been heard on this socket. */
export type SocketState = 'idle' | 'connecting' | 'up' | 'waiting' | 'ended';

export interface SocketOptions {
  url: () => string;
  make?: (url: string) => WebSocket;
}

const PING = 20_000;
const SILENCE = 40_000;
const PROBE = 4_000;
const FIRST = 250;
const LONGEST = 10_000;

/** The one websocket of the tab, with topics multiplexed over it. */
export class LiveSocket {
  state: SocketState = 'idle';
  /** Tries in a row that were not heard from. */
  failures = 0;
  heardAt = 0;
  private readonly topics = new Map<string, Set<TopicHandler>>();
  private ws: WebSocket | undefined;
  private tries = 0;
  /** Told to stay away until then. */
  private notBefore = 0;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private beat: ReturnType<typeof setInterval> | undefined;
  private deadline: ReturnType<typeof setTimeout> | undefined;
  private readonly watchers = new Set<() => void>();
  private readonly options: SocketOptions;
  /** Called on close 4401. */
  onSessionEnded: (() => void) | undefined;

  constructor(options: SocketOptions) {
    this.options = options;
  }

  watch(fn: () => void): () => void {
    this.watchers.add(fn);
    return () => this.watchers.delete(fn);
  }

  start(): void {
    if (this.state !== 'idle' && this.state !== 'ended') return;
    this.tries = 0;
    this.failures = 0;
    this.open();
  }

  stop(): void {
    this.close();
    this.set('idle');
  }

  /** Something changed for the better (online, visible): do not wait any longer. */
  retryNow(): void {
    if (this.state === 'waiting' && Date.now() >= this.notBefore) this.open();
    else if (this.state === 'up') this.probe();
  }

  /** Is it still there? An answer within four seconds, or it counts as dead. */
  probe(): void {
    if (this.state !== 'up') return;
    this.write({ op: 'ping' });
    this.expect(PROBE);
  }

  follow(topic: string, handler: TopicHandler): TopicLink {
    const set = this.topics.get(topic) ?? new Set();
    this.topics.set(topic, set.add(handler));
    this.subscribe(topic);
    return {
      again: () => this.subscribe(topic),
      presence: (at) => this.write({ op: 'presence', topic, at }),
      off: () => {
        if (!set.delete(handler) || set.size) return;
        this.topics.delete(topic);
        this.write({ op: 'unsubscribe', topic });
      },
    };
  }

  handlers(): IterableIterator<[string, Set<TopicHandler>]> {
    return this.topics.entries();
  }

  /** From the least that any follower of the topic has; those who have more ignore what they know. */
  private subscribe(topic: string): void {
    const since = [...(this.topics.get(topic) ?? [])].map((h) => h.since());
    const known = since.filter((s) => s !== undefined);
    this.write({ op: 'subscribe', topic, ...(known.length ? { since: Math.min(...known) } : {}) });
  }

  private write(frame: object): boolean {
    if (this.ws?.readyState !== 1) return false;
    this.ws.send(JSON.stringify(frame));
    return true;
  }

  private open(): void {
    this.close();
    this.set('connecting');
    let ws: WebSocket;
    try {
      ws = this.options.make?.(this.options.url()) ?? new WebSocket(this.options.url());
    } catch {
      this.lost(0);
      return;
    }
    this.ws = ws;
    this.expect(10_000);
    ws.onopen = () => {
      this.write({ op: 'ping' });
      for (const topic of this.topics.keys()) this.subscribe(topic);
    };
    ws.onmessage = (m) => this.heard(m.data);
    ws.onclose = (e) => this.ws === ws && this.lost(e.code);
  }

  private heard(data: unknown): void {
    this.heardAt = Date.now();
    clearTimeout(this.deadline);
    this.expect(SILENCE);
    if (this.state !== 'up') {
      this.tries = 0;
      this.failures = 0;
      clearInterval(this.beat);
      this.beat = setInterval(() => this.write({ op: 'ping' }), PING);
      this.set('up');
    }
    let frame: Frame;
    try {
      frame = JSON.parse(String(data)) as Frame;
    } catch {
      return;
    }
    for (const h of [...(this.topics.get(frame.topic ?? '') ?? [])]) deliver(h, frame);
  }

  private expect(ms: number): void {
    clearTimeout(this.deadline);
    this.deadline = setTimeout(() => this.lost(0), ms);
  }

  private lost(code: number): void {
    const heard = this.state === 'up';
    this.close();
    if (code === 4401) {
      this.set('ended');
      this.onSessionEnded?.();
      return;
    }
    if (!heard) this.failures++;
    this.retryTimer = setTimeout(() => this.open(), this.delay(code, heard));
    this.set('waiting');
  }

  private delay(code: number, heard: boolean): number {
    const n = this.tries++;
    // Told to come back: at once, but not all tabs of the town in the same instant.
    if (heard && (code === 1001 || code === 4408 || code === 4403)) return Math.random() * 500;
    if (code === 4429 || code === 1008) {
      this.notBefore = Date.now() + LONGEST;
      return LONGEST + Math.random() * 2 * LONGEST;
    }
    return Math.max(FIRST, Math.random() * Math.min(LONGEST, FIRST * 2 ** Math.min(n + 1, 8)));
  }

  private close(): void {
    clearTimeout(this.retryTimer);
    clearTimeout(this.deadline);
    clearInterval(this.beat);
    const ws = this.ws;
    this.ws = undefined;
    if (!ws) return;
    ws.onopen = ws.onmessage = ws.onclose = ws.onerror = null;
    try {
      ws.close(1000);
    } catch {
      // it never opened
    }
  }

  private set(state: SocketState): void {
    this.state = state;
    for (const fn of [...this.watchers]) fn();
  }
}

interface Frame {
  op: string;
  topic?: string;
  seq?: number;
  code?: string;
  people?: PresentPerson[];
}

function deliver(h: TopicHandler, frame: Frame): void {
  if (frame.op === 'event') h.event(frame as unknown as BoardEvent);
  else if (frame.op === 'subscribed') h.subscribed?.(frame.seq ?? 0);
  else if (frame.op === 'reset') h.reset?.(frame.seq ?? 0);
  else if (frame.op === 'error') h.error?.(frame.code ?? 'unknown');
  else if (frame.op === 'presence') h.presence?.(frame.people ?? []);
}

export function liveUrl(): string {
  const { protocol, host } = window.location;
  return `${protocol === 'https:' ? 'wss:' : 'ws:'}//${host}/api/v1/live`;
}
