import { type RefObject, useEffect } from 'react';
import { useRoom } from '../context';
import { byFinger, whenDragging } from '../drag';

/** Makes a card draggable. What happens on the way is in useBoardDrag. */
export function useDraggable(ref: RefObject<HTMLDivElement | null>, id: string): void {
  const { canWork, ui } = useRoom();
  useEffect(() => {
    const el = ref.current;
    if (!el) return;
    return whenDragging(({ draggable }) =>
      draggable({
        element: el,
        canDrag: () => canWork() && !byFinger() && ui.getState().editing === null,
        getInitialData: () => ({ type: 'card', id }),
      }),
    );
  }, [ref, id, canWork, ui]);
}
