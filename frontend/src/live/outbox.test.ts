import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ApiError, NetworkError } from '../lib/api';
import { Outbox } from './outbox';
import { BrowserStorage } from './outbox-storage';
import { MemoryStorage, ModelServer, Tab } from './testing/server';

const settle = (ms = 2000) => vi.advanceTimersByTimeAsync(ms);
let server: ModelServer;
let storage: MemoryStorage;

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  server = new ModelServer();
  storage = new MemoryStorage();
});
afterEach(() => vi.useRealTimers());

const quiet = (p: Promise<unknown>) => void p.catch(() => {});

it('keeps changes made offline over a reload and replays them in order', async () => {
  const first = new Tab(server, 'ana', storage);
  await settle();
  first.online = false;
  quiet(first.store.move('c0', { columnId: 'build' }));
  quiet(first.store.patch('c0', { title: 'Offline' }));
  quiet(first.store.move('c0', { columnId: 'review' }));
  quiet(first.store.comment('c0', 'on the train'));
  await settle(30_000);
  first.close();
  expect(server.applied).toBe(0);
  expect(storage.ops.size).toBe(4);

  const second = new Tab(server, 'ana', storage);
  await settle(100);
  await settle();
  expect(server.events.map((e) => e.type)).toEqual([
    'card.moved',
    'card.updated',
    'card.moved',
    'card.commented',
  ]);
  expect(server.cards.get('c0')).toMatchObject({ columnId: 'review', title: 'Offline', comments: 1 });
  expect(storage.ops.size).toBe(0);
  expect(second.store.columnOrder('review')).toEqual(server.order('review'));
  second.close();
});

it('acts once when the answer was lost and the page reloaded', async () => {
  const first = new Tab(server, 'ana', storage);
  await settle();
  first.loseAnswers = true;
  first.stalled = true;
  quiet(first.store.comment('c0', 'once'));
  await settle(300);
  first.close();
  const second = new Tab(server, 'ana', storage);
  await settle();
  expect(server.applied).toBe(1);
  expect(second.outbox.count()).toBe(0);
  second.close();
});

it('lists what could not be applied on replay, and keeps or drops it', async () => {
  const first = new Tab(server, 'ana', storage);
  const bo = new Tab(server, 'bo', new MemoryStorage());
  await settle();
  first.online = false;
  quiet(first.store.move('c0', { columnId: 'build' }));
  quiet(first.store.move('c3', { columnId: 'build' }));
  quiet(first.store.move('c6', { columnId: 'review' }));
  await settle();
  await Promise.all([bo.store.move('c0', { columnId: 'done' }), settle()]);
  await Promise.all([bo.store.move('c3', { columnId: 'done' }), settle()]);
  first.close();

  const second = new Tab(server, 'ana', storage);
  await settle();
  expect(server.cards.get('c0')?.columnId).toBe('done'); // not overridden in silence
  expect(server.cards.get('c6')?.columnId).toBe('review'); // the rest went on
  expect(second.store.rejected().map((r) => [r.cardId, (r.error as ApiError).code])).toEqual([
    ['c0', 'stale'],
    ['c3', 'stale'],
  ]);
  second.close();

  const third = new Tab(server, 'ana', storage); // the list survives a reload too
  await settle();
  const [a, b] = third.store.rejected();
  third.store.keepRejected(a!.key);
  third.store.dropRejected(b!.key);
  await settle();
  expect(server.cards.get('c0')?.columnId).toBe('build');
  expect(server.cards.get('c3')?.columnId).toBe('done');
  expect(third.store.rejected()).toEqual([]);
  expect(storage.ops.size).toBe(0);
  third.close();
  bo.close();
});

it('lists what was made offline and refused later, without a reload too', async () => {
  const tab = new Tab(server, 'ana', storage);
  const bo = new Tab(server, 'bo', new MemoryStorage());
  await settle();
  tab.online = false;
  quiet(tab.store.comment('c3', 'first in the queue'));
  quiet(tab.store.move('c0', { columnId: 'build' }));
  await Promise.all([bo.store.move('c0', { columnId: 'done' }), settle()]);
  tab.connect();
  await settle(20_000);
  expect(tab.store.rejected().map((r) => [r.cardId, r.replayed])).toEqual([['c0', true]]);
  tab.close();
  bo.close();
});

it('never replays for another person', async () => {
  const first = new Tab(server, 'ana', storage);
  await settle();
  first.online = false;
  quiet(first.store.move('c0', { columnId: 'build' }));
  await settle();
  first.close();
  const bo = new Tab(server, 'bo', storage);
  await settle();
  expect(server.applied).toBe(0);
  expect(bo.outbox.count()).toBe(0);
  bo.close();
  const back = new Tab(server, 'ana', storage);
  await settle();
  expect(server.cards.get('c0')?.columnId).toBe('build');
  back.close();
});

it('leaves the changes of a living tab to it', async () => {
  const one = new Tab(server, 'ana', storage);
  await settle();
  one.online = false;
  quiet(one.store.move('c0', { columnId: 'build' }));
  await settle();
  const two = new Tab(server, 'ana', storage);
  await settle();
  expect(two.outbox.count()).toBe(0);
  one.close();
  await settle(31_000);
  expect(server.cards.get('c0')?.columnId).toBe('build');
  two.close();
});

function bare(send: ConstructorParameters<typeof Outbox>[1]) {
  const outbox = new Outbox(storage, send);
  void outbox.start('ana');
  const add = (n: number) =>
    outbox.add({
      boardId: 'b',
      kind: 'comment',
      label: `comment ${n}`,
      method: 'POST',
      path: '/cards/c0/comments',
      body: { text: String(n) },
      fields: [],
      effect: {},
    });
  return { outbox, add };
}

it('waits as long as the server asks, then sends the same key and body', async () => {
  const seen: unknown[] = [];
  let down = true;
  const { add } = bare(async (_m, _p, body, key) => {
    seen.push([key, body]);
    if (down) throw new ApiError(503, { code: 'unavailable' }, new Headers({ 'Retry-After': '7' }));
    return { seq: 1 };
  });
  await settle(0);
  const sent = add(1);
  await settle(6000);
  expect(seen).toHaveLength(1);
  down = false;
  await settle(1500);
  await sent;
  expect(seen).toHaveLength(2);
  expect(seen[0]).toEqual(seen[1]);
});

it('keeps changes through 507 and 429, and stops at 401 until sign-in', async () => {
  let status = 507;
  let calls = 0;
  const { outbox, add } = bare(async () => {
    calls++;
    if (status) throw new ApiError(status, { code: 'x' });
    return { seq: 1 };
  });
  await settle(0);
  const sent = add(1);
  await settle(60_000);
  expect(outbox.count()).toBe(1);
  status = 401;
  await settle(20_000);
  const before = calls;
  await settle(120_000);
  expect(calls).toBe(before);
  status = 0;
  outbox.kick();
  await settle(0);
  await sent;
  expect(outbox.count()).toBe(0);
});

it('does not let one broken request hold the rest for ever', async () => {
  const { outbox, add } = bare(async (_m, _p, body) => {
    if ((body as { text: string }).text === '1') throw new ApiError(500, { code: 'internal' });
    return { seq: 1 };
  });
  await settle(0);
  const broken = expect(add(1)).rejects.toMatchObject({ status: 500 });
  const fine = add(2);
  await settle(120_000);
  await broken;
  await fine;
  expect(outbox.count()).toBe(0);
});

it('does not send again by itself what may have been done more than a day ago', async () => {
  const away = bare(async () => {
    throw new NetworkError();
  });
  await settle(0);
  quiet(away.add(1));
  await settle(100);
  away.outbox.stop();
  vi.setSystemTime(Date.now() + 25 * 3600_000);
  const send = vi.fn(async () => ({ seq: 1 }));
  const back = bare(send);
  await settle();
  expect(send).not.toHaveBeenCalled();
  expect(back.outbox.refused()).toHaveLength(1);
});

it('the browser storage works without IndexedDB, by tab and person', async () => {
  const store = new BrowserStorage();
  const { add, outbox } = bare(async () => {
    throw new NetworkError();
  });
  await settle(0);
  quiet(add(1));
  const op = outbox.waiting('b')[0]!;
  store.enter('one');
  store.put({ ...op, tab: 'one' });
  expect(await store.claim('ana', 'two')).toEqual([]);
  expect(await store.claim('bo', 'one')).toEqual([]);
  store.leave('one');
  expect((await store.claim('ana', 'two')).map((o) => [o.key, o.tab])).toEqual([[op.key, 'two']]);
  store.remove(op.key);
  expect(await store.claim('ana', 'two')).toEqual([]);
});
