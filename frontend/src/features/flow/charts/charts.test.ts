import { expect, it } from 'vitest';
import { dateText, dayOfDate } from '../../../lib/time';
import { readBoardsSearch, readFlowSearch } from '../search';
import type { CycleTime } from '../types';
import { ticks, topOf } from './axes';
import { apart } from './furniture';
import { cycleDrawing } from './scatter';

it('begins at 0 and has few lines', () => {
  expect(topOf(16)).toEqual({ max: 18, step: 3 });
  expect(topOf(0)).toEqual({ max: 2, step: 1 });
  for (const most of [1, 7, 13, 99, 1234]) {
    const { max, step } = topOf(most);
    expect(max).toBeGreaterThan(most);
    expect(max / step).toBeLessThanOrEqual(9);
  }
});

it('names Mondays where weeks lie between the names', () => {
  const [from, to] = [dayOfDate('2026-08-22'), dayOfDate('2026-11-19')];
  const named = ticks(from, to, 600).map(dateText);
  expect(named[0]).toBe('2026-08-24');
  for (const day of named) expect(new Date(day).getUTCDay()).toBe(1);
  expect(ticks(from, from + 4, 600)).toHaveLength(5);
});

it('puts words apart and keeps their order', () => {
  const [a, b, c] = apart([10, 12, 60], 14) as [number, number, number];
  expect(b - a).toBeGreaterThanOrEqual(13.9);
  expect(c).toBe(60);
});

it('draws twenty thousand finished cards as marks that can be told apart, and loses none', () => {
  const points = Array.from({ length: 20_000 }, (_, i) => ({
    id: `c${i}`,
    key: `TRS-${i}`,
    title: '',
    type: 'feature',
    class: 'standard',
    discipline: ['development', 'operations', 'security'][i % 3]!,
    day: dateText(dayOfDate('2026-08-22') + (i % 90)),
    days: 1 + ((i * 7) % 23),
    blockedMs: 0,
  }));
  const v = { points, percentiles: [], why: { from: '2026-08-22', to: '2026-11-19', changes: [] } };
  const { marks } = cycleDrawing(v as unknown as CycleTime).make({ width: 650, height: 480 });
  expect(marks.length).toBeLessThan(6300);
  const said = marks.reduce((n, m) => n + Number(/^(\d+) cards?$/.exec(m.title)?.[1] ?? 1), 0);
  expect(said).toBe(20_000);
});

it('takes from an address what it understands', () => {
  expect(
    readFlowSearch({ tab: 'cfd', from: '2026-08-22', to: 'soon', class: 'standard,expedite', items: '15' }),
  ).toEqual({
    tab: 'cfd',
    from: '2026-08-22',
    class: 'standard,expedite',
    items: 15,
  });
  expect(readFlowSearch({ tab: 'overview', from: '2026-99-99', type: '<b>', items: -1 })).toEqual({});
});

it('takes from the address of several boards a team or boards, and only tabs that several have', () => {
  expect(readBoardsSearch({ team: 'tea_1', boards: 'brd_1', tab: 'cfd' })).toEqual({ team: 'tea_1' });
  expect(readBoardsSearch({ boards: 'brd_1,brd_2', tab: 'wip' })).toEqual({
    boards: 'brd_1,brd_2',
    tab: 'wip',
  });
  expect(readBoardsSearch({ boards: '"><b>', team: '../x' })).toEqual({});
});
