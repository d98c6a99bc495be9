import { useKeys } from '../../lib/keys';
import { actsOf, understand } from './Acts';
import { t } from './messages';
import type { Room } from './room';
import { type Filter, isQuiet, itemOf, shownIn } from './state';

/** The keys of a checklist: from question to question, and the two words that a reader says. */
export function useChecklistKeys(
  room: Room | undefined,
  filter: Filter,
  onTopic: (key: string) => void,
): void {
  const step = (by: 1 | -1) => {
    if (!room) return false;
    const { topic, at, live, view } = room;
    const keys = topic.items
      .filter(
        (i) => shownIn(i, filter, live.me, view.may) && (filter !== 'all' || !isQuiet(i) || i.key === at),
      )
      .map((i) => i.key);
    const i = at ? keys.indexOf(at) : by > 0 ? -1 : keys.length;
    const next = keys[i + by];
    if (next) room.go(next);
    else if (at) turn(by);
    return true;
  };
  const turn = (by: 1 | -1) => {
    if (!room) return false;
    const { topics } = room.view;
    const i = topics.findIndex((x) => x.key === room.topic.key);
    onTopic(topics[(i + by + topics.length) % topics.length]!.key);
    return true;
  };
  const here = () => (room?.at ? itemOf(room.view, room.at) : undefined);
  useKeys(t('ck.keys'), [
    { keys: ['j', 'ArrowDown'], label: t('ck.key.next'), run: () => step(1) },
    { keys: ['k', 'ArrowUp'], label: t('ck.key.prev'), run: () => step(-1) },
    { keys: ']', label: t('ck.key.topic'), run: () => turn(1) },
    { keys: '[', label: t('ck.key.topicBack'), run: () => turn(-1) },
    {
      keys: 'u',
      label: t('ck.key.understand'),
      run: () => {
        const item = here();
        if (!room || !item || !actsOf(item, room).understand) return false;
        understand(room, item);
      },
    },
    {
      keys: 'p',
      label: t('ck.key.back'),
      run: () => {
        const item = here();
        if (!room || !item || !actsOf(item, room).pushBack) return false;
        room.setOpen({ what: 'push-back', item: item.key });
      },
    },
    {
      keys: 'e',
      label: t('ck.key.answer'),
      run: () => {
        const item = here();
        const can = room && item && actsOf(item, room);
        if (!can || !(can.answer || can.edit)) return false;
        room.setOpen({ what: 'answer', item: item.key });
      },
    },
  ]);
}
