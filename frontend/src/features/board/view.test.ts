import { afterEach, expect, it, vi } from 'vitest';
import { beside } from './beside';
import { openRoom } from './testing/room';

let room: Awaited<ReturnType<typeof openRoom>>;
afterEach(() => room.stop());
const spot = (columnId: string, row = '*', strip = false) => ({ columnId, row, strip });

it('cuts columns into cells and keeps a cell that did not change', async () => {
  room = await openRoom();
  const { view, store } = room;
  const ready = view.cell(spot('ready'));
  expect(ready).toEqual(store.columnOrder('ready'));
  await store.patch(store.columnOrder('build')[0]!, { title: 'Other' });
  view.settle();
  expect(view.cell(spot('ready'))).toBe(ready);
});

it('puts unfinished expedite cards into the strip and into no other cell', async () => {
  room = await openRoom();
  const { view, store } = room;
  const id = store.columnOrder('build')[0]!;
  await store.patch(id, { class: 'expedite' });
  expect(view.cell(spot('build', '*', true))).toEqual([id]);
  expect(view.cell(spot('build'))).not.toContain(id);
  expect(view.spotOf(id)).toMatchObject({ strip: true });
});

it('filters, says how many of how many, and knows the number in the queue all the same', async () => {
  room = await openRoom();
  const { view, store } = room;
  const last = store.columnOrder('ready').at(-1)!;
  await store.patch(last, { labels: ['db'] });
  view.configure({ search: { label: ['db'] }, grouping: 'none', meId: 'ana', now: Date.now() });
  expect(view.cell(spot('ready'))).toEqual([last]);
  expect(view.counts()).toEqual({ shown: 1, total: 12 });
  expect(view.numberOf('ready', last)).toBe(4);
});

it('groups on the fly and follows a changed card to its new row', async () => {
  room = await openRoom();
  const { view, store } = room;
  view.configure({ search: {}, grouping: 'discipline', meId: 'ana', now: Date.now() });
  expect(view.rows().map((r) => r.id)).toEqual(['development']);
  const id = store.columnOrder('build')[0]!;
  await store.patch(id, { discipline: 'security' });
  expect(view.cell(spot('build', 'security'))).toEqual([id]);
  expect(view.rows().map((r) => r.id)).toEqual(['development', 'security']);
});

it('follows what somebody else changes of a card: its row, and whether the filters let it through', async () => {
  room = await openRoom();
  const { view, store } = room;
  const id = store.columnOrder('build')[0]!;
  view.configure({ search: {}, grouping: 'owner', meId: 'ana', now: Date.now() });
  expect(view.rows().map((r) => r.id)).toEqual(['']);
  room.server.handle('PATCH', `/cards/${id}`, { ownerIds: ['bo'] }, 'k1', 'bo');
  await vi.waitFor(() => expect(view.cell(spot('build', 'bo'))).toEqual([id]));
  view.configure({ search: { label: ['db'] }, grouping: 'none', meId: 'ana', now: Date.now() });
  expect(view.counts().shown).toBe(0);
  room.server.handle('PATCH', `/cards/${id}`, { labels: ['db'] }, 'k2', 'bo');
  await vi.waitFor(() => expect(view.counts().shown).toBe(1));
});

it('shows a carried card where it would land without moving it', async () => {
  room = await openRoom();
  const { view, store } = room;
  const id = store.columnOrder('ready')[0]!;
  view.setPreview({ id, target: { ...spot('build'), index: 1 } });
  expect(view.cell(spot('build'))[1]).toBe(id);
  expect(view.cell(spot('ready'))).not.toContain(id);
  expect(store.card(id)?.columnId).toBe('ready');
  view.setPreview(undefined);
  expect(view.cell(spot('ready'))[0]).toBe(id);
});

it('draws a done column newest first', async () => {
  const finished = { c1: '2026-11-01T00:00:00Z', c4: '2026-11-05T00:00:00Z', c7: '2026-11-03T00:00:00Z' };
  room = await openRoom((server) => {
    for (const [id, finishedAt] of Object.entries(finished))
      server.cards.set(id, { ...server.cards.get(id)!, columnId: 'done', finishedAt });
  });
  expect(room.view.cell(spot('done'))).toEqual(['c4', 'c7', 'c1']);
});

it('finds the cards before and after one as the board shows them: over columns, past what is filtered away', async () => {
  room = await openRoom();
  const { view, store } = room;
  const [first, second] = store.columnOrder('ready');
  const inBuild = store.columnOrder('build')[0]!;
  for (const id of [first!, inBuild]) await store.patch(id, { labels: ['db'] });
  expect(beside(view, first!)).toEqual({ prev: undefined, next: second });
  view.configure({ search: { label: ['db'] }, grouping: 'none', meId: 'ana', now: Date.now() });
  expect(beside(view, first!)).toEqual({ prev: undefined, next: inBuild });
  expect(beside(view, inBuild)).toEqual({ prev: first, next: undefined });
  expect(beside(view, second!)).toBeUndefined();
});
