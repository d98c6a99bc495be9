import { toast } from '../../lib/notify';
import { actsOf } from './Acts';
import { t } from './messages';
import type { Room } from './room';
import { allItems } from './state';
import type { Item } from './types';
import { spares } from './when';

/** What this person can do with an item so that it blocks no more, or waits for others. */
function stepAt(item: Item, room: Room): 'answer' | 'stamp' | undefined {
  if (!item.blocks) return undefined;
  const can = actsOf(item, room);
  if (can.answer || can.answerHere) return 'answer';
  return can.stillTrue > 0 || can.confirm || (can.differs && item.why === 'stale') ? 'stamp' : undefined;
}

/** It can be answered, or said to be still true, by this person. */
export const isStep = (item: Item, room: Room): boolean => stepAt(item, room) !== undefined;

/**
 * The question after this one with which this person has something to do, the last one's being the first again. What
 * hangs on this one and is not asked after `says` is passed over; `says` is its answer, undefined when it does not apply.
 */
export function nextOf(room: Room, item: Item, says: string | undefined): Item | undefined {
  const all = allItems(room.view);
  const here = all.findIndex((i) => i.key === item.key);
  return [...all.slice(here + 1), ...all.slice(0, here)].find(
    (i) => isStep(i, room) && !(i.when?.item === item.key && (says === undefined || spares(i.when, says))),
  );
}

/** Leads there: the fields of an answer are open, or the button that says that it is still true has the focus. */
export function goOn(room: Room, next: Item | undefined): void {
  if (!next) toast({ text: t('ck.allSaid') });
  if (next) room.go(next.key);
  room.setOpen(next && { what: stepAt(next, room) ?? 'stamp', item: next.key });
}
