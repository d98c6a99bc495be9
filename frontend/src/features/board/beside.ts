import { inOrder } from './select';
import type { BoardView } from './view';

/** The cards before and after one as the board shows them: column by column, the strip first, filters and rows applied. */
export function beside(view: BoardView, id: string): { prev?: string; next?: string } | undefined {
  const shown = inOrder(view);
  const at = shown.indexOf(id);
  return at < 0 ? undefined : { prev: shown[at - 1], next: shown[at + 1] };
}
