import { announce } from '../../../lib/announce';
import { NetworkError } from '../../../lib/api';
import { closeToast, toast } from '../../../lib/notify';
import type { BulkAnswer, BulkChange } from '../../../live/types';
import { asksFirst } from '../../../ui/entry-list';
import type { BoardRoom } from '../context';
import { t as board } from '../messages';
import { sentence } from '../move';
import { clearSelected, inOrder } from '../select';
import type { Undoable } from '../undo';
import { t } from './messages';

const MOST = 200;
const ARCHIVED_MS = 30_000;

/** The selected cards that are still here, as they are read on the board. */
export function selectedNow(room: BoardRoom): string[] {
  const { selected } = room.ui.getState();
  const shown = inOrder(room.view).filter((id) => selected.has(id));
  const hidden = [...selected].filter((id) => !shown.includes(id) && room.store.card(id));
  return [...shown, ...hidden];
}

/**
 * One change of all selected cards. It asks at most once, says once what happened, and is taken back as one. True
 * when it was done.
 */
export async function changeAll(room: BoardRoom, change: BulkChange, what: BulkWords): Promise<boolean> {
  const ids = selectedNow(room);
  if (!room.canWork() || ids.length === 0) return false;
  if (ids.length > MOST) return refuse(t('bulk.tooMany', { n: MOST }));
  room.ui.setState({ bulkBusy: true });
  try {
    const done = await asking(room, ids, change, what);
    if (done) say(room, ids, done.change, what, done.answer);
    return done !== undefined;
  } catch (error) {
    return refuse(error instanceof NetworkError ? t('bulk.offline') : sentence(error));
  } finally {
    room.ui.setState({ bulkBusy: false });
  }
}

export const archiveAll = (room: BoardRoom): Promise<boolean> =>
  changeAll(room, { archive: true }, { text: (n) => t('bulk.archived', { n }) });

export interface BulkWords {
  /** "5 cards moved to Build" for so many. */
  text: (n: number) => string;
}

/** What was sent in the end, with the reasons, and the answer; undefined = the person thought better of it. */
async function asking(
  room: BoardRoom,
  ids: string[],
  change: BulkChange,
  what: BulkWords,
): Promise<{ change: BulkChange; answer: BulkAnswer } | undefined> {
  try {
    return { change, answer: await room.store.bulk(ids, change) };
  } catch (error) {
    if (!asksFirst(error)) throw error;
    const more = await room.mover.askFor(error, t('bulk.cards', { n: ids.length }), change.move?.columnId);
    if (!more) return undefined;
    const checks = more.checks && { ...change.checks, ...more.checks };
    return asking(room, ids, { ...change, ...more, checks }, what);
  }
}

function say(room: BoardRoom, ids: string[], change: BulkChange, what: BulkWords, answer: BulkAnswer): void {
  const n = answer.items.filter((x) => x.changed).length;
  if (n === 0) {
    announce(t('bulk.nothing'));
    toast({ id: 'bulk', text: t('bulk.nothing') });
    return;
  }
  const text = what.text(n);
  const entry = wayBack(room, ids, change, answer, text);
  entry.toast = 'bulk';
  room.undo.push(entry);
  if (change.archive) clearSelected(room);
  announce(text);
  toast({
    id: 'bulk',
    text,
    stay: change.archive ? ARCHIVED_MS : undefined,
    action: { label: board('board.undo'), run: () => void room.mover.runUndo(entry) },
  });
}

/** All of it back, or nothing; again only over what nobody changed meanwhile. */
function wayBack(
  room: BoardRoom,
  ids: string[],
  change: BulkChange,
  answer: BulkAnswer,
  text: string,
): Undoable {
  const done = answer.items.filter((x) => x.changed);
  let back: BulkAnswer | undefined;
  return {
    text,
    back: async () => {
      back = await room.store.bulk(
        done.map((x) => x.card.id),
        { undo: done.map((x) => x.seq) },
      );
    },
    again: async () => {
      const versions = Object.fromEntries((back?.items ?? []).map((x) => [x.card.id, x.card.version]));
      const anew = await room.store.bulk(ids, { ...change, versions });
      return wayBack(room, ids, change, anew, text);
    },
  };
}

function refuse(text: string): false {
  closeToast('bulk');
  announce(text);
  toast({ text, tone: 'bad', stay: 9000 });
  return false;
}
