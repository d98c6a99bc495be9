import { useCallback } from 'react';
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
