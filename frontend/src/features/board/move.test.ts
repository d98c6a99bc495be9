import { afterEach, beforeEach, expect, it } from 'vitest';
import { onAnnounce } from '../../lib/announce';
import { openRoom } from './testing/room';

let room: Awaited<ReturnType<typeof openRoom>>;
let said: string[] = [];
let stop = () => {};
beforeEach(async () => {
  said = [];
  stop = onAnnounce((s) => said.push(s.text));
  room = await openRoom();
});
afterEach(() => {
  stop();
  room.stop();
});
const spot = (columnId: string, index: number, strip = false) => ({ columnId, row: '*', strip, index });

it('moves, says where, and takes it back', async () => {
  const { mover, store, server, undo } = room;
  const id = store.columnOrder('ready')[1]!;
  const key = store.card(id)!.key;
  expect(await mover.move(id, spot('build', 1))).toBe(true);
  expect(server.order('build')[1]).toBe(id);
  expect(said).toEqual([`${key} moved to Build, position 2 of 5`]);
  expect(undo.last()?.text).toBe(`${key} moved to Build, position 2 of 5`);
});

it('does nothing when the card is put down where it was', async () => {
  const { mover, store, server, undo } = room;
  const id = store.columnOrder('build')[1]!;
  const seq = server.seq;
  expect(await mover.move(id, spot('build', 1))).toBe(false);
  expect(server.seq).toBe(seq);
  expect(undo.last()).toBeUndefined();
});

it('asks why a card goes back, and leaves it there when nobody says', async () => {
  const { mover, store, ui } = room;
  const id = store.columnOrder('review')[0]!;
  const moving = mover.move(id, spot('ready', 0));
  await Promise.resolve();
  const dialog = ui.getState().dialog;
  expect(dialog?.kind).toBe('reason');
  if (dialog?.kind === 'reason') {
    expect(dialog.back).toBe(true);
    dialog.answer(undefined);
  }
  expect(await moving).toBe(false);
  expect(store.card(id)?.columnId).toBe('review');
});

it('returns a refused card and says the server’s sentence', async () => {
  const { mover, store, server, undo } = room;
  server.hard.build = 4;
  const id = store.columnOrder('ready')[0]!;
  expect(await mover.move(id, spot('build', 0))).toBe(false);
  expect(store.card(id)?.columnId).toBe('ready');
  expect(said.at(-1)).toContain('stays where it is. build is full.');
  expect(undo.last()).toBeUndefined();
});

it('asks for the class when a card leaves the strip, and sends it', async () => {
  const { mover, store, ui, view } = room;
  const id = store.columnOrder('build')[0]!;
  await store.patch(id, { class: 'expedite' });
  expect(view.spotOf(id)?.strip).toBe(true);
  const moving = mover.move(id, spot('build', 0));
  const dialog = ui.getState().dialog;
  if (dialog?.kind !== 'class') throw new Error('it did not ask');
  dialog.answer('intangible');
  await moving;
  expect(ui.getState().dialog).toBeNull();
  expect(said.at(-1)).toMatch(/is no longer Expedite, now Intangible$/);
});

it('says of a card that goes into the strip in its own column what it is now, not that it moved', async () => {
  const { mover, store, undo } = room;
  const id = store.columnOrder('build')[0]!;
  expect(await mover.move(id, spot('build', 0, true))).toBe(true);
  const text = `${store.card(id)!.key} is Expedite now`;
  expect(said).toEqual([text]);
  expect(undo.last()?.text).toBe(text);
});
