import type { BoardView } from './view';

/** The cards before and after one as the board shows them: column by column, the strip first, filters and rows applied. */
export function beside(view: BoardView, id: string): { prev?: string; next?: string } | undefined {
  const shown = view.columnIds.flatMap((columnId) => [
    ...view.cell({ columnId, row: '', strip: true }),
    ...view.rowIds.flatMap((row) => view.cell({ columnId, row, strip: false })),
  ]);
  const at = shown.indexOf(id);
  return at < 0 ? undefined : { prev: shown[at - 1], next: shown[at + 1] };
}
