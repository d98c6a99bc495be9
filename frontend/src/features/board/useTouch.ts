import { useEffect } from 'react';
import { firstView } from '../../lib/first-view';
import { useRoom } from './context';

/** Cards can be lifted with a finger; where there is none, the code for it is never fetched. */
export function useTouch(scroller: HTMLElement | null): void {
  const room = useRoom();
  useEffect(() => {
    if (!scroller || navigator.maxTouchPoints === 0) return;
    let off: (() => void) | undefined;
    let gone = false;
    firstView
      .then(() => import('./touch'))
      .then(
        ({ liftByFinger }) => {
          if (!gone) off = liftByFinger(scroller, room);
        },
        () => {}, // the menu moves cards all the same
      );
    return () => {
      gone = true;
      off?.();
    };
  }, [room, scroller]);
}
