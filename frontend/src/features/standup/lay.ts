import type { Attendee, CardHelp, Meeting, Named, Parked, StandupView, Step } from './types';

/** What a tap does to the picture. */
export type Does =
  | { what: 'go'; from: number; to: number; at: string }
  | { what: 'pass'; from: number; person: Named; at: string }
  | { what: 'finish' | 'end' | 'join' }
  | { what: 'drive'; me: Named }
  | { what: 'box'; seconds: number }
  | { what: 'healthy'; open: boolean }
  | { what: 'help'; cardId: string; person: Named; helps: boolean }
  | { what: 'park'; item: Parked; known: string[] }
  | { what: 'attend'; person: Attendee; state: 'here' | 'away' }
  | { what: 'heads'; by: number };

/** The picture with a tap laid over it, as long as the server has not answered. */
export function lay(v: StandupView, does: Does): StandupView {
  switch (does.what) {
    case 'park':
      return parked(v, does.item, does.known);
    case 'end':
      return { ...v, meeting: undefined };
    case 'finish':
      if (!v.parked.some((p) => !p.outcome)) return { ...v, meeting: undefined };
      break;
    case 'join':
      return v;
  }
  return v.meeting ? { ...v, meeting: inMeeting(v.meeting, does) } : v;
}

function inMeeting(m: Meeting, does: Does): Meeting {
  switch (does.what) {
    case 'finish':
      return { ...m, state: 'sixteenth' };
    case 'go':
      return m.at === does.from ? { ...shown(m, m.steps, does.to, does.at), state: 'running' } : m;
    case 'pass':
      return m.at === does.from ? passed(m, does.person, does.at) : m;
    case 'drive':
      return { ...m, driver: does.me };
    case 'box':
      return { ...m, boxSeconds: does.seconds };
    case 'healthy':
      return { ...m, healthyOpen: does.open };
    case 'help':
      return helped(m, does.cardId, does.person, does.helps);
    case 'attend':
      return { ...m, attendance: attended(m.attendance, does.person, does.state) };
    case 'heads':
      return { ...m, attendance: counted(m.attendance.people, (m.attendance.heads ?? 0) + does.by) };
    default:
      return m;
  }
}

type Attendance = Meeting['attendance'];

/** The team by heads: those of it who are known to be here, and those counted besides. */
const counted = (people: Attendee[], heads: number): Attendance => ({
  core: people.filter((p) => p.role === 'core' && p.state !== 'away').length + Math.max(0, heads),
  heads: Math.max(0, heads),
  people,
});

function attended({ people, heads = 0 }: Attendance, person: Attendee, state: Attendee['state']): Attendance {
  const known = people.some((p) => p.personId === person.personId);
  const now = { ...person, state };
  return counted(
    known ? people.map((p) => (p.personId === person.personId ? now : p)) : [...people, now],
    heads,
  );
}

const shown = (m: Meeting, steps: Step[], to: number, at: string): Meeting => ({
  ...m,
  at: to,
  steps: steps.map((s) => (s.n === to && !s.shownAt ? { ...s, shownAt: at } : s)),
});

/** Who was still to come comes now; whoever else has one more turn. */
function passed(m: Meeting, person: Named, at: string): Meeting {
  const done = m.steps.slice(0, m.at + 1);
  const rest = m.steps.slice(m.at + 1);
  if (rest.length === 0 || done.at(-1)?.person?.id === person.id) return m;
  const coming = rest.find((s) => s.person?.id === person.id);
  const next: Step = coming ?? { n: 0, kind: 'person', person };
  const steps = [...done, next, ...rest.filter((s) => s !== coming)].map((s, n) => ({ ...s, n }));
  return shown(m, steps, m.at + 1, at);
}

function helped(m: Meeting, cardId: string, person: Named, helps: boolean): Meeting {
  const now = (people: readonly Named[] | undefined) => {
    const others = (people ?? []).filter((h) => h.id !== person.id);
    return helps ? [...others, person] : others;
  };
  if (m.mode === 'round_robin') {
    const rest = (m.helping ?? []).filter((h) => h.cardId !== cardId);
    const own: CardHelp = { cardId, people: now(m.helping?.find((h) => h.cardId === cardId)?.people) };
    return { ...m, helping: [...rest, own] };
  }
  return {
    ...m,
    steps: m.steps.map((s) => (s.cardId === cardId ? { ...s, helpers: now(s.helpers) } : s)),
  };
}

/** Its event may come before its answer. */
function parked(v: StandupView, item: Parked, known: string[]): StandupView {
  const told = v.parked.some(
    (p) => !known.includes(p.id) && p.text === item.text && p.cardId === item.cardId,
  );
  return told ? v : { ...v, parked: [...v.parked, item] };
}
