import { useEffect, useRef, useState } from 'react';
import type { Discipline } from '../../api/types';
import { type Found as Answer, asks, pathOf } from '../../features/search/types';
import { useData } from '../../lib/data';
import type { BoardStore } from '../../live/types';
import { says } from './match';
import { t } from './messages';
import { type Visit, visits } from './visits';

/** Something that can be opened. */
export interface Found {
  kind: 'card' | 'board' | 'team' | 'person';
  id: string;
  key?: string;
  title: string;
  where?: string;
  link: string;
  discipline?: Discipline;
  state?: string;
  /** It is on the board that is open, beside which it can be shown. */
  here?: boolean;
  /** Found by the letters before; the answer to these is on its way. */
  stale?: boolean;
}

export interface All {
  recent: Found[];
  cards: Found[];
  people: Found[];
  boards: Found[];
  state: 'known' | 'asking' | 'failed';
}

const TYPING_MS = 120;
const RECENT = 6;
const CARDS = 7;
const PEOPLE = 4;
const BOARDS = 5;

function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}

/** What the words find: at once what is on the open board and what was open lately, then everything else that the server knows. */
export function useFound(q: string, store: BoardStore | undefined): All {
  const asked = q.trim();
  const rested = useRested(asked);
  const wanted = asks({ q: rested });
  const { data, error, isPending } = useData<Answer>(wanted ? pathOf({ q: rested }) : null);
  // what was found last stays while the next letter is asked for
  const last = useRef<Answer>(undefined);
  if (data) last.current = data;
  const board = store?.status() === 'ready' ? store : undefined;
  const recent = visits();
  const here = new URL(window.location.href);
  const open = (v: Visit) => here.pathname === v.link || (v.key && here.searchParams.get('card') === v.key);
  if (!asked)
    return {
      recent: recent
        .filter((v) => !open(v))
        .map((v) => again(v, board))
        .slice(0, RECENT),
      cards: [],
      people: [],
      boards: [],
      state: 'known',
    };

  const near = board ? onBoard(board, asked) : { cards: [], people: [] };
  const old = recent.filter((v) => says(`${v.key ?? ''} ${v.title}`, asked)).map((v) => again(v, board));
  const far = ((error ? undefined : (data ?? last.current))?.items ?? []).map((i) => ({
    ...fromServer(i, board),
    stale: !data,
  }));
  const of = (kind: Found['kind'], ...lists: Found[][]) =>
    unique(lists.flat().filter((f) => f.kind === kind));
  const rank = new Map(recent.map((v, i) => [v.id, i]));
  const newestFirst = (a: Found, b: Found) => (rank.get(a.id) ?? 99) - (rank.get(b.id) ?? 99);
  return {
    recent: [],
    cards: of('card', nearest(near.cards, asked), old, far).sort(newestFirst).slice(0, CARDS),
    people: of('person', near.people, far).slice(0, PEOPLE),
    boards: [...of('board', old, far).sort(newestFirst), ...of('team', far)].slice(0, BOARDS),
    state: error ? 'failed' : rested !== asked || (wanted && isPending) ? 'asking' : 'known',
  };
}

const unique = (list: Found[]): Found[] =>
  [...new Map(list.toReversed().map((f) => [f.id, f])).values()].reverse();

/** Whoever types a key wants that card; then what is called so, what is open before what is finished. */
const nearest = (cards: Found[], asked: string): Found[] => {
  const far = (f: Found) =>
    f.key?.toLowerCase() === asked.toLowerCase() ? -1 : (f.state ? 2 : 0) + (says(f.title, asked) ? 0 : 1);
  return cards.sort((a, b) => far(a) - far(b));
};

function onBoard(store: BoardStore, asked: string): { cards: Found[]; people: Found[] } {
  const cards: Found[] = [];
  for (const id of store.cardIds()) {
    const c = store.card(id);
    if (!c || !says(`${c.key} ${c.title} ${c.labels.join(' ')}`, asked)) continue;
    cards.push({
      kind: 'card',
      id,
      key: c.key,
      title: c.title,
      where: store.columns().find((k) => k.id === c.columnId)?.name,
      link: `/c/${c.key}`,
      discipline: c.discipline,
      state: c.finishedAt ? 'finished' : undefined,
      here: true,
    });
  }
  const people = [...store.people().values()]
    .filter((p) => says(p.name, asked))
    .map((p) => ({
      kind: 'person' as const,
      id: p.id,
      title: p.name,
      where: t('palette.cardsOf'),
      link: `/search?owner=${p.id}`,
    }));
  return { cards, people };
}

function again(v: Visit, store: BoardStore | undefined): Found {
  const now = v.kind === 'card' ? store?.card(v.id) : undefined;
  return { ...v, title: now?.title ?? v.title, discipline: now?.discipline, here: now !== undefined };
}

function fromServer(i: Answer['items'][number], store: BoardStore | undefined): Found {
  const where =
    i.kind === 'person'
      ? t('palette.cardsOf')
      : i.kind === 'team'
        ? t('palette.team')
        : i.kind === 'board'
          ? i.teamName
          : [i.boardName, i.columnName].filter(Boolean).join(', ');
  return {
    kind: i.kind,
    id: i.id,
    key: i.key,
    title: i.title,
    where,
    link: i.link,
    discipline: i.discipline as Discipline | undefined,
    state: i.state,
    here: i.kind === 'card' && store?.card(i.id) !== undefined,
  };
}
