import type { Face } from '../../../api/types';
import { announce } from '../../../lib/announce';
import { api } from '../../../lib/api';
import { toast } from '../../../lib/notify';
import { moment } from '../../../lib/time';
import type { BoardRoom } from '../context';
import { focusCard } from '../focus';
import { t } from '../messages-dialogs';
import type { Undoable } from '../undo';

/** Says what was decided and offers to take it back, for as long as an archived card may be. */
async function decide(
  room: BoardRoom,
  card: Face,
  path: string,
  body: unknown,
  text: string,
): Promise<boolean> {
  if (!card.ask) return false;
  const id = card.ask.id;
  const near = beside(room, card.id);
  try {
    await api.post(`/asks/${id}/${path}`, body);
  } catch (error) {
    room.actions.refuse(error);
    return false;
  }
  const entry: Undoable = { text, back: () => api.post(`/asks/${id}/reopen`), toast: `ask-${id}` };
  room.undo.push(entry);
  announce(text);
  toast({
    id: `ask-${id}`,
    text,
    stay: 30_000,
    action: { label: t('board.triage.undo'), run: () => void room.mover.runUndo(entry) },
  });
  if (near) focusCard(room, near);
  return true;
}

/** The next ask of the queue, so that one key after the other goes through it. */
function beside(room: BoardRoom, id: string): string | undefined {
  const spot = room.view.spotOf(id);
  const ids = spot ? room.view.cell(spot) : [];
  const at = ids.indexOf(id);
  return ids[at + 1] ?? ids[at - 1];
}

export const accept = (room: BoardRoom, card: Face): Promise<boolean> =>
  decide(room, card, 'accept', undefined, t('board.triage.accepted', { key: card.key }));

export const decline = (room: BoardRoom, card: Face, reason: string): Promise<boolean> =>
  decide(room, card, 'decline', { reason }, t('board.triage.declined', { key: card.key }));

export const askBack = (room: BoardRoom, card: Face, text: string): Promise<boolean> =>
  decide(
    room,
    card,
    'question',
    { text },
    t('board.triage.asked', { key: card.key, who: card.ask?.byName ?? '' }),
  );

export async function sit(room: BoardRoom, card: Face, at: string): Promise<void> {
  try {
    await api.post(`/asks/${card.ask?.id}/sit`, { at });
    const text = t('board.triage.sitSaid', { who: card.ask?.byName ?? '', when: moment(at) });
    announce(text);
    toast({
      text,
      stay: 30_000,
      action: {
        label: t('board.triage.ics'),
        run: () => window.location.assign(`/api/v1/asks/${card.ask?.id}/meeting.ics`),
      },
    });
  } catch (error) {
    room.actions.refuse(error);
  }
}
