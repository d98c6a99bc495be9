import { Link } from '@tanstack/react-router';
import {
  CircleSlash,
  History,
  Hourglass,
  Lightbulb,
  MessageSquare,
  PencilLine,
  RotateCcw,
  Split,
  Undo2,
} from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { announce } from '../../lib/announce';
import { toastError } from '../../lib/notify';
import { useMe, worksSomewhere } from '../../lib/session';
import { lookedAtAgain, renewThere, understandThere } from './acts';
import { t } from './messages';
import { goOn, nextOf } from './next';
import { isRenewable } from './proof';
import { type Room, useRoom } from './room';
import { There } from './Services';
import {
  hasAnswered,
  inherits,
  isShort,
  isStampable,
  isThere,
  lacking,
  mayAcceptGap,
  mayDoubt,
  mayUnderstand,
  toDoThere,
} from './state';
import type { Item } from './types';

/** What this person may do with an item; the server decides, this hides what it would refuse. */
export function actsOf(item: Item, room: Room) {
  const { may, live } = room;
  const me = live.me.id;
  const services = inherits(item) ? item.services.filter(isThere) : [];
  const own = services.length === 0;
  const stampable = services.filter(isStampable).length;
  const open = item.state === 'unanswered' || item.why === 'stale' || item.why === 'gap_over';
  const asked = item.state === 'questioned';
  const reads = own && item.state === 'answered' && mayUnderstand(item, live.me, may);
  return {
    understand: reads,
    pushBack: reads || (own && mayDoubt(item, live.me, may)),
    confirm: own && item.confirm?.id === me,
    /** Of so many services at once; one of several has its own beside its answer. */
    stillTrue: may.answer && (stampable === services.length || stampable > 1) ? stampable : 0,
    there: toDoThere(item, live.me, may),
    differs: may.answer && services.some(hasAnswered),
    backToService: !!item.differs && !!item.services?.length && may.answer,
    /** No service has said anything: it can be answered here, or there. */
    answerHere: may.answer && !own && !item.skipped && !services.some(hasAnswered),
    answer: may.answer && own && !item.skipped && (open || (asked && item.asked?.person.id !== me)),
    edit: may.answer && own && !open && !asked && item.state !== 'na' && !item.skipped,
    renew: may.answer && own && !item.skipped && isRenewable(item),
    withdraw: own && asked && item.asked?.person.id === me,
    gap:
      mayAcceptGap(item, live.me, may) && !item.skipped && item.state !== 'understood' && item.state !== 'na',
    na: may.answer && !item.skipped && item.state !== 'na' && item.state !== 'understood',
    reopen: may.answer && own && (item.state === 'na' || item.state === 'gap'),
  };
}

/** What was looked at again today, and is as it was. */
export const renewed = (item: Item) => ({
  do: 'answer' as const,
  item: item.key,
  text: item.text,
  evidence: lookedAtAgain(item.proof),
  base: item.rev,
});

/** The next step with an item, at its right. `lead`: the one of the page that is filled. */
export function Acts({ item, lead }: { item: Item; lead: boolean }) {
  const room = useRoom();
  const { live, open, setOpen, go } = room;
  const can = actsOf(item, room);
  // with evidence that is missing it is understood there, where one says why that is enough
  const readHere = can.there?.why === 'to_understand' && lacking(item, can.there.proof).length === 0;
  const main = lead ? 'btn sm' : 'btn soft sm';
  const inCourse = open?.what === 'stamp' && open.item === item.key;
  const stamp = useRef<HTMLButtonElement>(null);
  const [renewing, setRenewing] = useState(false);
  useEffect(() => {
    if (inCourse) stamp.current?.focus();
  }, [inCourse]);
  const said = (act: Parameters<typeof live.act>[0]) => {
    live.act(act);
    if (inCourse) goOn(room, nextOf(room, item, item.text));
  };
  return (
    <>
      {can.understand && (
        <button type="button" className={main} onClick={() => understand(room, item)}>
          {t(item.opened || isShort(item) ? 'ck.understand' : 'ck.read')}
        </button>
      )}
      {can.confirm && (
        <button
          ref={stamp}
          data-course={inCourse || undefined}
          type="button"
          className={main}
          onClick={() => {
            go(item.key);
            said({ do: 'confirm', item: item.key, rev: item.rev });
          }}
        >
          {t('ck.confirm')}
        </button>
      )}
      {can.stillTrue > 0 && (
        <button
          ref={stamp}
          data-course={inCourse || undefined}
          type="button"
          className={main}
          onClick={() => said({ do: 'still-true', item: item.key })}
        >
          {can.stillTrue > 1 ? t('ck.stillTrueAll', { n: can.stillTrue }) : t('ck.stillTrue')}
        </button>
      )}
      {can.there && isRenewable(can.there) && (
        <button
          ref={stamp}
          data-course={inCourse || undefined}
          type="button"
          className={main}
          title={t('ck.renewThere', { name: can.there.service.name })}
          data-busy={renewing || undefined}
          onClick={() => {
            if (renewing) return;
            setRenewing(true);
            if (inCourse) goOn(room, nextOf(room, item, item.text));
            renewThere(can.there!, item.key)
              .then(live.again, toastError)
              .finally(() => setRenewing(false));
          }}
        >
          {t('ck.renew')}
        </button>
      )}
      {can.there && readHere && (
        <button
          type="button"
          className={main}
          title={t('ck.understandThere', { name: can.there.service.name })}
          onClick={() => {
            if (room.at !== item.key) go(item.key);
            if (room.at !== item.key && !isShort(can.there!)) return;
            understandThere(can.there!, item.key).then(() => {
              announce(t('ck.saidUnderstood', { key: item.key }));
              live.again();
            }, toastError);
          }}
        >
          {t(room.at === item.key || isShort(can.there) ? 'ck.understand' : 'ck.read')}
        </button>
      )}
      {can.there && !isRenewable(can.there) && !readHere && <There s={can.there} item={item} button />}
      {can.differs && can.stillTrue > 0 && <Differs item={item} />}
      {can.pushBack && (
        <button
          type="button"
          className="btn line sm"
          onClick={() => {
            go(item.key);
            setOpen({ what: 'push-back', item: item.key });
          }}
        >
          {t('ck.pushBack')}
        </button>
      )}
      {can.renew && (
        <button
          type="button"
          className="btn soft sm"
          onClick={() => {
            go(item.key);
            live.act(renewed(item));
          }}
        >
          {t('ck.renew')}
        </button>
      )}
      {can.answer && (
        <button
          type="button"
          className={item.explainedBy?.person.id === live.me.id && item.asked ? main : 'btn line sm'}
          onClick={() => {
            go(item.key);
            setOpen({ what: 'answer', item: item.key });
          }}
        >
          {t('ck.answer')}
        </button>
      )}
      {can.answerHere && (
        <button
          type="button"
          className="btn line sm"
          onClick={() => {
            go(item.key);
            setOpen({ what: 'answer', item: item.key });
          }}
        >
          {t('ck.answerHere')}
        </button>
      )}
      {can.withdraw && (
        <button
          type="button"
          className="btn line sm"
          onClick={() => live.act({ do: 'withdraw', item: item.key })}
        >
          <Undo2 size={13} aria-hidden />
          {t('ck.withdraw')}
        </button>
      )}
      {item.state === 'gap' && item.gap?.card && (
        <Link
          to="/c/$key"
          params={{ key: item.gap.card.key } as never}
          className="key"
          title={item.gap.card.title}
        >
          {item.gap.card.key}
        </Link>
      )}
    </>
  );
}

function Differs({ item, quiet }: { item: Item; quiet?: boolean }) {
  const { go, setOpen } = useRoom();
  return (
    <button
      type="button"
      className={quiet ? 'btn ghost sm' : 'btn line sm'}
      onClick={() => {
        go(item.key);
        setOpen({ what: 'answer', item: item.key });
      }}
    >
      {quiet && <Split size={14} aria-hidden />}
      {t('ck.differs')}
    </button>
  );
}

/** Reading comes first: what nobody has looked at is not understood. */
export function understand(room: Room, item: Item): void {
  const read = item.opened || isShort(item);
  if (!read || room.at !== item.key) {
    room.go(item.key);
    if (!read) return;
  }
  if (item.lacks?.length) {
    room.setOpen({ what: 'without', item: item.key });
    return;
  }
  room.live.act({ do: 'understand', item: item.key, rev: item.rev });
  announce(t('ck.saidUnderstood', { key: item.key }));
}

/** The rest of what can be done with the item that is read. */
export function More({ item }: { item: Item }) {
  const room = useRoom();
  const { live, setOpen } = room;
  const me = useMe();
  const can = actsOf(item, room);
  const show = (what: 'answer' | 'gap' | 'not-applicable' | 'history' | 'comments' | 'propose') => () =>
    setOpen({ what, item: item.key });
  return (
    <div className="ck-rest">
      {can.edit && (
        <button type="button" className="btn ghost sm" onClick={show('answer')}>
          <PencilLine size={14} aria-hidden />
          {t('ck.edit')}
        </button>
      )}
      {can.differs && can.stillTrue === 0 && <Differs item={item} quiet />}
      {can.backToService && (
        <button
          type="button"
          className="btn ghost sm"
          onClick={() => live.act({ do: 'differs', item: item.key, differs: false })}
        >
          <Undo2 size={14} aria-hidden />
          {t('ck.backToService')}
        </button>
      )}
      {can.gap && (
        <button type="button" className="btn ghost sm" onClick={show('gap')}>
          <Hourglass size={14} aria-hidden />
          {t('ck.gap')}
        </button>
      )}
      {can.na && (
        <button type="button" className="btn ghost sm" onClick={show('not-applicable')}>
          <CircleSlash size={14} aria-hidden />
          {t('ck.naDo')}
        </button>
      )}
      {can.reopen && (
        <button
          type="button"
          className="btn ghost sm"
          onClick={() => live.act({ do: 'reopen', item: item.key })}
        >
          <RotateCcw size={14} aria-hidden />
          {t('ck.reopen')}
        </button>
      )}
      <button type="button" className="btn ghost sm" onClick={show('comments')}>
        <MessageSquare size={14} aria-hidden />
        {t('ck.comments', { n: item.comments })}
      </button>
      <button type="button" className="btn ghost sm" onClick={show('history')}>
        <History size={14} aria-hidden />
        {t('ck.history')}
      </button>
      {worksSomewhere(me) && (
        <button type="button" className="btn ghost sm" onClick={show('propose')}>
          <Lightbulb size={14} aria-hidden />
          {t('ck.propose')}
        </button>
      )}
    </div>
  );
}
