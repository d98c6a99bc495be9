import { useSyncExternalStore } from 'react';
import type { Me, Screen, TeamRight } from '../api/types';
import { ApiError, api, onSignedOut } from './api';

// Who is signed in. Asked once per page, asked again when the server says that something about it changed.

export type Session =
  | { state: 'loading' }
  | { state: 'out' }
  | { state: 'in'; me: Me }
  | { state: 'screen'; screen: Screen }
  | { state: 'error'; error: Error };

let session: Session = { state: 'loading' };
let asking: Promise<Session> | null = null;
const listeners = new Set<() => void>();

function set(next: Session): Session {
  session = next;
  for (const fn of listeners) fn();
  return next;
}

/** Asks the server who this is; calls while one is under way share its answer. */
export function loadSession(): Promise<Session> {
  asking ??= api
    .get<Me>('/me')
    .then(
      (me) => set({ state: 'in', me }),
      (error: Error) => (isRefused(error, 403) ? screenOrError(error) : notIn(error)),
    )
    .finally(() => {
      asking = null;
    });
  return asking;
}

const isRefused = (error: Error, status: number) => error instanceof ApiError && error.status === status;
const notIn = (error: Error) => set(isRefused(error, 401) ? { state: 'out' } : { state: 'error', error });

/** What answers "a screen, not a person" to /me is a browser with a screen's cookie. */
const screenOrError = (why: Error): Promise<Session> =>
  api.get<Screen>('/device').then(
    (screen) => set({ state: 'screen', screen }),
    (error: Error) => (isRefused(error, 404) ? set({ state: 'error', error: why }) : notIn(error)),
  );

/** Makes this browser the screen that `link` belongs to; the server sets its cookie. Throws when the link does not count. */
export async function becomeScreen(link: string): Promise<Screen> {
  const screen = await api.get<Screen>('/device', { bearer: link });
  if (session.state !== 'in') set({ state: 'screen', screen });
  return screen;
}

/** The session if it is known, otherwise after asking. */
export async function sessionNow(): Promise<Session> {
  return session.state === 'loading' || session.state === 'error' ? loadSession() : session;
}

/** Whose page this is; '' while that is not known. */
export const personNow = (): string => (session.state === 'in' ? session.me.person.id : '');

export async function signOut(): Promise<void> {
  await api.del('/session');
  set({ state: 'out' });
}

/** Takes what a PATCH of /me answered, or a fresh copy when nothing is given. */
export function refreshMe(me?: Me): void {
  if (me) set({ state: 'in', me });
  else void loadSession();
}

onSignedOut(() => {
  if (session.state === 'in' || session.state === 'screen') set({ state: 'out' });
});

const subscribe = (fn: () => void) => {
  listeners.add(fn);
  return () => listeners.delete(fn);
};
/** For what is not drawn, such as the queue of unsent changes, which belongs to one person. */
export const onSession = (fn: () => void): (() => void) => subscribe(fn);
export const currentSession = (): Session => session;

/** Calls back when somebody signed out or another person signed in here, so that nothing read for one is shown to the
 *  next. A server that cannot be reached for a while is no parting. */
export function onPersonLeft(fn: () => void): () => void {
  let whose = personNow();
  return subscribe(() => {
    const now = personNow();
    if (session.state !== 'out' && (!now || now === whose)) return;
    const left = whose;
    whose = now;
    if (left) fn();
  });
}

export const useSession = (): Session => useSyncExternalStore(subscribe, () => session);

/** The signed-in person. Only for pages behind the sign-in, which all but four are. */
export function useMe(): Me {
  const s = useSession();
  if (s.state === 'in') last = s.me;
  if (last) return last; // after signing out: the page is on its way to the sign-in
  throw new Error('Nobody is signed in.');
}
let last: Me | null = null;

const ORDER: readonly TeamRight[] = ['none', 'viewer', 'commenter', 'worker', 'lead'];

/** Who may let a card in although a column's checks are not met: a lead, a liaison, an administrator. */
export function canWaive(me: Me, teamId: string): boolean {
  return hasRight(me, teamId, 'lead') || !!me.teams.find((team) => team.id === teamId)?.liaison;
}

/** Whether this person has at least `right` in a team. The server decides; this only hides what it would refuse. */
export function hasRight(me: Me, teamId: string, right: TeamRight): boolean {
  if (me.person.role === 'admin') return true;
  const own = me.teams.find((team) => team.id === teamId)?.right ?? 'none';
  return ORDER.indexOf(own) >= ORDER.indexOf(right);
}

/** Whether this person works in a team, or stands to one as its liaison. */
export const worksSomewhere = (me: Me): boolean =>
  me.person.role === 'admin' || me.teams.some((x) => hasRight(me, x.id, 'worker') || x.liaison);
