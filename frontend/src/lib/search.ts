import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import {
  CARD_CLASSES,
  CARD_TYPES,
  type CardClass,
  type CardType,
  DISCIPLINES,
  type Discipline,
} from '../api/types';

// What a board shows is in its address: sharing the link shares the view, and Back brings the last one.

/** 'wip' is the head line's first fact: started and not finished. */
export const QUICK = ['mine', 'blocked', 'aging', 'over', 'unassigned', 'wip'] as const;
export type Quick = (typeof QUICK)[number];
export const DUE = ['overdue', 'week', 'set', 'none'] as const;
export type Due = (typeof DUE)[number];
export const GROUPINGS = [
  'lanes',
  'none',
  'discipline',
  'class',
  'type',
  'owner',
  'label',
  'parent',
] as const;
export type Grouping = (typeof GROUPINGS)[number];

export interface BoardSearch {
  /** Words to find in key, title and labels. */
  q?: string;
  disc?: Discipline[];
  quick?: Quick[];
  /** Person ids; 'none' finds cards without an owner. */
  owner?: string[];
  label?: string[];
  type?: CardType[];
  class?: CardClass[];
  due?: Due[];
  /** Rows of the board: its own lanes, none, or grouped on the fly. Absent = own lanes when it has some. */
  lanes?: Grouping;
  /** Key of the card that is open in the peek. */
  card?: string;
  /** A setting to be changed: 'settings' or a column's id. Opens its dialog and goes from the address. */
  edit?: string;
}

type Raw = Record<string, unknown>;
const many = (v: unknown): string[] => (Array.isArray(v) ? v : v === undefined ? [] : [v]).map(String);
const among = <T extends string>(v: unknown, allowed: readonly T[]): T[] | undefined => {
  const found = [...new Set(many(v))].filter((x): x is T => (allowed as readonly string[]).includes(x));
  return found.length ? found : undefined;
};
const texts = (v: unknown): string[] | undefined => {
  const found = [...new Set(many(v))].filter((x) => x !== '').slice(0, 50);
  return found.length ? found : undefined;
};
const text = (v: unknown): string | undefined => many(v)[0]?.slice(0, 200) || undefined;

/** Reads a board's address; what it does not understand is left out, never an error page. */
export function readBoardSearch(raw: Raw): BoardSearch {
  const s: BoardSearch = {
    q: text(raw.q),
    disc: among(raw.disc, DISCIPLINES),
    quick: among(raw.quick, QUICK),
    owner: texts(raw.owner),
    label: texts(raw.label),
    type: among(raw.type, CARD_TYPES),
    class: among(raw.class, CARD_CLASSES),
    due: among(raw.due, DUE),
    lanes: among(raw.lanes, GROUPINGS)?.[0],
    card: text(raw.card),
    edit: text(raw.edit),
  };
  return Object.fromEntries(Object.entries(s).filter(([, v]) => v !== undefined)) as BoardSearch;
}

/** ?label=db&label=api: a name that comes twice is a list. */
export function parseSearch(search: string): Raw {
  const out: Raw = {};
  for (const [key, value] of new URLSearchParams(search)) {
    const had = out[key];
    out[key] = had === undefined ? value : [...many(had), value];
  }
  return out;
}

export function stringifySearch(search: Raw): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    if (value === undefined || value === null || value === '') continue;
    for (const v of many(value)) params.append(key, v);
  }
  const s = params.toString();
  return s ? `?${s}` : '';
}

export type SetBoardSearch = (patch: Partial<BoardSearch>, how?: { replace?: boolean }) => void;

/** The open board's view and the way to change it: a patch with `undefined` removes. `replace` leaves no step for Back. */
export function useBoardSearch(): [BoardSearch, SetBoardSearch] {
  const search = useSearch({ strict: false }) as BoardSearch;
  const navigate = useNavigate();
  const set = useCallback<SetBoardSearch>(
    (patch, how) => {
      void navigate({
        to: '.',
        search: ((old: BoardSearch) => readBoardSearch({ ...old, ...patch })) as never,
        replace: how?.replace ?? false,
        resetScroll: false,
      });
    },
    [navigate],
  );
  return [search, set];
}

/** The view without the open card: what a filter bar counts and clears. */
export const FILTER_KEYS = ['q', 'disc', 'quick', 'owner', 'label', 'type', 'class', 'due'] as const;
export const isFiltered = (s: BoardSearch): boolean => FILTER_KEYS.some((k) => s[k] !== undefined);
export const NO_FILTER: Partial<BoardSearch> = Object.fromEntries(FILTER_KEYS.map((k) => [k, undefined]));
