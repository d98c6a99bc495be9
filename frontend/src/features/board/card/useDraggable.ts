import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { type RefObject, useEffect } from 'react';
import { useRoom } from '../context';

/** A finger scrolls; only a fine pointer drags. The menu is the way on touch. */
const finePointer = () => window.matchMedia('(pointer: fine)').matches;

/** Makes a card draggable. What happens on the way is in useBoardDrag. */
export function useDraggable(ref: RefObject<HTMLDivElement | null>, id: string): void {
  const { canWork, ui } = useRoom();
  useEffect(() => {
    const el = ref.current;
    if (!el || !finePointer()) return;
    return draggable({
      element: el,
      canDrag: () => canWork() && ui.getState().editing === null,
      getInitialData: () => ({ type: 'card', id }),
    });
  }, [ref, id, canWork, ui]);
}
