import type { Column } from '../../../api/types';

/** The queue from which work is pulled: the last one to the left of the column in which cards count as started. */
export function pullQueue(columns: readonly Column[], startColumnId: string): Column | undefined {
  const start = columns.findIndex((c) => c.id === startColumnId);
  return columns.slice(0, start < 0 ? undefined : start).findLast((c) => c.kind === 'queue');
}
