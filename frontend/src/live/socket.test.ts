import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ApiError, NetworkError } from '../lib/api';
import { ConnectionState } from './connection';
import { Outbox } from './outbox';
import { Poller } from './polling';
import { PresenceSender } from './presence';
import { LiveSocket, type TopicHandler } from './socket';
import { MemoryStorage } from './testing/server';

const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

class FakeWs {
  static all: FakeWs[] = [];
  readyState = 0;
  sent: Record<string, unknown>[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((e: { data: string }) => void) | null = null;
  onclose: ((e: { code: number }) => void) | null = null;
  onerror: (() => void) | null = null;
  constructor() {
    FakeWs.all.push(this);
  }
  send(text: string) {
    this.sent.push(JSON.parse(text));
  }
  close() {
    this.readyState = 3;
  }
  accept() {
    this.readyState = 1;
    this.onopen?.();
    this.say({ op: 'pong' });
  }
  say(frame: object) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  die(code: number) {
    this.readyState = 3;
    this.onclose?.({ code });
  }
  static get last() {
    return FakeWs.all.at(-1)!;
  }
}

const event = (seq: number) => ({
  op: 'event',
  topic: 'board:b',
  seq,
  type: 'card.moved',
  at: '',
  data: {},
});
let socket: LiveSocket;
let got: number[];
let handler: TopicHandler;

beforeEach(() => {
  vi.useFakeTimers();
  FakeWs.all = [];
  socket = new LiveSocket({ url: () => 'ws://x', make: () => new FakeWs() as unknown as WebSocket });
  got = [];
  handler = {
    since: () => got.at(-1) ?? 10,
    event: (e) => e.seq > (got.at(-1) ?? 10) && got.push(e.seq),
  };
});
afterEach(() => {
  socket.stop();
  vi.useRealTimers();
});

it('subscribes from where it is, and from there again after a reconnect', async () => {
  socket.follow('board:b', handler);
  socket.start();
  FakeWs.last.accept();
  expect(FakeWs.last.sent).toContainEqual({ op: 'subscribe', topic: 'board:b', since: 10 });
  FakeWs.last.say(event(11));
  FakeWs.last.die(1006);
  expect(socket.state).toBe('waiting');
  await settle(10_000);
  FakeWs.last.accept();
  expect(FakeWs.all).toHaveLength(2);
  expect(FakeWs.last.sent).toContainEqual({ op: 'subscribe', topic: 'board:b', since: 11 });
});

it('counts those who follow a topic, and leaves it with the last', () => {
  const a = socket.follow('board:b', handler);
  const b = socket.follow('board:b', { ...handler });
  socket.start();
  FakeWs.last.accept();
  a.off();
  expect(FakeWs.last.sent.some((f) => f.op === 'unsubscribe')).toBe(false);
  b.off();
  expect(FakeWs.last.sent).toContainEqual({ op: 'unsubscribe', topic: 'board:b' });
});

it.each([1001, 4408])('comes back at once after close %i', async (code) => {
  socket.start();
  FakeWs.last.accept();
  FakeWs.last.die(code);
  await settle(501);
  expect(FakeWs.all).toHaveLength(2);
});

it('backs off after 4429, and gives up after 4401', async () => {
  const ended = vi.fn();
  socket.onSessionEnded = ended;
  socket.start();
  FakeWs.last.accept();
  FakeWs.last.die(4429);
  await settle(9_900);
  expect(FakeWs.all).toHaveLength(1);
  while (FakeWs.all.length < 2) await settle(100);
  FakeWs.last.accept();
  FakeWs.last.die(4401);
  await settle(120_000);
  expect(FakeWs.all).toHaveLength(2);
  expect(ended).toHaveBeenCalledOnce();
  expect(socket.state).toBe('ended');
});

it('treats forty silent seconds as dead', async () => {
  socket.start();
  FakeWs.last.accept();
  await settle(39_000);
  expect(socket.state).toBe('up');
  expect(FakeWs.last.sent.filter((f) => f.op === 'ping')).toHaveLength(2);
  await settle(2_000);
  expect(socket.state).not.toBe('up');
});

it('does not wait when the network comes back', async () => {
  socket.start();
  for (let i = 0; i < 6; i++) {
    FakeWs.last.die(1006);
    await settle(10_000);
  }
  FakeWs.last.die(1006);
  const before = FakeWs.all.length;
  socket.retryNow();
  expect(FakeWs.all).toHaveLength(before + 1);
});

it('polls when the socket does not open but requests are answered, and stops when it does', async () => {
  const outbox = new Outbox(new MemoryStorage(), async () => ({}));
  const pages = [[11, 12], [13], []];
  const get = vi.fn(async () => {
    const items = (pages.shift() ?? []).map((seq) => ({ ...event(seq), op: undefined }));
    return { items, seq: 13 } as never;
  });
  const poller = new Poller(socket, get);
  const connection = new ConnectionState(socket, poller, outbox);
  socket.follow('board:b', handler);
  socket.start();
  expect(connection.snapshot().state).toBe('reconnecting');
  FakeWs.last.die(1006);
  await settle(300);
  while (socket.failures < 2) {
    FakeWs.last.die(1006);
    await settle(600);
  }
  await settle(1);
  expect(connection.snapshot().state).toBe('polling');
  expect(get.mock.calls[0]).toEqual(['/boards/b/events?since=10&limit=200']);
  await settle(8_000);
  expect(got).toEqual([11, 12, 13]);
  expect(FakeWs.all.length).toBeGreaterThan(2); // the socket is still tried
  socket.retryNow();
  FakeWs.last.accept();
  expect(connection.snapshot()).toMatchObject({ state: 'live', since: null, ageSeconds: 0 });
  const calls = get.mock.calls.length;
  await settle(20_000);
  expect(get.mock.calls.length).toBe(calls);
});

it('says offline since, and how old, when nothing answers', async () => {
  const outbox = new Outbox(new MemoryStorage(), async () => ({}));
  let error: Error = new NetworkError();
  const poller = new Poller(socket, async () => {
    throw error;
  });
  const connection = new ConnectionState(socket, poller, outbox);
  socket.start();
  FakeWs.last.accept();
  await settle(1000);
  const heard = Date.now() - 1000;
  for (let i = 0; i < 3; i++) {
    FakeWs.last.die(1006);
    await settle(2_000);
  }
  const now = connection.snapshot();
  expect(now.state).toBe('offline');
  expect(now.since?.getTime()).toBe(heard);
  expect(now.ageSeconds).toBeGreaterThan(5);
  error = new ApiError(403, { code: 'forbidden' }); // an answer, even if no
  await settle(15_000);
  expect(connection.snapshot().state).toBe('polling');
});

it('says where somebody is at most once a second, and stops editing by itself', async () => {
  const sent: unknown[] = [];
  let up = true;
  const sender = new PresenceSender((at) => {
    if (up) sent.push(at);
    return up;
  });
  sender.at({ cardId: 'c1' });
  for (let i = 0; i < 20; i++) sender.at({ cardId: 'c1', editing: true });
  expect(sent).toEqual([{ cardId: 'c1' }]);
  await settle(1000);
  expect(sent).toHaveLength(2);
  await settle(9_000);
  expect(sent.at(-1)).toEqual({ cardId: 'c1' });
  sender.at({});
  await settle(1000);
  expect(sent.at(-1)).toEqual({});
  up = false;
  sender.at({ cardId: 'c2' });
  up = true;
  sender.again();
  await settle(1000);
  expect(sent.at(-1)).toEqual({ cardId: 'c2' });
});
