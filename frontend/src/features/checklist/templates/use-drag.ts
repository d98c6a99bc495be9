import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { attachClosestEdge, extractClosestEdge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge';
import { useEffect, useRef, useState } from 'react';

/** Lets a question be dragged and dropped upon; says whether it is held, or at which edge another one would go. */
export function useDrag(key: string, on: boolean, onDropped: (key: string, after: boolean) => void) {
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
        getInitialData: () => ({ question: key }),
        onDragStart: () => setDrag('held'),
        onDrop: () => setDrag(undefined),
      }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => typeof source.data.question === 'string' && source.data.question !== key,
        getData: ({ input, element: el }) =>
          attachClosestEdge({}, { input, element: el, allowedEdges: ['top', 'bottom'] }),
        onDrag: ({ self }) => setDrag(edgeOf(self.data)),
        onDragLeave: () => setDrag(undefined),
        onDrop: ({ source, self }) => {
          setDrag(undefined);
          latest.current(String(source.data.question), edgeOf(self.data) === 'bottom');
        },
      }),
    );
  }, [key, on]);
  return [ref, drag] as const;
}
