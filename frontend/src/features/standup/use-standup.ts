import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { toastError } from '../../lib/notify';
import { personNow } from '../../lib/session';
import { useConnection } from '../../live';
import { type LiveTopic, type TopicState, useTopic, useTopicState } from '../../live/topic';
import { join } from './acts';
import { type Tap, Taps, type TapsState } from './taps';
import type { StandupView } from './types';

/** Events leave the brief out: it does not change while the meeting lasts. */
function keepBrief(next: StandupView, old: StandupView | undefined): StandupView {
  if (!next.meeting || next.meeting.brief || next.meeting.id !== old?.meeting?.id) return next;
  return { ...next, meeting: { ...next.meeting, brief: old.meeting.brief } };
}

export interface Standup {
  status: TopicState<StandupView>['status'];
  error?: unknown;
  /** How it stands, one's own taps included. */
  view?: StandupView;
  taps: TapsState;
  heard: TopicState<StandupView>['heard'];
  /** Makes a tap from the view as it is shown; nothing when the act answers undefined. */
  act: (make: (v: StandupView) => Tap | undefined) => boolean;
  /** Takes the view that another request was answered with. */
  take: (v: StandupView) => void;
  again: () => void;
}

const IDLE: TapsState = { waiting: 0, trying: false };
const never = () => () => {};

/** A series with its meeting, live, and the taps that change it. */
export function useStandup(seriesId: string | undefined): Standup {
  const topic = useTopic<StandupView>(seriesId && `standup:${seriesId}`, `/standups/${seriesId}`, keepBrief);
  const state = useTopicState(topic);
  const taps = useTaps(topic, seriesId);
  const now = useSyncExternalStore(taps?.watch ?? never, taps?.snapshot ?? (() => IDLE));
  const connection = useConnection();
  useEffect(() => {
    if (connection.state === 'live') taps?.kick();
  }, [connection.state, taps]);
  const view = state.view && (taps?.over(state.view) ?? state.view);
  const act = useCallback<Standup['act']>(
    (make) => {
      const known = topic?.snapshot().view;
      if (!known || !taps) return false;
      const tap = make(taps.over(known));
      if (tap) taps.tap(tap);
      return tap !== undefined;
    },
    [topic, taps],
  );
  const take = useCallback((v: StandupView) => topic?.take(v), [topic]);
  const again = useCallback(() => void topic?.read(), [topic]);
  return { status: state.status, error: state.error, view, taps: now, heard: state.heard, act, take, again };
}

/** Whoever comes on a device of their own while it runs is there, once: who leaves again is not called back. */
export function useJoin({ view, act }: Standup, on = true): void {
  const me = personNow();
  const meeting = view?.meeting;
  const id = meeting?.id;
  const here = meeting?.attendance.people.some((p) => p.personId === me && p.state === 'joined');
  const asked = useRef<string>(undefined);
  useEffect(() => {
    if (!on || !id || here || asked.current === id) return;
    asked.current = id;
    act(join);
  }, [on, id, here, act]);
}

function useTaps(topic: LiveTopic<StandupView> | undefined, seriesId: string | undefined): Taps | undefined {
  const [taps, setTaps] = useState<Taps>();
  useEffect(() => {
    if (!topic) return setTaps(undefined);
    const made = new Taps(
      (v) => topic.take(v),
      (error) => toastError(error),
      `trestle.taps.${personNow()}.${seriesId}`,
    );
    setTaps(made);
    return () => made.stop();
  }, [topic, seriesId]);
  return taps;
}
