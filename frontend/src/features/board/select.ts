import type { Face } from '../../api/types';
import { announce } from '../../lib/announce';
import type { BoardRoom } from './context';
import { t } from './messages';
import type { BoardView } from './view';

/** The cards as they are read: column by column, the strip first, filters and rows applied. */
export function inOrder(view: BoardView): string[] {
  return view.columnIds.flatMap((columnId) => [
    ...view.cell({ columnId, row: '', strip: true }),
    ...view.rowIds.flatMap((row) => view.cell({ columnId, row, strip: false })),
  ]);
}

/** A card that belongs to another board is changed there. */
const foreign = (card: Face): boolean => card.mirror !== undefined;

/** Selects a card or no longer; what is selected is said. */
export function toggleSelected(room: BoardRoom, id: string): void {
  const { ui, store } = room;
  const card = store.card(id);
  if (!card || !room.canWork()) return;
  if (foreign(card)) {
    announce(t('board.selectForeign', { key: card.key }));
    return;
  }
  const selected = new Set(ui.getState().selected);
  const on = !selected.delete(id);
  if (on) selected.add(id);
  ui.setState({ selected, selectedFrom: id });
  announce(t(on ? 'board.selectedOne' : 'board.unselectedOne', { key: card.key, n: selected.size }));
}

/** Selects everything between the card that was selected last and this one, in reading order. */
export function selectTo(room: BoardRoom, id: string): void {
  const { ui, view, store } = room;
  const { selected, selectedFrom, focusId } = ui.getState();
  const order = inOrder(view);
  const from = order.indexOf(selectedFrom ?? focusId ?? id);
  const to = order.indexOf(id);
  if (to < 0 || !room.canWork()) return;
  const range = from < 0 ? [id] : order.slice(Math.min(from, to), Math.max(from, to) + 1);
  const next = new Set(selected);
  for (const x of range) {
    const card = store.card(x);
    if (card && !foreign(card)) next.add(x);
  }
  ui.setState({ selected: next, selectedFrom: id });
  announce(t('board.selectedN', { n: next.size }));
}

/** False when nothing was selected. */
export function clearSelected(room: BoardRoom): boolean {
  if (room.ui.getState().selected.size === 0) return false;
  room.ui.setState({ selected: NOTHING, selectedFrom: null, bulk: null });
  announce(t('board.selectedNone'));
  return true;
}
export const NOTHING: ReadonlySet<string> = new Set();
