import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { api } from '../../lib/api';
import { toastError } from '../../lib/notify';
import { personNow } from '../../lib/session';
import { readStored, writeStored } from '../../lib/stored';
import { useConnection } from '../../live';
import { type Kept, Taps, type TapsState } from '../../live/taps';
import { type LiveTopic, type TopicState, useTopic, useTopicState } from '../../live/topic';
import { type Act, lay, send } from './acts';
import { keepLate } from './late';
import type { RetroView } from './types';
import { toastNotDone } from './unreached';

/** One says so often that one is here. */
const HERE_MS = 20_000;

export interface Retro {
  id: string;
  status: TopicState<RetroView>['status'];
  error?: unknown;
  /** How it stands, with what is on its way laid over it. */
  view?: RetroView;
  taps: TapsState;
  act: (act: Act) => void;
  /** Asks for something whose answer is a view; says what was refused. True when it was done. */
  ask: (path: string, body?: unknown, how?: 'post' | 'patch' | 'del') => Promise<boolean>;
  take: (view: RetroView) => void;
  again: () => void;
}

const IDLE: TapsState = { waiting: 0, trying: false };
const never = () => () => {};

export function useRetro(id: string): Retro {
  const topic = useTopic<RetroView>(`retro:${id}`, `/retros/${id}`);
  const state = useTopicState(topic);
  const taps = useTaps(id, topic);
  const now = useSyncExternalStore(taps?.watch ?? never, taps?.snapshot ?? (() => IDLE));
  const connection = useConnection();
  useEffect(() => {
    if (connection.state === 'live') taps?.kick();
  }, [connection.state, taps]);
  useHere(id, topic, state.view?.me.canWrite === true && state.view.retro.phase !== 'open');
  const view = state.view && (taps?.over(state.view) ?? state.view);
  const act = useCallback((a: Act) => taps?.tap(a), [taps]);
  const take = useCallback((v: RetroView) => topic?.take(v), [topic]);
  const again = useCallback(() => void topic?.read(), [topic]);
  const ask = useCallback<Retro['ask']>(
    async (path, body, how = 'post') => {
      try {
        take(await (how === 'del' ? api.del<RetroView>(path) : api[how]<RetroView>(path, body)));
        return true;
      } catch (error) {
        toastNotDone(error);
        return false;
      }
    },
    [take],
  );
  return { id, status: state.status, error: state.error, view, taps: now, act, ask, take, again };
}

/** Joins the meeting on arriving, and says again and again that one is still here. */
function useHere(id: string, topic: LiveTopic<RetroView> | undefined, may: boolean): void {
  useEffect(() => {
    if (!topic || !may) return;
    const say = () =>
      api.post<RetroView>(`/retros/${id}/join`).then(
        (v) => topic.take(v),
        () => {}, // the connection's word tells why
      );
    void say();
    const timer = setInterval(say, HERE_MS);
    return () => clearInterval(timer);
  }, [id, topic, may]);
}

/** What has not arrived stays in this browser, for this person only. */
function useTaps(id: string, topic: LiveTopic<RetroView> | undefined): Taps<RetroView, Act> | undefined {
  const [taps, setTaps] = useState<Taps<RetroView, Act>>();
  useEffect(() => {
    if (!topic) return setTaps(undefined);
    const me = personNow();
    const name = `retro.${me}.${id}.unsent`;
    const made = new Taps<RetroView, Act>({
      send: (a, key) => send(id, a, key),
      lay: (v, a, key) => lay(v, a, key, me),
      take: (v) => topic.take(v),
      refused: (error, a) => {
        keepLate(id, a);
        toastError(error);
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
  }, [id, topic]);
  return taps;
}
