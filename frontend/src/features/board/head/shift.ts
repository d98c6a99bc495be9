import type { Column } from '../../../api/types';
import { announce } from '../../../lib/announce';
import type { BoardRoom } from '../context';
import { t } from '../messages-dialogs';

/** Puts a column at a place of the board, counted from 0: by drag and by the menu of its head. */
export async function shiftColumn(room: BoardRoom, column: Column, to: number): Promise<void> {
  const { store, actions } = room;
  const columns = store.columns();
  const others = columns.filter((c) => c.id !== column.id);
  const place = to > 0 ? { afterId: others[to - 1]!.id } : { beforeId: others[0]!.id };
  try {
    await store.patchColumn(column.id, { ...place, version: column.version });
    announce(t('board.columnMoved', { column: column.name, n: to + 1, of: columns.length }));
  } catch (error) {
    actions.refuse(error);
  }
}
