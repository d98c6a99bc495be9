import type { Answers, Face } from '../../../api/types';
import { announce } from '../../../lib/announce';
import { ApiError, api } from '../../../lib/api';
import { closeToast, toast } from '../../../lib/notify';
import type { BoardRoom } from '../context';
import { focusCard } from '../focus';
import { t } from '../messages-dialogs';
import type { Undoable } from '../undo';

interface Pulled extends Face {
  seq: number;
  fromColumnId: string;
  ownersBefore: string[];
}
interface Brief {
  id: string;
  key: string;
  title: string;
}
interface Pull extends Answers {
  cardId?: string;
}

/** Takes the first card that limits allow. The server chooses, so that two people who pull at once get two cards. */
export async function pullNext(room: BoardRoom, pull: Pull = {}): Promise<void> {
  const { store, mover, ui } = room;
  try {
    tell(room, await api.post<Pulled>(`/boards/${store.boardId}/pull`, pull));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const card = error.extra.card as Brief | undefined;
    switch (error.code) {
      case 'checklist_required':
      case 'checklist_open':
      case 'reason_required': {
        if (!card) throw error;
        const said = await mover.askFor(error, card.key, String(error.extra.columnId), card.id);
        if (said) await pullNext(room, { cardId: card.id, checks: said.checks, waive: said.waive });
        return;
      }
      case 'next_changed': // somebody was quicker: the next one has not been asked about
        announce(error.detail);
        return pullNext(room);
      case 'nothing_to_pull':
        announce(error.detail);
        ui.setState({
          dialog: { kind: 'nothing', text: error.detail, cards: (error.extra.cards as Brief[]) ?? [] },
        });
        return;
    }
    throw error;
  }
}

function tell(room: BoardRoom, pulled: Pulled): void {
  const { store, undo, mover } = room;
  const column = store.columns().find((c) => c.id === pulled.columnId)?.name ?? '';
  const text = t('board.pulled', { key: pulled.key, column });
  const id = `pulled-${pulled.id}`;
  const entry: Undoable = {
    text,
    toast: id,
    back: async () => {
      await store.quietly(() => store.undo(pulled.id, pulled.seq));
      await store.quietly(() => store.patch(pulled.id, { ownerIds: pulled.ownersBefore }));
    },
  };
  undo.push(entry);
  announce(text);
  toast({
    id,
    text,
    action: {
      label: t('board.undo'),
      run: () => {
        closeToast(id);
        void mover.runUndo(entry);
      },
    },
  });
  whenThere(room, pulled);
}

/** The focus goes to the card once the board shows it where it is now. */
function whenThere(room: BoardRoom, pulled: Pulled): void {
  const { store } = room;
  const there = () => store.card(pulled.id)?.columnId === pulled.columnId;
  if (there()) {
    focusCard(room, pulled.id);
    return;
  }
  const off = store.subscribe(pulled.id, () => {
    if (!there()) return;
    off();
    focusCard(room, pulled.id);
  });
}
