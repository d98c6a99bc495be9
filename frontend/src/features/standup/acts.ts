import { serverNow } from '../../lib/server-clock';
import type { Tap } from './taps';
import type { Meeting, Named, Parked, StandupView } from './types';
import { stepBeside } from './walk';

// What the remote can do. Each act says what the server is asked and how the picture looks until it has answered.

const inMeeting =
  (change: (m: Meeting) => Meeting): Tap['lay'] =>
  (v) =>
    v.meeting ? { ...v, meeting: change(v.meeting) } : v;
const path = (v: StandupView, verb: string) => `/standups/${v.series.id}/${verb}`;

function going(v: StandupView, to: number, skipped: boolean): Tap {
  const from = v.meeting?.at ?? 0;
  return {
    method: 'post',
    path: path(v, 'advance'),
    body: { from, to, ...(skipped ? { skipped } : {}) },
    lay: inMeeting((m) =>
      m.at === from
        ? {
            ...m,
            state: 'running',
            at: to,
            steps: m.steps.map((s) =>
              s.n === to && !s.shownAt ? { ...s, shownAt: new Date(serverNow()).toISOString() } : s,
            ),
          }
        : m,
    ),
  };
}

/** On to the next step; behind the last one the walk is finished. Undefined when there is nowhere to go. */
export function forward(v: StandupView, skipped = false): Tap | undefined {
  if (v.meeting?.state !== 'running') return undefined;
  const next = stepBeside(v.meeting, 1);
  return next ? going(v, next.n, skipped) : finish(v);
}

/** One step back; from the 16th minute back to the walk. */
export function back(v: StandupView): Tap | undefined {
  if (!v.meeting) return undefined;
  if (v.meeting.state === 'sixteenth') return going(v, v.meeting.at, false);
  const before = stepBeside(v.meeting, -1);
  return before && going(v, before.n, false);
}

export function finish(v: StandupView): Tap {
  const open = v.parked.some((p) => !p.outcome);
  return {
    method: 'post',
    path: path(v, 'finish'),
    lay: open ? inMeeting((m) => ({ ...m, state: 'sixteenth' })) : (x) => ({ ...x, meeting: undefined }),
  };
}
export const end = (v: StandupView): Tap => ({
  method: 'post',
  path: path(v, 'end'),
  lay: (x) => ({ ...x, meeting: undefined }),
});

export const drive = (v: StandupView, me: Named): Tap => ({
  method: 'post',
  path: path(v, 'drive'),
  lay: inMeeting((m) => ({ ...m, driver: me })),
});
export const join = (v: StandupView): Tap => ({ method: 'post', path: path(v, 'join'), lay: (x) => x });

export function oneMinuteMore(v: StandupView): Tap | undefined {
  if (!v.meeting) return undefined;
  const boxSeconds = v.meeting.boxSeconds + 60;
  return {
    method: 'post',
    path: path(v, 'box'),
    body: { minutes: Math.round(boxSeconds / 60) },
    lay: inMeeting((m) => ({ ...m, boxSeconds })),
  };
}

export const showHealthy = (v: StandupView, open: boolean): Tap => ({
  method: 'post',
  path: path(v, 'healthy'),
  body: { open },
  lay: inMeeting((m) => ({ ...m, healthyOpen: open })),
});

/** Makes somebody a helper of a card, or no longer one. */
export function help(v: StandupView, cardId: string, person: Named, helps: boolean): Tap {
  const lay = inMeeting((m) => ({
    ...m,
    steps: m.steps.map((s) => {
      if (s.cardId !== cardId) return s;
      const others = (s.helpers ?? []).filter((h) => h.id !== person.id);
      return { ...s, helpers: helps ? [...others, person] : others };
    }),
  }));
  return helps
    ? { method: 'post', path: path(v, 'help'), body: { cardId, personId: person.id }, lay }
    : { method: 'del', path: `${path(v, 'help')}/${cardId}/${person.id}`, lay };
}

export function park(
  v: StandupView,
  what: { text: string; card?: { id: string; key: string; title: string }; people: Named[] },
  by: Named,
): Tap {
  const { text, card, people } = what;
  const item: Parked = {
    id: `new-${text}-${card?.id ?? ''}`,
    text,
    cardId: card?.id,
    cardKey: card?.key,
    cardTitle: card?.title,
    people,
    by,
    at: new Date(serverNow()).toISOString(),
    days: 0,
  };
  return {
    method: 'post',
    path: path(v, 'park'),
    body: {
      ...(text ? { text } : {}),
      ...(card ? { cardId: card.id } : {}),
      ...(people.length ? { personIds: people.map((p) => p.id) } : {}),
    },
    // Its event may come before its answer.
    lay: (x) =>
      x.parked.some((p) => !v.parked.includes(p) && p.text === text && p.cardId === card?.id)
        ? x
        : { ...x, parked: [...x.parked, item] },
  };
}

export const attend = (v: StandupView, personId: string, state: 'here' | 'away'): Tap => ({
  method: 'post',
  path: path(v, 'attendance'),
  body: { personId, state },
  lay: inMeeting((m) => ({
    ...m,
    attendance: {
      ...m.attendance,
      people: m.attendance.people.map((p) => (p.personId === personId ? { ...p, state } : p)),
    },
  })),
});
export const headCount = (v: StandupView, core: number): Tap => ({
  method: 'post',
  path: path(v, 'attendance'),
  body: { core },
  lay: inMeeting((m) => ({ ...m, attendance: { ...m.attendance, core } })),
});
