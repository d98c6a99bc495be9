import type { BoardEvent } from '../api/types';
import { api } from '../lib/api';
import { currentSession, loadSession, onSession, refreshMe } from '../lib/session';
import { ConnectionState } from './connection';
import { Outbox } from './outbox';
import { BrowserStorage } from './outbox-storage';
import { Poller } from './polling';
import { LiveSocket, liveUrl, type TopicHandler, type TopicLink } from './socket';
import { LiveBoard } from './store';
import type { Surroundings } from './surroundings';
import type { BoardSession } from './types';

// The live parts of one tab: one socket, one poller, one queue, and the boards that are open.

const LINGER = 30_000;

function request<T>(method: string, path: string, body?: unknown, key?: string): Promise<T> {
  if (method === 'GET') return api.get<T>(path);
  if (method === 'POST') return api.post<T>(path, body, { key });
  if (method === 'PATCH') return api.patch<T>(path, body, { key });
  return api.del<T>(path, { key });
}

class Live {
  readonly socket = new LiveSocket({ url: liveUrl });
  readonly poller = new Poller(this.socket, (path) => api.get(path));
  readonly outbox = new Outbox(new BrowserStorage(), (method, path, body, key) =>
    request(method, path, body, key),
  );
  readonly connection = new ConnectionState(this.socket, this.poller, this.outbox);
  private readonly boards = new Map<
    string,
    { store: LiveBoard; refs: number; timer?: ReturnType<typeof setTimeout> }
  >();
  private me: TopicLink | undefined;
  /** The signed-in person, or the screen. */
  private viewer: string | undefined;

  constructor() {
    // Usually that was it; when somebody is signed in after all (another session), the socket comes back.
    this.socket.onSessionEnded = () =>
      void loadSession().then(
        (s) =>
          (s.state === 'in' || s.state === 'screen') && this.socket.state === 'ended' && this.socket.start(),
      );
    this.socket.watch(() => {
      if (this.socket.state !== 'waiting') return;
      // Faces of people who may have left do not stay for long.
      setTimeout(() => {
        if (this.socket.state !== 'up') for (const { store } of this.boards.values()) store.forgetPresence();
      }, 10_000);
    });
    onSession(() => this.follow());
    this.follow();
    window.addEventListener('online', () => this.connection.network());
    window.addEventListener('offline', () => this.connection.network());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.connection.network();
    });
    window.addEventListener('pagehide', () => this.outbox.sleep());
    window.addEventListener('pageshow', (e) => e.persisted && this.outbox.wake());
  }

  /** Starts and stops with whoever looks. A screen is told nothing about itself and queues no changes. */
  private follow(): void {
    const session = currentSession();
    if (session.state === 'loading' || session.state === 'error') return;
    const person = session.state === 'in' ? session.me.person.id : undefined;
    const viewer = person ?? (session.state === 'screen' ? session.screen.id : undefined);
    if (viewer === this.viewer) return;
    this.viewer = viewer;
    this.me?.off();
    this.me = undefined;
    this.socket.stop();
    for (const [id, open] of this.boards) if (open.refs === 0) this.end(id);
    void this.outbox.start(person);
    if (!viewer) return;
    if (person)
      this.me = this.socket.follow(
        'me',
        followTopic((e) => this.aboutMe(e)),
      );
    this.socket.start();
  }

  private aboutMe(e: BoardEvent): void {
    if (e.type === 'me.updated' || e.type === 'session.ended' || e.type.startsWith('member.')) refreshMe();
  }

  readonly around: Surroundings = {
    outbox: this.outbox,
    follow: (topic, handler) => this.socket.follow(topic, handler),
    request,
    whenReachable: (fn) => {
      const once = () => {
        stop();
        fn();
      };
      const off = this.connection.watch(() => {
        const { state } = this.connection.snapshot();
        if (state === 'live' || state === 'polling') once();
      });
      const timer = setTimeout(once, 4_000);
      const stop = () => {
        clearTimeout(timer);
        off();
      };
      return stop;
    },
  };

  open(boardId: string): BoardSession {
    let open = this.boards.get(boardId);
    if (!open) {
      open = { store: new LiveBoard(boardId, this.around), refs: 0 };
      this.boards.set(boardId, open);
    }
    open.refs++;
    clearTimeout(open.timer);
    const held = open;
    let closed = false;
    return {
      store: held.store,
      close: () => {
        if (closed) return;
        closed = true;
        held.refs--;
        // Going from the board to a card's page and back does not fetch it again.
        if (held.refs === 0) {
          held.store.at({});
          held.timer = setTimeout(() => this.end(boardId), LINGER);
        }
      },
    };
  }

  /** The store of a board that is open somewhere on this page. */
  shown = (boardId: string): LiveBoard | undefined => this.boards.get(boardId)?.store;

  private end(boardId: string): void {
    const open = this.boards.get(boardId);
    if (!open || open.refs > 0) return;
    clearTimeout(open.timer);
    open.store.close();
    this.boards.delete(boardId);
  }
}

/** A topic without a snapshot: from now on, each event once, across reconnects. */
function followTopic(fn: (e: BoardEvent) => void): TopicHandler {
  let have: number | undefined;
  return {
    since: () => have,
    event: (e) => {
      if (have !== undefined && e.seq <= have) return;
      have = e.seq;
      fn(e);
    },
    subscribed: (seq) => {
      have ??= seq;
    },
    reset: (seq) => {
      have = seq;
    },
  };
}

let live: Live | undefined;
export const theLive = (): Live => {
  live ??= new Live();
  return live;
};

/** Opens a board for as long as somebody shows it; several openers share one store. */
export function openBoard(boardId: string): BoardSession {
  return theLive().open(boardId);
}

/** Follows a topic, team:ID, me, org or another board: each event from now on, once. Returns the way to stop. */
export function onTopic(topic: string, fn: (e: BoardEvent) => void): () => void {
  return theLive().socket.follow(topic, followTopic(fn)).off;
}
