// What the first view can do without is fetched when that view stands on the screen, so that it does not compete with
// the cards for the line and the processor; or at once, when somebody touches the page before.

let tell: () => void;

/** Comes true when the page shows what it was opened for. */
export const firstView = new Promise<void>((resolve) => {
  tell = resolve;
});

/** The page is drawn: said by whoever draws it. True after the browser has painted it too. */
export function firstViewDrawn(): void {
  if (document.hidden)
    tell(); // nothing is painted in a tab that nobody looks at
  else requestAnimationFrame(() => setTimeout(tell));
}

for (const type of ['pointerdown', 'keydown'])
  window.addEventListener(type, () => tell(), { capture: true, passive: true, once: true });
