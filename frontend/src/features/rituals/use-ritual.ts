import { useCallback, useEffect, useRef } from 'react';
import { api } from '../../lib/api';
import { toastError } from '../../lib/notify';
import { type LiveTopic, type TopicState, useTopic, useTopicState } from '../../live/topic';
import type { RitualView } from './types';

export interface Ritual {
  id: string;
  topic?: LiveTopic<RitualView>;
  status: TopicState<RitualView>['status'];
  view?: RitualView;
  /** Asks for something whose answer is a view; says what was refused. True when it was done. */
  ask: (path: string, body?: unknown) => Promise<boolean>;
  take: (view: RitualView) => void;
  again: () => void;
}

/** A series with its sitting, live. */
export function useRitual(id: string): Ritual {
  const topic = useTopic<RitualView>(`ritual:${id}`, `/rituals/${id}`);
  const state = useTopicState(topic);
  const take = useCallback((v: RitualView) => topic?.take(v), [topic]);
  const again = useCallback(() => void topic?.read(), [topic]);
  const ask = useCallback<Ritual['ask']>(
    async (path, body) => {
      try {
        take(await api.post<RitualView>(`/rituals/${id}/${path}`, body));
        return true;
      } catch (error) {
        toastError(error);
        return false;
      }
    },
    [id, take],
  );
  return { id, topic, status: state.status, view: state.view, ask, take, again };
}

/** Whoever comes while it runs is there, once: who leaves again is not called back. */
export function useJoin(ritual: Ritual, me: string | undefined): void {
  const sitting = ritual.view?.sitting;
  const { ask } = ritual;
  const here = sitting?.attendance.people.some((p) => p.personId === me && p.state === 'joined');
  const asked = useRef<string>(undefined);
  useEffect(() => {
    if (!me || !sitting || here || asked.current === sitting.id) return;
    asked.current = sitting.id;
    void ask('join');
  }, [me, sitting, here, ask]);
}
