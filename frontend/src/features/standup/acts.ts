import { serverNow } from '../../lib/server-clock';
import type { Does } from './lay';
import type { Tap } from './taps';
import type { Attendee, Named, Parked, StandupView } from './types';
import { stepBeside } from './walk';

// What the remote can do. Each act says what the server is asked, and what it does to the picture until the server has
// answered. All of it can be written down, so that a tap outlives its page.

const path = (v: StandupView, verb: string) => `/standups/${v.series.id}/${verb}`;
const post = (v: StandupView, verb: string, does: Does, body?: unknown): Tap => ({
  method: 'post',
  path: path(v, verb),
  ...(body === undefined ? {} : { body }),
  does,
});
const clockNow = () => new Date(serverNow()).toISOString();

function going(v: StandupView, to: number, skipped: boolean): Tap {
  const from = v.meeting?.at ?? 0;
  return post(
    v,
    'advance',
    { what: 'go', from, to, at: clockNow() },
    { from, to, ...(skipped ? { skipped } : {}) },
  );
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

/** Gives the next turn of a round to somebody. */
export function pass(v: StandupView, person: Named): Tap | undefined {
  const from = v.meeting?.at;
  if (from === undefined || v.meeting?.state !== 'running') return undefined;
  return post(v, 'pass', { what: 'pass', from, person, at: clockNow() }, { from, personId: person.id });
}

export const finish = (v: StandupView): Tap => post(v, 'finish', { what: 'finish' });
export const end = (v: StandupView): Tap => post(v, 'end', { what: 'end' });
export const drive = (v: StandupView, me: Named): Tap => post(v, 'drive', { what: 'drive', me });
export const join = (v: StandupView): Tap => post(v, 'join', { what: 'join' });

export function oneMinuteMore(v: StandupView): Tap | undefined {
  if (!v.meeting) return undefined;
  const seconds = v.meeting.boxSeconds + 60;
  return post(v, 'box', { what: 'box', seconds }, { minutes: Math.round(seconds / 60) });
}

export const showHealthy = (v: StandupView, open: boolean): Tap =>
  post(v, 'healthy', { what: 'healthy', open }, { open });

/** Makes somebody a helper of a card, or no longer one. */
export function help(v: StandupView, cardId: string, person: Named, helps: boolean): Tap {
  const does: Does = { what: 'help', cardId, person, helps };
  return helps
    ? post(v, 'help', does, { cardId, personId: person.id })
    : { method: 'del', path: `${path(v, 'help')}/${cardId}/${person.id}`, does };
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
    at: clockNow(),
    days: 0,
  };
  return post(
    v,
    'park',
    { what: 'park', item, known: v.parked.map((p) => p.id) },
    {
      ...(text ? { text } : {}),
      ...(card ? { cardId: card.id } : {}),
      ...(people.length ? { personIds: people.map((p) => p.id) } : {}),
    },
  );
}

export const attend = (v: StandupView, person: Attendee, state: 'here' | 'away'): Tap =>
  post(v, 'attendance', { what: 'attend', person, state }, { personId: person.personId, state });
/** So many heads more or fewer whom nobody names: two who count at once both count. */
export const heads = (v: StandupView, by: number): Tap =>
  post(v, 'attendance', { what: 'heads', by }, { coreBy: by });
