import { expect, it } from 'vitest';
import { comingDays } from './next';
import type { Row } from './types';

const THURSDAY = Date.parse('2026-11-19T10:00:00Z');
const at = (time: string): Row => ({ kind: 'standup.planned', id: time, title: 'Standup', at: time });
const due = (on: string): Row => ({ kind: 'card.due', id: on, title: 'Card', dueOn: on });

it('shows six days from tomorrow on, without the weekend', () => {
  const days = comingDays([], [], THURSDAY, 'UTC');
  expect(days.map((d) => d.name)).toEqual(['Fri', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri']);
  expect(new Date(days[0]!.day * 86_400_000).toISOString()).toBe('2026-11-20T00:00:00.000Z');
});

it('a Saturday that holds something is one of them; what is today or far away is not', () => {
  const rows = [at('2026-11-19T15:00:00Z'), at('2026-11-21T09:00:00Z'), at('2026-12-24T09:00:00Z')];
  const days = comingDays(rows, [due('2026-11-23'), due('2026-11-18')], THURSDAY, 'UTC');
  expect(days.map((d) => `${d.name} ${d.rows.length}`)).toEqual([
    'Fri 0',
    'Sat 1',
    'Mon 1',
    'Tue 0',
    'Wed 0',
    'Thu 0',
  ]);
});

it('goes by the reader’s calendar', () => {
  const late = [at('2026-11-20T23:30:00Z')];
  expect(comingDays(late, [], THURSDAY, 'UTC')[0]!.rows).toHaveLength(1);
  const berlin = comingDays(late, [], THURSDAY, 'Europe/Berlin');
  expect(berlin.map((d) => `${d.name} ${d.rows.length}`).slice(0, 2)).toEqual(['Fri 0', 'Sat 1']);
});
