import type { BoardRoom } from './context';

/** Gives the focus to a card's title once it is drawn; it may have to be scrolled to first. */
export function focusCard(room: Pick<BoardRoom, 'ui'>, id: string): void {
  room.ui.setState({ focusId: id });
  let tries = 0;
  const attempt = () => {
    if (!focusLink(id) && ++tries < 6) requestAnimationFrame(attempt);
  };
  requestAnimationFrame(attempt);
}

/** The same for a card that stays where it is: at once when it is drawn, so that no press of a held key is lost. */
export function stepTo(room: BoardRoom, id: string): void {
  room.ui.setState({ focusId: id });
  if (!focusLink(id)) focusCard(room, id);
}

/**
 * When the server has answered: the card gets the focus back if it was drawn anew and nobody has it now. Whoever has
 * gone on to something else meanwhile stays there.
 */
export function seat(room: Pick<BoardRoom, 'ui'>, id: string): void {
  requestAnimationFrame(() => {
    const { activeElement } = document;
    if (!activeElement || activeElement === document.body) focusCard(room, id);
  });
}

function focusLink(id: string): boolean {
  const link = document.querySelector<HTMLElement>(`[data-link="${CSS.escape(id)}"]`);
  link?.focus();
  return link !== null;
}
