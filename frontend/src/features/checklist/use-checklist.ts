import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { ApiError } from '../../lib/api';
import { toast, toastError } from '../../lib/notify';
import { personNow, useMe } from '../../lib/session';
import { readStored, writeStored } from '../../lib/stored';
import { useConnection } from '../../live';
import { type Here, useHere } from '../../live/here';
import { type Kept, Taps, type TapsState } from '../../live/taps';
import { type LiveTopic, type TopicState, useTopic, useTopicState } from '../../live/topic';
import { type Act, lay, send } from './acts';
import { keepDraft } from './drafts';
import { t } from './messages';
import { folded, withItems } from './state';
import type { Changed, Checklist, Face } from './types';

export interface Live {
  id: string;
  status: TopicState<Checklist>['status'];
  error?: unknown;
  /** How it stands, with what is on its way laid over it. */
  view?: Checklist;
  me: Face;
  taps: TapsState;
  here: Here;
  act: (act: Act) => void;
  /** Lays over it what an own request was answered with. */
  take: (changed: Changed) => void;
  again: () => void;
}

const IDLE: TapsState = { waiting: 0, trying: false };
const never = () => () => {};
const fold = (view: Checklist, data: unknown) => folded(view, data as Changed);

export function useChecklist(id: string): Live {
  const { person } = useMe();
  const me = useMemo<Face>(
    () => ({
      id: person.id,
      name: person.name,
      discipline: person.discipline,
      hue: person.hue,
      active: true,
    }),
    [person],
  );
  const topic = useTopic<Checklist>(`checklist:${id}`, `/checklists/${id}`, undefined, fold);
  const state = useTopicState(topic);
  const taps = useTaps(id, topic, me);
  const now = useSyncExternalStore(taps?.watch ?? never, taps?.snapshot ?? (() => IDLE));
  const connection = useConnection();
  useEffect(() => {
    if (connection.state === 'live') taps?.kick();
  }, [connection.state, taps]);
  const here = useHere(state.status === 'ready' ? `checklist:${id}` : undefined);
  const view = state.view && ((taps?.over(state.view) as Checklist | undefined) ?? state.view);
  const act = useCallback((a: Act) => taps?.tap(a), [taps]);
  const take = useCallback((c: Changed) => topic && took(topic, c), [topic]);
  const again = useCallback(() => void topic?.read(), [topic]);
  return { id, status: state.status, error: state.error, view, me, taps: now, here, act, take, again };
}

/** What a command answered; where more than items has changed, the whole is read anew. */
function took(topic: LiveTopic<Checklist>, changed: Changed): void {
  const { version } = topic.snapshot().view ?? {};
  if (changed.head.version !== version) void topic.read();
  else topic.patch(changed.head.seq, (old) => folded(old, changed) ?? withItems(old, changed.items));
}

/** What has not arrived stays in this browser, for this person only. */
function useTaps(id: string, topic: LiveTopic<Checklist> | undefined, me: Face) {
  const [taps, setTaps] = useState<Taps<Changed | Checklist, Act>>();
  useEffect(() => {
    if (!topic) return setTaps(undefined);
    const name = `checklist.${personNow()}.${id}.unsent`;
    /** Of an item: the rev that an own answer stood on, and the one that it became. What waits behind it was written on that. */
    const own = new Map<string, { from: number; to: number }>();
    const based = (a: Act): Act => {
      const o = 'item' in a ? own.get(a.item) : undefined;
      if (!o) return a;
      if (a.do === 'answer') return a.base === o.from ? { ...a, base: o.to } : a;
      return 'rev' in a && a.rev === o.from ? { ...a, rev: o.to } : a;
    };
    const made = new Taps<Changed | Checklist, Act>({
      send: async (a, key) => {
        const changed = await send(id, based(a), key);
        const now = a.do === 'answer' && changed.items.find((i) => i.key === a.item);
        if (a.do === 'answer' && now) own.set(a.item, { from: own.get(a.item)?.from ?? a.base, to: now.rev });
        return changed;
      },
      lay: (v, a) => lay(v as Checklist, a, me),
      take: (c) => took(topic, c as Changed),
      refused: (error, a) => {
        refused(id, a, error);
        void topic.read();
      },
      store: {
        read: () => {
          try {
            return JSON.parse(readStored(name) ?? '[]') as Kept<Act>[];
          } catch {
            return [];
          }
        },
        write: (list) => writeStored(name, list.length ? JSON.stringify(list) : null),
      },
    });
    setTaps(made);
    return () => made.stop();
  }, [id, topic, me]);
  return taps;
}

/** Words are never lost: a refused answer is shown beside the one that stands. */
function refused(id: string, act: Act, error: ApiError): void {
  if (act.do === 'open') return;
  if (act.do === 'answer') {
    const { do: _, item, ...answer } = act;
    keepDraft(id, item, { ...answer, refused: true });
    if (error.code === 'answer_changed') return;
    toastError(error, t('ck.refusedKept', { key: item }));
    return;
  }
  if (error.code === 'answer_changed' && 'item' in act)
    toast({ text: t('ck.changedMeanwhile', { key: act.item }) });
  else toastError(error);
}
