import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Column } from '../../../api/types';
import { useRoom } from '../context';
import { saidDrop } from '../crossed';
import { whenDragging } from '../drag';
import type { Spot } from '../model/place';

export interface Laid {
  ids: readonly string[];
  /** Mounted items in order; start and size in pixels from the top of the cell. */
  items: { index: number; start: number; size: number }[];
}

/** Between which cards a height falls: the index, and where to draw the line. Exported for tests. */
export function slotAt(laid: Laid, y: number): { index: number; line: number } {
  const { items, ids } = laid;
  let last = items[0];
  if (!last) return { index: ids.length, line: 3 };
  for (const it of items) {
    if (y < it.start + it.size / 2) return { index: it.index, line: it.start - 4 };
    last = it;
  }
  return { index: last.index + 1, line: last.start + last.size + 3 };
}

/** Lets cards be dropped into a cell; while one hovers, says where it would go. Answers the height of the line. */
export function useDropCell(
  ref: RefObject<HTMLUListElement | null>,
  column: Column,
  spot: Spot,
  laid: () => Laid,
): number | null {
  const room = useRoom();
  const [line, setLine] = useState<number | null>(null);
  const now = useRef({ spot, laid });
  useEffect(() => {
    now.current = { spot, laid };
  });
  const { columnId, row, strip } = spot;
  useEffect(() => {
    const el = ref.current;
    if (!el) return;
    const { store, ui } = room;
    const clear = () => {
      setLine(null);
      const over = ui.getState().over;
      if (over && over.columnId === columnId && over.strip === strip && (strip || over.row === row))
        ui.setState({ over: null });
    };
    return whenDragging(({ dropTargetForElements }) =>
      dropTargetForElements({
        element: el,
        canDrop: ({ source }) => source.data.type === 'card',
        getIsSticky: () => false,
        getData: ({ input, element }) => {
          const top = element.getBoundingClientRect().top;
          const slot = slotAt(now.current.laid(), input.clientY - top);
          return { type: 'cell', columnId, row, strip, index: slot.index, line: slot.line };
        },
        onDrag: ({ self, source }) => {
          const index = self.data.index as number;
          setLine(self.data.line as number);
          const over = ui.getState().over;
          if (over && over.columnId === columnId && over.row === row && over.strip === strip) {
            if (over.index !== index) ui.setState({ over: { ...over, index } });
            return;
          }
          const card = store.card(source.data.id as string);
          const verdict = card && saidDrop(room, card, { columnId, row, strip });
          ui.setState({ over: { columnId, row, strip, index, verdict } });
        },
        onDragLeave: clear,
        onDrop: clear,
      }),
    );
  }, [ref, room, columnId, row, strip]);
  // A head of a folded column and the strip have no line to show.
  return column.kind === 'done' ? null : line;
}
