import type { Column, Face } from '../../../api/types';
import { maxOf } from '../../../lib/limits';
import type { BoardStore } from '../../../live';

/** The columns of a board as a replenishment sees them. */
export interface Ways {
  queue: Column;
  /** Where options wait: the columns before the queue. */
  before: readonly Column[];
  /** Where work is done: the columns of work behind the queue; the first is where it is pulled to. */
  behind: readonly Column[];
}

export function waysOf(columns: readonly Column[], queueId: string | undefined): Ways | undefined {
  const at = columns.findIndex((c) => c.id === queueId);
  const queue = columns[at];
  if (!queue) return undefined;
  return {
    queue,
    before: columns.slice(0, at).filter((c) => c.kind !== 'done'),
    behind: columns.slice(at + 1).filter((c) => c.kind === 'active'),
  };
}

/** How much room a column has: undefined without a limit, below zero when it is over. */
export function roomIn(store: BoardStore, column: Column | undefined): number | undefined {
  const max = column && maxOf(column.wip);
  return column && max !== undefined ? max - store.columnCount(column.id) : undefined;
}

/** Own cards and mirrors of a column, in order. */
export const cardsIn = (store: BoardStore, columnId: string): Face[] =>
  store.columnOrder(columnId).flatMap((id) => store.card(id) ?? []);

/** Where a card goes that shall be number `to` (from 0) of a list. */
export function beside(
  order: readonly string[],
  id: string,
  to: number,
): { afterId?: string; beforeId?: string } {
  const others = order.filter((x) => x !== id);
  const at = Math.max(0, Math.min(to, others.length));
  if (at === others.length) return {}; // at the end, whoever adds one meanwhile
  return at === 0 ? { beforeId: others[0]! } : { afterId: others[at - 1]! };
}
