import {
  CalendarDays,
  ChartSpline,
  ClipboardCheck,
  HandHelping,
  KanbanSquare,
  MessagesSquare,
  Presentation,
  Repeat,
  Settings,
  Sun,
  UsersRound,
} from 'lucide-react';
import { readStored, writeStored } from '../lib/stored';

/** The rooms that exist; `also` are the beginnings of their addresses. */
export const ROOMS = [
  { to: '/today', word: 'app.today', Icon: Sun, also: ['/today'] },
  { to: '/boards', word: 'app.boards', Icon: KanbanSquare, also: ['/b/', '/c/', '/import', '/boards'] },
  { to: '/standup', word: 'app.standup', Icon: Presentation, also: ['/standup'] },
  { to: '/retro', word: 'app.retro', Icon: MessagesSquare, also: ['/retro', '/health'] },
  { to: '/checklists', word: 'app.checklists', Icon: ClipboardCheck, also: ['/checklists', '/services'] },
  { to: '/flow', word: 'app.flow', Icon: ChartSpline, also: ['/flow'] },
  { to: '/rituals', word: 'app.rituals', Icon: Repeat, also: ['/rituals'] },
  { to: '/calendar', word: 'app.calendar', Icon: CalendarDays, also: ['/calendar'] },
  { to: '/ask', word: 'app.ask', Icon: HandHelping, also: ['/ask'] },
  { to: '/teams', word: 'app.teams', Icon: UsersRound, also: ['/teams'] },
  { to: '/settings', word: 'app.settings', Icon: Settings, also: ['/settings'] },
] as const;

export type Room = (typeof ROOMS)[number]['to'];

/** A board's flow is in the room of that name, whatever its address begins with. */
const FLOW_OF = /^\/b\/[^/]+(\/flow)$/;
export const isIn = (path: string, also: readonly string[]): boolean => {
  const at = FLOW_OF.exec(path)?.[1] ?? path;
  return also.some((p) => at === p || at.startsWith(p));
};
export const roomOf = (path: string): Room | undefined => ROOMS.find((r) => isIn(path, r.also))?.to;

// A phone's bar has room for four rooms and the menu: the first two, and of the others those that somebody goes to most.
const ALWAYS: readonly Room[] = ['/today', '/boards'];
const FIRST: readonly Room[] = ['/standup', '/checklists'];
const PLACES = 4;
/** What was long ago weighs less than what is done now. */
const FADES = 0.95;

type Visits = Partial<Record<Room, number>>;
const key = (person: string) => `rooms.${person}`;
const visitsOf = (person: string): Visits => {
  try {
    return JSON.parse(readStored(key(person)) || '{}') as Visits;
  } catch {
    return {};
  }
};

/** Somebody went to a room. */
export function visited(person: string, room: Room): void {
  const all = Object.fromEntries(
    Object.entries(visitsOf(person)).map(([to, n]) => [to, Math.round(n * FADES * 100) / 100]),
  ) as Visits;
  all[room] = (all[room] ?? 0) + 1;
  writeStored(key(person), JSON.stringify(all));
}

/** The rooms in a phone's bar. A room takes another one's place when it was gone to twice as a beginning, and more often. */
export function barOf(person: string): readonly Room[] {
  const visits = visitsOf(person);
  const weight = (to: Room) => (visits[to] ?? 0) + (FIRST.includes(to) ? 1.5 : 0);
  const others = ROOMS.map((r) => r.to)
    .filter((to) => !ALWAYS.includes(to) && to !== '/settings')
    .sort((a, b) => weight(b) - weight(a));
  return [...ALWAYS, ...others.slice(0, PLACES - ALWAYS.length)];
}
