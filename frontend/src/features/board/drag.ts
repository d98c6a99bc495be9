import { firstView } from '../../lib/first-view';

// The code for dragging follows the first view. Whoever can be dragged or dropped upon is connected when it is here;
// where there is only a finger, it is never fetched.

type Kit = typeof import('./drag-kit');
let coming: Promise<Kit> | undefined;

const canPoint = () => window.matchMedia('(any-pointer: fine)').matches;

/** Connects as soon as dragging is possible. Returns the way to take it back. */
export function whenDragging(connect: (kit: Kit) => () => void): () => void {
  if (!canPoint()) return () => {};
  let off: (() => void) | undefined;
  let gone = false;
  coming ??= firstView.then(() => import('./drag-kit'));
  coming.then(
    (kit) => {
      if (!gone) off = connect(kit);
    },
    () => {
      coming = undefined; // the menu and the keyboard move cards all the same
    },
  );
  return () => {
    gone = true;
    off?.();
  };
}

let lastTouch = 0;
let watching = false;
/** A finger scrolls and opens the menu; only a fine pointer drags. */
export function byFinger(): boolean {
  return Date.now() - lastTouch < 1500;
}
/** Remembers by what the page was last touched, for machines that have both; once. */
export function watchFingers(): void {
  if (watching) return;
  watching = true;
  window.addEventListener(
    'pointerdown',
    (e) => {
      lastTouch = e.pointerType === 'touch' ? Date.now() : 0;
    },
    { capture: true, passive: true },
  );
}
