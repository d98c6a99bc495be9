import { Link, useNavigate } from '@tanstack/react-router';
import { Archive, CloudOff, CloudUpload, DoorOpen, Snowflake, UserRoundCheck } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { PageTitle, Top } from '../../lib/page';
import { EmptyState } from '../../ui/EmptyState';
import { RequestNumber } from '../../ui/RequestNumber';
import { AfterAWhile, Bone } from '../../ui/Skeleton';
import { Dialogs } from './Dialogs';
import { t } from './messages';
import { Phone } from './Phone';
import { Printed } from './Printed';
import { isClosed, NOTHING, type Open, type Room, RoomContext } from './room';
import { Side } from './Side';
import { type Filter, firstTopic, hasAnswered, itemOf, shownIn, topicOf, waitsFor } from './state';
import { TakeAway } from './TakeAway';
import { TopicPanel } from './TopicPanel';
import type { Checklist } from './types';
import { type Live, useChecklist } from './use-checklist';
import { useChecklistKeys } from './use-keys';
import { useNarrow } from './use-narrow';
import { usePrinting } from './use-printing';
import { shortDay } from './words';
import './checklist.css';

/** A checklist, filled in and read together. `faces`: who else is here, as the top bar shows them. */
export function ChecklistPage({
  id,
  state,
  faces,
  item,
}: {
  id: string;
  state?: ReactNode;
  faces: (people: Live['here']['people']) => ReactNode;
  /** The item to begin at, of a link. */
  item?: string;
}) {
  const live = useChecklist(id);
  const { view } = live;
  if (!view || live.status === 'missing')
    return (
      <div className="page">
        <PageTitle title={t('ck.title')} />
        <Top place="state">{state}</Top>
        {live.status === 'loading' ? <Waiting /> : <Broken live={live} />}
      </div>
    );
  return <Opened live={live} view={view} state={state} faces={faces} begin={item} />;
}

function Waiting() {
  return (
    <AfterAWhile>
      <div className="ck" aria-busy="true">
        <div className="ck-side">
          <Bone width={150} height={36} />
          {[0, 1, 2, 3, 4, 5, 6].map((i) => (
            <Bone key={i} width="100%" height={30} />
          ))}
        </div>
        <Bone width="100%" height={560} radius={10} />
      </div>
    </AfterAWhile>
  );
}

function Broken({ live }: { live: Live }) {
  const failed = live.status === 'error';
  return (
    <EmptyState
      icon={<CloudOff size={28} />}
      title={t(failed ? 'ck.error' : 'ck.missing')}
      action={
        failed ? (
          <>
            <button type="button" className="btn" onClick={live.again}>
              {t('ck.again')}
            </button>
            <RequestNumber error={live.error} />
          </>
        ) : (
          <Link to="/checklists" className="btn line">
            {t('ck.all')}
          </Link>
        )
      }
    >
      {t(failed ? 'ck.errorText' : 'ck.missingText')}
    </EmptyState>
  );
}

function Opened({
  live,
  view,
  state,
  faces,
  begin,
}: {
  live: Live;
  view: Checklist;
  state?: ReactNode;
  faces: (people: Live['here']['people']) => ReactNode;
  begin?: string;
}) {
  const [at, setAt] = useState(begin);
  const [topicKey, setTopic] = useState(
    () => (begin && topicOf(view, begin)?.key) || firstTopic(view, live.me),
  );
  const [filter, setFilter] = useState<Filter>('all');
  const [open, setOpen] = useState<Open>();
  const narrow = useNarrow();
  const [printing, print] = usePrinting();
  const topic = view.topics.find((x) => x.key === topicKey) ?? view.topics[0];
  const { act, here } = live;
  /** What was said to be opened; where the server does not take it, it is not said again. */
  const said = useRef(new Set<string>());
  const navigate = useNavigate();
  /** The address says which question is read: reloaded or sent to somebody, it opens there. */
  const place = useCallback(
    (key: string | undefined) => {
      setAt(key);
      void navigate({
        to: '.',
        search: key ? { item: key } : {},
        replace: true,
        resetScroll: false,
      } as never);
    },
    [navigate],
  );
  const go = useCallback(
    (key: string | undefined) => {
      place(key);
      setOpen((old) =>
        (old?.what === 'answer' || old?.what === 'stamp') && old.item !== key ? undefined : old,
      );
      here.at(key ? { cardId: key } : {});
      const item = key ? itemOf(view, key) : undefined;
      if (!key || !item) return;
      const its = topicOf(view, key);
      if (its) setTopic(its.key);
      setFilter((f) => (shownIn(item, f, live.me, view.may) ? f : 'all'));
      const reading = `${key} ${item.rev}`;
      if (
        item.opened ||
        !(item.explainedBy || item.services?.some(hasAnswered)) ||
        isClosed(view) ||
        said.current.has(reading)
      )
        return;
      said.current.add(reading);
      act({ do: 'open', item: key, rev: item.rev });
    },
    [view, here, act, live.me, place],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when a link led here
  useEffect(() => {
    if (begin) go(begin);
  }, []);
  const may = isClosed(view) ? NOTHING : view.may;
  const room = useMemo<Room | undefined>(
    () => topic && { live, view, topic, at, go, open, setOpen, may },
    [live, view, topic, at, go, open, may],
  );
  const onTopic = useCallback(
    (key: string) => {
      setTopic(key);
      place(undefined);
      setOpen(undefined);
    },
    [place],
  );
  useChecklistKeys(room, filter, onTopic);
  if (!room || !topic) return null;
  const waiting = topic.items.filter((i) => waitsFor(i, live.me, may));
  const lead = waiting.find((i) => i.key === at) ?? waiting[0];
  const title = view.name;
  return (
    <RoomContext value={room}>
      <PageTitle title={title} crumb={<Link to="/checklists">{view.team.name}</Link>} />
      <Top place="state">
        {state}
        {faces(here.people)}
      </Top>
      <TakeAway live={live} view={view} onPrint={print} />
      {printing && <Printed />}
      {narrow ? (
        <Phone onTopic={onTopic} />
      ) : (
        <div className="page ck-page">
          <Notes live={live} view={view} />
          <div className="ck">
            <Side onTopic={onTopic} />
            <TopicPanel filter={filter} onFilter={setFilter} lead={lead?.key} onTopic={onTopic} />
          </div>
        </div>
      )}
      <Dialogs />
    </RoomContext>
  );
}

/** What holds for the whole of it: frozen, put away, let in without, not sent yet. */
export function Notes({ live, view }: { live: Live; view: Checklist }) {
  return (
    <>
      {view.archivedAt ? (
        <p className="ck-note" role="status">
          {t('ck.archived', { date: shortDay(view.archivedAt) })}
        </p>
      ) : (
        view.frozenAt && (
          <p className="ck-note" role="status">
            <Snowflake size={15} aria-hidden />
            {t('ck.frozen', {
              date: shortDay(view.frozenAt),
              template: t('ck.templateAt', { name: view.template.name, n: view.template.version }),
            })}
          </p>
        )
      )}
      {view.service?.archived && (
        <p className="ck-note">
          <Archive size={15} aria-hidden />
          {t('ck.serviceGoneText')}
        </p>
      )}
      {view.waived?.map((w) => (
        <p key={w.at} className="ck-note">
          <DoorOpen size={15} aria-hidden />
          <span>
            {t(w.column ? 'ck.waivedInto' : 'ck.waived', {
              who: w.person.name,
              column: w.column ?? '',
              date: shortDay(w.at),
              reason: w.reason,
            })}
            <small>{t('ck.waivedAsked', { asked: w.asked })}</small>
          </span>
        </p>
      ))}
      {view.may.standsFor && view.may.understand && !isClosed(view) && (
        <p className="ck-note">
          <UserRoundCheck size={15} aria-hidden />
          {t('ck.standIn')}
        </p>
      )}
      {live.taps.trying && live.taps.waiting > 0 && (
        <p className="ck-note" role="status">
          <CloudUpload size={15} aria-hidden />
          {t('ck.waits', { n: live.taps.waiting })}
        </p>
      )}
    </>
  );
}
