import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { attachClosestEdge, extractClosestEdge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge';
import { useEffect, useRef, useState } from 'react';

/**
 * Lets a row of a list be dragged and dropped upon; says whether it is held, or at which edge another one would go.
 * Rows go only among those of the same list.
 */
export function useRowDrag(
  list: string,
  key: string,
  on: boolean,
  onDropped: (key: string, after: boolean) => void,
) {
  const ref = useRef<HTMLLIElement>(null);
  const [drag, setDrag] = useState<'held' | 'top' | 'bottom'>();
  const latest = useRef(onDropped);
  latest.current = onDropped;
  useEffect(() => {
    const element = ref.current;
    if (!element || !on) return;
    const edgeOf = (data: Record<string | symbol, unknown>) =>
      extractClosestEdge(data) === 'bottom' ? 'bottom' : 'top';
    return combine(
      draggable({
        element,
        getInitialData: () => ({ list, row: key }),
        onDragStart: () => setDrag('held'),
        onDrop: () => setDrag(undefined),
      }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => source.data.list === list && source.data.row !== key,
        getData: ({ input, element: el }) =>
          attachClosestEdge({}, { input, element: el, allowedEdges: ['top', 'bottom'] }),
        onDrag: ({ self }) => setDrag(edgeOf(self.data)),
        onDragLeave: () => setDrag(undefined),
        onDrop: ({ source, self }) => {
          setDrag(undefined);
          latest.current(String(source.data.row), edgeOf(self.data) === 'bottom');
        },
      }),
    );
  }, [list, key, on]);
  return [ref, drag] as const;
}
