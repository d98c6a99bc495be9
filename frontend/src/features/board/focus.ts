import type { BoardRoom } from './context';

/** Gives the focus to a card's title once it is drawn; it may have to be scrolled to first. */
export function focusCard(room: BoardRoom, id: string): void {
  room.ui.setState({ focusId: id });
  let tries = 0;
  const attempt = () => {
    const link = document.querySelector<HTMLElement>(`[data-link="${CSS.escape(id)}"]`);
    if (link) link.focus({ preventScroll: false });
    else if (++tries < 6) requestAnimationFrame(attempt);
  };
  requestAnimationFrame(attempt);
}
