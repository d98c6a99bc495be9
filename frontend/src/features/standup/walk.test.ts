import { expect, it } from 'vitest';
import type { Column, Face } from '../../api/types';
import * as acts from './acts';
import { lay } from './lay';
import type { Meeting, StandupView, Step } from './types';
import {
  type BoardFacts,
  boardNow,
  boxTone,
  cardCount,
  columnsNow,
  comingTurns,
  comingUp,
  here,
  justOver,
  minutes,
  panelScale,
  promptOf,
  stepNow,
  whySaid,
} from './walk';

const NOW = Date.parse('2026-11-19T12:00:00Z');
const DAY = 86_400_000;
const face = (id: string, columnId: string, more: Partial<Face> = {}): Face => ({
  id,
  key: `CHK-${id}`,
  title: `Card ${id}`,
  columnId,
  pos: id,
  type: 'feature',
  discipline: 'development',
  involves: [],
  class: 'standard',
  ownerIds: [],
  labels: [],
  version: 1,
  enteredAt: '2026-11-10T08:00:00Z',
  startedAt: new Date(NOW - 2 * DAY).toISOString(),
  finishedAt: null,
  blockers: [],
  signals: [],
  ...more,
});
const column = (id: string, max?: number): Column => ({
  id,
  name: id,
  kind: id === 'done' ? 'done' : id === 'ready' ? 'queue' : 'active',
  policy: '',
  wip: max ? { mode: 'warn', max } : { mode: 'off' },
  version: 1,
});

function facts(cards: Face[], columns: Column[]): BoardFacts {
  const inColumn = (id: string) => cards.filter((c) => c.columnId === id);
  const known = new Map(cards.map((c) => [c.id, c]));
  return {
    board: () =>
      ({
        timeZone: 'UTC',
        sle: [{ days: 9, percent: 85, n: 20, guess: false }],
        startColumnId: columns[1]?.id,
        finishColumnId: 'done',
      }) as ReturnType<BoardFacts['board']>,
    columns: () => columns,
    card: (id) => known.get(id),
    cardIds: () => [...known.keys()],
    columnCount: (id) => inColumn(id).length,
    columnMix: (id) =>
      inColumn(id)
        .map(() => 'd')
        .join(''),
    columnOrder: (id) => inColumn(id).map((c) => c.id),
    people: () => new Map(),
  };
}

const steps: Step[] = [
  { n: 0, kind: 'brief' },
  { n: 1, kind: 'card', reason: 'blocked', cardId: 'a' },
  { n: 2, kind: 'card', reason: 'aging', cardId: 'gone' },
  { n: 3, kind: 'card', reason: 'over_limit', cardId: 'b' },
  { n: 4, kind: 'anything' },
];
const meeting = (at: number, more: Partial<Meeting> = {}): Meeting => ({
  id: 'm',
  state: 'running',
  mode: 'walk',
  startedAt: '2026-11-19T11:50:00Z',
  startedBy: { id: 'ana', name: 'Ana' },
  boxSeconds: 900,
  at,
  healthyOpen: false,
  steps,
  attendance: { core: 3, people: [] },
  ...more,
});
const view = (m: Meeting | undefined): StandupView =>
  ({ series: { id: 's' }, meeting: m, parked: [], onCall: [], seq: 1 }) as unknown as StandupView;

it('counts cards only, and passes over those that have left the board', () => {
  expect(cardCount(meeting(0))).toEqual({ n: 0, of: 3 });
  expect(cardCount(meeting(2))).toEqual({ n: 2, of: 3 });
  expect(cardCount(meeting(4))).toEqual({ n: 3, of: 3 });
  const board = facts([face('a', 'build'), face('b', 'review')], [column('ready'), column('build')]);
  expect(comingUp(meeting(0), board).map((x) => x.card.id)).toEqual(['a', 'b']);
});

it('asks what the reason asks; a card that is free again asks what is next', () => {
  const blocked = face('a', 'build', {
    blockers: [
      { id: 'x', category: 'other', reason: 'DBA', openedAt: new Date(NOW - 2 * DAY).toISOString() },
    ],
  });
  const [, step] = steps;
  expect(promptOf(step!, blocked)).toMatch(/unblock/);
  expect(promptOf(step!, face('a', 'build'))).toMatch(/finishes this today/);
  expect(promptOf({ ...step!, reason: 'aging' }, blocked)).toMatch(/unblock/);
  expect(promptOf({ ...step!, reason: 'expedite' }, blocked)).toMatch(/on it now/);
  expect(promptOf({ ...step!, reason: 'failing' }, face('a', 'build'))).toMatch(/makes it pass/);
  expect(promptOf(step!, { ...blocked, finishedAt: '2026-11-19T11:00:00Z' })).toMatch(/^Done/);
  const board = facts([blocked], [column('ready'), column('build')]);
  expect(whySaid(step!, blocked, board, NOW)).toMatchObject({ icon: 'blocked', text: 'Blocked 3 days' });
  const at = new Date(NOW).toISOString();
  const red = face('a', 'build', { signals: [{ key: 'ci', state: 'failed', text: 'build 812', at }] });
  const says = (card: Face) => whySaid({ ...step!, reason: 'failing' }, card, board, NOW);
  expect(says(red)).toMatchObject({ tone: 'bad', text: 'Fails: build 812' });
  expect(says(face('a', 'build'))).toMatchObject({ tone: 'warn', text: 'Failed before' });
});

it('says what a standup came to for a quarter of an hour after it', () => {
  const last = { id: 'm', startedAt: '2026-11-19T11:40:00Z', endedAt: '2026-11-19T11:50:00Z', minutes: 10 };
  const over = { ...view(undefined), last };
  expect(justOver(over, NOW)).toBe(last);
  expect(justOver(over, NOW + 6 * 60_000)).toBeUndefined();
  expect(justOver({ ...view(meeting(1)), last }, NOW)).toBeUndefined();
  expect(justOver({ ...over, series: { ...over.series, mode: 'async' } }, NOW)).toBeUndefined();
});

it('shows at most four columns: the one of the card, then those in trouble, in the order of the board', () => {
  const columns = [
    column('ready'),
    ...['c1', 'c2', 'c3', 'c4', 'c5', 'c6'].map((id) => column(id, 1)),
    column('done'),
  ];
  const board = facts([face('a', 'c5'), face('b', 'c5'), face('c', 'c6'), face('d', 'c1')], columns);
  expect(columnsNow(board, 'c2').map((c) => c.id)).toEqual(['c1', 'c2', 'c5', 'c6']);
  expect(columnsNow(board, 'c5').find((c) => c.here)).toMatchObject({ state: 'over', count: 2 });
  // a card that is not started yet brings its own column
  expect(columnsNow(board, 'ready')[0]?.id).toBe('ready');
});

it('tells the board in numbers: blocked first, then the oldest', () => {
  const board = facts(
    [
      face('old', 'build', { startedAt: new Date(NOW - 8 * DAY).toISOString() }),
      face('stuck', 'build', {
        blockers: [{ id: 'x', category: 'other', reason: 'r', openedAt: '2026-11-19T08:00:00Z' }],
      }),
      face('fine', 'build'),
      face('done', 'done', { finishedAt: '2026-11-19T08:00:00Z' }),
      face('later', 'ready', { startedAt: null }),
    ],
    [column('ready'), column('build'), column('done')],
  );
  const now = boardNow(board, NOW);
  expect(now).toMatchObject({ wip: 3, blocked: 1, aging: 1 });
  expect(now.stuck.map((c) => c.id)).toEqual(['stuck', 'old']);
});

it('keeps the time and the size', () => {
  expect(minutes(462_000)).toBe('7:42');
  expect(minutes(-5)).toBe('0:00');
  expect([boxTone(719_000, 900), boxTone(720_000, 900), boxTone(900_000, 900)]).toEqual([
    'calm',
    'warn',
    'bad',
  ]);
  expect(panelScale(55, 4)).toBe(1);
  expect(panelScale(75, 3)).toBe(0.8);
  expect(panelScale(43, 4)).toBe(1.2);
  expect(panelScale(0, Number.NaN)).toBe(1);
});

it('goes one step, and behind the last one it finishes', () => {
  const tap = acts.forward(view(meeting(1)));
  expect(tap?.body).toEqual({ from: 1, to: 2 });
  expect(tap && lay(view(meeting(1)), tap.does).meeting?.at).toBe(2);
  // another remote was quicker: what is laid over its step changes nothing
  expect(tap && lay(view(meeting(3)), tap.does).meeting?.at).toBe(3);
  expect(acts.forward(view(meeting(4)))?.path).toBe('/standups/s/finish');
  expect(acts.back(view(meeting(0)))).toBeUndefined();
  expect(acts.back(view(meeting(4, { state: 'sixteenth' })))?.body).toEqual({ from: 4, to: 4 });
  expect(stepNow(meeting(3))?.cardId).toBe('b');
});

it('lays helpers and parked things over the view until the server has them', () => {
  const v = view(meeting(1));
  const eli = { id: 'eli', name: 'Eli' };
  const helped = lay(v, acts.help(v, 'a', eli, true).does);
  expect(helped.meeting?.steps[1]?.helpers).toEqual([eli]);
  expect(lay(helped, acts.help(helped, 'a', eli, false).does).meeting?.steps[1]?.helpers).toEqual([]);
  const park = acts.park(v, { text: 'Who owns it?', people: [] }, eli);
  expect(lay(v, park.does).parked).toHaveLength(1);
  const come = { ...v, parked: [{ id: 'p', text: 'Who owns it?', by: eli, at: '', days: 0 }] };
  expect(lay(come, park.does).parked).toHaveLength(1);
});

it('passes a turn as the server does: who is to come comes now, anybody else has one more', () => {
  const turn = (n: number, id: string): Step => ({ n, kind: 'person', person: { id, name: id } });
  const round = [
    { n: 0, kind: 'brief' } as Step,
    turn(1, 'ana'),
    turn(2, 'bo'),
    turn(3, 'cy'),
    { n: 4, kind: 'anything' } as Step,
  ];
  const v = view(meeting(1, { mode: 'round_robin', steps: round }));
  const passed = (id: string) => {
    const tap = acts.pass(v, { id, name: id });
    const m = tap && lay(v, tap.does).meeting;
    return [m?.at, ...(m?.steps ?? []).map((s) => `${s.n}${s.person?.id ?? s.kind}`)];
  };
  expect(passed('cy')).toEqual([2, '0brief', '1ana', '2cy', '3bo', '4anything']);
  expect(passed('eve')).toEqual([2, '0brief', '1ana', '2eve', '3bo', '4cy', '5anything']);
  expect(passed('ana')[0]).toBe(1);
  expect(comingTurns(v.meeting!).map((s) => s.n)).toEqual([2, 3]);
});

it('counts each who is here once, and heads besides', () => {
  const before = view(
    meeting(1, {
      attendance: {
        core: 3,
        heads: 2,
        people: [
          { personId: 'ana', name: 'Ana', discipline: 'development', role: 'core', state: 'joined' },
          { personId: 'bo', name: 'Bo', discipline: 'operations', role: 'on_call', state: 'away' },
        ],
      },
    }),
  );
  const goro = {
    personId: 'goro',
    name: 'Goro',
    discipline: 'development',
    role: 'core',
    state: 'away',
  } as const;
  const after = [
    acts.attend(before, goro, 'here'),
    acts.attend(before, before.meeting!.attendance.people[1]!, 'here'),
    acts.heads(before, -1),
  ].reduce((v, tap) => lay(v, tap.does), before);
  expect(after.meeting?.attendance.core).toBe(3);
  expect(here(after.meeting!)).toBe(4);
  expect(lay(after, acts.heads(after, -5).does).meeting?.attendance).toMatchObject({ core: 2, heads: 0 });
});
