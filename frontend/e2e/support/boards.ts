import type { APIRequestContext } from '@playwright/test';
import { type BoardCard, type BoardColumn, expect, type Snapshot } from './test';

// Boards made for one test, through the same doors that everybody uses.

export interface ColumnSpec {
  name: string;
  kind: 'queue' | 'active' | 'done';
  policy?: string;
  checks?: string[];
  wip?: { mode: 'off' | 'warn' | 'reason' | 'hard'; max?: number; min?: number };
}

export interface MadeBoard {
  id: string;
  teamId: string;
  columns: Record<string, string>;
  lanes: Record<string, string>;
  /** Key by title. */
  keys: Record<string, string>;
  snapshot(): Promise<Snapshot>;
  /** Keys in a column from the top, in the order that people see. */
  order(column: string): Promise<string[]>;
}

export const PLAIN: ColumnSpec[] = [
  { name: 'Ready', kind: 'queue' },
  { name: 'Build', kind: 'active' },
  { name: 'Test', kind: 'active' },
  { name: 'Done', kind: 'done' },
];

export async function teamOf(api: APIRequestContext, key: string): Promise<string> {
  const { items } = (await (await api.get('/api/v1/teams')).json()) as { items: { id: string; key: string }[] };
  const found = items.find((t) => t.key === key);
  if (!found) throw new Error(`no team ${key}`);
  return found.id;
}

export async function send<T>(api: APIRequestContext, method: 'get' | 'post' | 'patch' | 'put' | 'delete', path: string, data?: unknown): Promise<T> {
  const answer = await api[method](`/api/v1${path}`, data === undefined ? {} : { data });
  const text = await answer.text();
  expect(answer.ok(), `${method} ${path}: ${answer.status()} ${text.slice(0, 300)}`).toBe(true);
  return (text ? JSON.parse(text) : undefined) as T;
}

/** Makes a board with the cards named per column; a card may be a title or the fields of a new card. */
export async function makeBoard(
  api: APIRequestContext,
  spec: {
    name?: string;
    team?: string;
    columns?: ColumnSpec[];
    lanes?: string[];
    cards?: Record<string, (string | ({ title: string; lane?: string } & Record<string, unknown>))[]>;
    expedite?: { mode: string; max?: number };
  } = {},
): Promise<MadeBoard> {
  const teamId = await teamOf(api, spec.team ?? 'CHK');
  const made = await send<{ id: string; columns: BoardColumn[] }>(api, 'post', '/boards', {
    teamId,
    name: spec.name ?? 'Made for a test',
    columns: spec.columns ?? PLAIN,
  });
  const columns = Object.fromEntries(made.columns.map((c) => [c.name, c.id]));
  const lanes: Record<string, string> = {};
  for (const name of spec.lanes ?? []) await send(api, 'post', `/boards/${made.id}/lanes`, { name, wip: { mode: 'off' } });
  if (spec.lanes) for (const l of ((await (await api.get(`/api/v1/boards/${made.id}`)).json()) as Snapshot).lanes) lanes[l.name] = l.id;
  if (spec.expedite) await send(api, 'patch', `/boards/${made.id}`, { expedite: { counts: true, ...spec.expedite } });
  const keys: Record<string, string> = {};
  for (const [column, list] of Object.entries(spec.cards ?? {}))
    for (const each of list) {
      const { title, lane, ...rest } = typeof each === 'string' ? ({ title: each } as { title: string; lane?: string }) : each;
      const { key } = await send<BoardCard>(api, 'post', `/boards/${made.id}/cards`, {
        title,
        columnId: columns[column],
        ...(lane ? { laneId: lanes[lane] } : {}),
        ...rest,
      });
      keys[title] = key;
    }
  const snapshot = async () => (await (await api.get(`/api/v1/boards/${made.id}`)).json()) as Snapshot;
  return {
    id: made.id,
    teamId,
    columns,
    lanes,
    keys,
    snapshot,
    order: async (column) =>
      (await snapshot()).cards
        .filter((c) => c.columnId === columns[column])
        .sort((a, b) => (a.pos < b.pos ? -1 : a.pos > b.pos ? 1 : a.id < b.id ? -1 : 1))
        .map((c) => c.key),
  };
}

const WORDS = 'ledger retry canary basket voucher rollback region failover audit login secrets vault limit provider sandbox branch database index'.split(' ');

/** A title whose length differs from card to card, so that heights do too. */
const title = (i: number) => `Work ${i} ${Array.from({ length: 2 + ((i * 7) % 19) }, (_, k) => WORDS[(i * 3 + k * 5) % WORDS.length]).join(' ')}`;

/** A file as Trello exports it. */
export function trelloFile(n: number, name = `${n} cards`, lists = ['Backlog', 'Doing', 'Review', 'Done']) {
  const made = lists.map((list, i) => ({ id: `5f0000000000000000000${i}00`, name: list, closed: false, pos: i + 1, idBoard: 'b' }));
  return {
    id: '5f0000000000000000000b00',
    name,
    url: 'https://trello.com/b/x',
    lists: made,
    cards: Array.from({ length: n }, (_, i) => ({
      id: (0x5f5e1000 + i).toString(16) + i.toString(16).padStart(16, '0'),
      name: title(i),
      idList: made[i % lists.length]?.id,
      closed: false,
      pos: i + 1,
      desc: '',
      labels: [],
      idMembers: [],
      idLabels: [],
      idChecklists: [],
    })),
    actions: [] as unknown[],
    labels: [],
    members: [],
    checklists: [] as unknown[],
    customFields: [],
  };
}

/** Makes a board of n cards with titles of differing length through the importer, which is the quickest door. */
export async function bigBoard(api: APIRequestContext, n: number): Promise<string> {
  const teamId = await teamOf(api, 'CHK');
  const answer = await api.post('/api/v1/imports', {
    multipart: {
      source: 'trello',
      teamId,
      dryRun: 'false',
      file: { name: 'board.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(trelloFile(n))) },
    },
  });
  const said = await answer.json();
  expect(answer.ok(), JSON.stringify(said).slice(0, 300)).toBe(true);
  return said.boardId;
}
