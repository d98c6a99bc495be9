import type { components } from '../../api/schema';

export type Found = components['schemas']['SearchFound'];
export type Item = Found['items'][number];
export const KINDS = ['card', 'board', 'team', 'person'] as const;
export const STATES = ['open', 'finished', 'archived'] as const;
export type Kind = (typeof KINDS)[number];
export type State = (typeof STATES)[number];

/** What the address of the search holds. */
export interface SearchFor {
  q?: string;
  kind?: Kind;
  state?: State;
  team?: string;
  /** Only cards of this person. */
  owner?: string;
}

type Raw = Record<string, unknown>;
const word = (v: unknown): string | undefined => (typeof v === 'string' && v ? v.slice(0, 500) : undefined);
const among = <T extends string>(v: unknown, of: readonly T[]): T | undefined => of.find((x) => x === v);

/** Reads the address; what it does not understand is left out. */
export function readSearchFor(raw: Raw): SearchFor {
  const s: SearchFor = {
    q: word(raw.q),
    kind: among(raw.kind, KINDS),
    state: among(raw.state, STATES),
    team: word(raw.team),
    owner: word(raw.owner),
  };
  return Object.fromEntries(Object.entries(s).filter(([, v]) => v !== undefined)) as SearchFor;
}

/** Words without a letter or a digit ask for nothing. */
export const asks = (s: SearchFor): boolean => s.owner !== undefined || /[\p{L}\p{N}]/u.test(s.q ?? '');

/** The question to the server. */
export function pathOf(s: SearchFor, cursor?: string): string {
  const params = new URLSearchParams({ limit: '30' });
  if (s.q) params.set('q', s.q);
  if (s.kind) params.set('kinds', s.kind);
  if (s.state) params.set('state', s.state);
  if (s.team) params.set('team', s.team);
  if (s.owner) params.set('owner', s.owner);
  if (cursor) params.set('cursor', cursor);
  return `/search?${params}`;
}
