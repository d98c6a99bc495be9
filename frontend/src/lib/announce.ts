// One voice for the whole page: app/Announcer renders a single role=status region and listens here.

export type AnnounceMode = 'all' | 'me' | 'off';
interface Said {
  text: string;
  /** True for news from other people: merged, at most one summary each five seconds, and silenced by the setting. */
  remote: boolean;
  aboutMe: boolean;
}
type Listener = (said: Said) => void;
const listeners = new Set<Listener>();

let saidAt = 0;

/** Milliseconds (Date.now) of the last outcome that was said. */
export const lastSaid = (): number => saidAt;

/** Says the outcome of what this person just did, at once. */
export function announce(text: string): void {
  saidAt = Date.now();
  for (const fn of listeners) fn({ text, remote: false, aboutMe: true });
}

/** Says what other people did. `aboutMe`: it concerns cards that this person owns. */
export function announceRemote(text: string, aboutMe = false): void {
  for (const fn of listeners) fn({ text, remote: true, aboutMe });
}

export function onAnnounce(fn: Listener): () => void {
  listeners.add(fn);
  return () => listeners.delete(fn);
}
