import { MemoryStorage, ModelServer, Tab } from '../../../live/testing/server';
import { Mover } from '../move';
import { createUi } from '../ui-state';
import { UndoList, Ways } from '../undo';
import { BoardView } from '../view';

/** A board of the model server with everything that moves cards, without a page around it. */
export async function openRoom(prepare: (server: ModelServer) => void = () => {}) {
  const server = new ModelServer(12);
  prepare(server);
  const tab = new Tab(server, 'ana', new MemoryStorage());
  const { store } = tab;
  for (let i = 0; i < 50 && store.status() !== 'ready'; i++) await new Promise((r) => setTimeout(r, 2));
  const ui = createUi();
  const undo = new UndoList();
  const view = new BoardView(store, { search: {}, grouping: 'none', meId: 'ana', now: Date.now() });
  const stop = view.follow();
  const mover = new Mover({ store, view, ui, undo, ways: new Ways(store), canWork: () => true });
  return { server, tab, store, ui, undo, view, mover, stop };
}
