import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ApiError } from '../lib/api';
import { MemoryStorage, ModelServer, Tab } from './testing/server';

const settle = (ms = 2000) => vi.advanceTimersByTimeAsync(ms);

/** Repeatable randomness. */
function dice(seed: number) {
  let s = seed;
  return (n: number) => {
    s = (Math.imul(s, 1664525) + 1013904223) >>> 0;
    return s % n;
  };
}

let server: ModelServer;
let ana: Tab;
let bo: Tab;

beforeEach(async () => {
  vi.useFakeTimers();
  server = new ModelServer();
  ana = new Tab(server, 'ana', new MemoryStorage());
  bo = new Tab(server, 'bo', new MemoryStorage());
  await settle();
});
afterEach(() => {
  ana.close();
  bo.close();
  vi.useRealTimers();
});

function same(...tabs: Tab[]) {
  for (const tab of tabs)
    for (const column of server.columns) expect(tab.store.columnOrder(column)).toEqual(server.order(column));
}

describe('own changes', () => {
  it('shows a move at once, and keeps it when the server agrees', async () => {
    const done = ana.store.move('c0', { columnId: 'build', afterId: 'c1' });
    expect(ana.store.columnOrder('build')).toEqual(['c1', 'c0', 'c4', 'c7', 'c10']);
    expect(ana.store.card('c0')?.startedAt).toBeTruthy();
    expect(ana.store.pending('c0')).toBe(true);
    await settle();
    expect((await done).card.columnId).toBe('build');
    expect(ana.store.pending('c0')).toBe(false);
    same(ana, bo);
  });

  it('takes a refused move back and says why', async () => {
    server.hard.build = 4;
    const before = ana.store.columnOrder('ready');
    const move = ana.store.move('c0', { columnId: 'build' });
    const refused = expect(move).rejects.toMatchObject({ code: 'wip_limit' });
    expect(ana.store.columnOrder('build')).toContain('c0');
    await settle();
    await refused;
    expect(ana.store.columnOrder('ready')).toEqual(before);
    expect(ana.store.rejected()).toEqual([]); // somebody was waiting: nothing to list
  });

  it('confirms by the event when the answer is lost', async () => {
    ana.loseAnswers = true;
    const done = ana.store.move('c0', { columnId: 'done' });
    await settle(500);
    expect(ana.store.pending('c0')).toBe(false);
    expect((await done).card.columnId).toBe('done');
    expect(server.applied).toBe(1);
  });

  it('lets a card be made, moved and edited before the server knows it', async () => {
    ana.online = false;
    const made = ana.store.create('ready', { title: 'New' });
    const temp = ana.store.columnOrder('ready').at(-1)!;
    void ana.store.move(temp, { columnId: 'build', beforeId: 'c1' });
    void ana.store.patch(temp, { title: 'Newer' });
    expect(ana.store.columnOrder('build')[0]).toBe(temp);
    expect(ana.store.card(temp)?.title).toBe('Newer');
    ana.connect();
    await settle(20_000);
    const face = await made;
    expect(server.order('build')[0]).toBe(face.id);
    expect(server.cards.get(face.id)?.title).toBe('Newer');
    expect(ana.store.card(temp)?.id).toBe(face.id); // whoever still holds the temporary id finds the card
    same(ana, bo);
  });

  it('does not call its own earlier change stale', async () => {
    const moves = [
      ana.store.move('c0', { columnId: 'build' }),
      ana.store.move('c0', { columnId: 'review' }),
      ana.store.move('c0', { columnId: 'done' }),
    ];
    await settle();
    await Promise.all(moves);
    expect(server.cards.get('c0')?.columnId).toBe('done');
  });

  it('finds the next neighbour when the wished one has left the column', async () => {
    bo.stalled = true;
    bo.store.hold('c99'); // nothing to hold: no harm
    await Promise.all([ana.store.move('c1', { columnId: 'done' }), settle()]);
    const move = bo.store.move('c0', { columnId: 'build', afterId: 'c1' });
    await settle();
    await move;
    expect(server.order('build')).toEqual(['c0', 'c4', 'c7', 'c10']);
  });

  it('undoes the last move of this visit', async () => {
    const [{ seq }] = await Promise.all([ana.store.move('c0', { columnId: 'build' }), settle()]);
    expect(ana.store.columnOrder('ready')).not.toContain('c0');
    void ana.store.undo('c0', seq).catch(() => {});
    expect(ana.store.columnOrder('ready')[0]).toBe('c0'); // shown where it was, at once
  });
});

describe('changes by others', () => {
  it('the second tab bug: a move in one tab does not undo the move of another tab', async () => {
    // Both tabs show the same board; whole-board saving would let the later one restore the earlier place.
    await Promise.all([ana.store.move('c0', { columnId: 'done' }), settle()]);
    await Promise.all([bo.store.move('c1', { columnId: 'review' }), settle()]);
    expect(server.cards.get('c0')?.columnId).toBe('done');
    expect(server.cards.get('c1')?.columnId).toBe('review');
    same(ana, bo);
  });

  it('the "reload and find it elsewhere" bug: what a tab shows is what a reload shows', async () => {
    server.hard.build = 5;
    bo.stalled = true;
    const tries = ['c0', 'c3', 'c6'].map((id) => ana.store.move(id, { columnId: 'build', beforeId: 'c1' }));
    const [outcomes] = await Promise.all([Promise.allSettled(tries), settle()]);
    expect(outcomes.map((o) => o.status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    bo.connect();
    await settle();
    const shown = server.columns.map((c) => ana.store.columnOrder(c));
    const reloaded = new Tab(server, 'ana', new MemoryStorage());
    await settle();
    expect(server.columns.map((c) => reloaded.store.columnOrder(c))).toEqual(shown);
    same(ana, bo, reloaded);
    reloaded.close();
  });

  it('asks again after a gap, and repeats nothing', async () => {
    const before = bo.subscribes;
    bo.stalled = true;
    await Promise.all([ana.store.move('c0', { columnId: 'done' }), settle()]);
    bo.stalled = false;
    await Promise.all([ana.store.move('c3', { columnId: 'done' }), settle()]);
    expect(bo.subscribes).toBe(before + 1);
    same(ana, bo);
  });

  it('fetches anew after a reset and keeps what did not change', async () => {
    const kept = bo.store.card('c5');
    const cell = bo.store.cell('review', '*', false);
    bo.stalled = true;
    await Promise.all([ana.store.move('c0', { columnId: 'done' }), settle()]);
    bo.stalled = false;
    bo.store.reload();
    await settle();
    expect(bo.store.card('c5')).toBe(kept);
    expect(bo.store.cell('review', '*', false)).toBe(cell);
    same(bo);
  });

  it('does not snatch a card that is held', async () => {
    bo.store.hold('c0');
    await Promise.all([ana.store.move('c0', { columnId: 'done' }), settle()]);
    expect(bo.store.columnOrder('ready')[0]).toBe('c0');
    expect(bo.store.card('c0')?.columnId).toBe('ready');
    bo.store.release('c0');
    expect(bo.store.card('c0')?.columnId).toBe('done');
    same(bo);
  });

  it('keeps a held card that somebody archives, until it is let go', async () => {
    bo.store.hold('c0');
    await Promise.all([ana.store.archive('c0'), settle()]);
    expect(bo.store.columnOrder('ready')[0]).toBe('c0');
    bo.store.release('c0');
    expect(bo.store.card('c0')).toBeUndefined();
    same(bo);
  });

  it('different fields of one card both win; the same text is shown as mine and theirs', async () => {
    bo.stalled = true;
    await Promise.all([ana.store.patch('c0', { title: 'By Ana' }), settle()]);
    const labels = bo.store.patch('c0', { labels: ['tls'] });
    const title = bo.store.patch('c0', { title: 'By Bo' });
    const refused = expect(title).rejects.toMatchObject({ code: 'stale' });
    await settle();
    await labels;
    await refused;
    expect(server.cards.get('c0')).toMatchObject({ title: 'By Ana', labels: ['tls'] });
    // The words are on the list until somebody decides.
    const [kept] = bo.store.rejected();
    expect(kept?.text).toMatchObject({ field: 'title', mine: 'By Bo' });
    bo.store.keepRejected(kept!.key);
    await settle();
    expect(server.cards.get('c0')?.title).toBe('By Bo');
    expect(bo.store.rejected()).toEqual([]);
  });

  it('tells only those who look at what changed, once per frame', async () => {
    const seen: string[] = [];
    for (const key of ['c0', 'c1', 'c4', 'col:build', 'col:ready', 'col:review'])
      bo.store.subscribe(key, () => seen.push(key));
    const card = bo.store.card('c1');
    const moves = [ana.store.move('c0', { columnId: 'build' }), ana.store.patch('c0', { title: 'x' })];
    await settle();
    await Promise.all(moves);
    expect(seen.filter((k) => k === 'c0').length).toBeLessThanOrEqual(2);
    expect(new Set(seen)).toEqual(new Set(['c0', 'col:build', 'col:ready']));
    expect(bo.store.card('c1')).toBe(card);
  });

  it('says one sentence about what others did', async () => {
    const said = vi.fn();
    bo.store.onRemoteSummary(said);
    for (const id of ['c0', 'c3']) await Promise.all([ana.store.move(id, { columnId: 'done' }), settle(100)]);
    await settle(6000);
    expect(said.mock.calls[0]![0].text).toBe('Ana moved 2 cards.');
  });
});

describe('order', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'three people at once end with the order of the server (seed %i)',
    async (seed) => {
      const roll = dice(seed * 7919);
      const world = new ModelServer(15);
      const tabs = ['ana', 'bo', 'chidi'].map((p) => new Tab(world, p, new MemoryStorage(), () => roll(40)));
      await settle();
      const outcomes: Promise<unknown>[] = [];
      for (let step = 0; step < 60; step++) {
        const tab = tabs[roll(3)]!;
        const id = `c${roll(15)}`;
        const columnId = world.columns[roll(4)]!;
        const order = tab.store.columnOrder(columnId).filter((x) => x !== id);
        const near = order[roll(order.length + 1)];
        const to = near ? (roll(2) ? { afterId: near } : { beforeId: near }) : {};
        if (roll(10) === 0) tab.online = false;
        if (roll(8) === 0) for (const t of tabs) if (!t.online) t.connect();
        if (roll(12) === 0) tab.loseAnswers = !tab.loseAnswers;
        outcomes.push(
          tab.store.move(id, { columnId, ...to }).catch((e: ApiError) => {
            expect(e.code).toBe('stale');
          }),
        );
        await settle(roll(30));
      }
      for (const t of tabs) {
        t.loseAnswers = false;
        t.connect();
      }
      await settle(120_000);
      await Promise.all(outcomes);
      for (const t of tabs) {
        expect(t.outbox.count()).toBe(0);
        for (const c of world.columns) expect(t.store.columnOrder(c)).toEqual(world.order(c));
        t.close();
      }
    },
  );
});
