import { render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import type { Bar } from '../charts/Bars';
import type { Mix, Reserve } from '../types';
import { Reserves } from './Reserves';

vi.mock('../charts/ChartFrame', () => ({
  ChartFrame: ({ title, bars }: { title: string; bars: readonly Bar[] }) => (
    <section aria-label={title}>{bars.map((b) => `${b.key} ${b.tone}`).join(', ')}</section>
  ),
}));

const reserve = (key: string, more: Partial<Reserve>): Reserve => ({
  by: 'type',
  key,
  percent: 20,
  since: '2026-08-03',
  from: '2026-08-03',
  finished: 0,
  ofFinished: 0,
  finishedPercent: 0,
  wipDays: 1,
  ofWipDays: 5,
  wipPercent: 20,
  judged: true,
  missed: 0,
  say: `${key} said`,
  weeks: [],
  ...more,
});
const shown = (...reserves: Reserve[]) => {
  const { unmount } = render(<Reserves v={{ reserves, why: {} } as unknown as Mix} />);
  const part = screen.getByRole('region');
  const said = [part.getAttribute('aria-label'), part.textContent];
  unmount();
  return said;
};

it('says the reserve that the server says is missed most', () => {
  expect(
    shown(
      reserve('debt', { missed: -12 }),
      reserve('toil', { missed: 30.5, wipPercent: 50.5 }),
      reserve('risk', { wipPercent: 90, judged: false }), // far away, and not judged
    ),
  ).toEqual(['toil said', 'type debt warn, type toil bad, type risk accent']);
});

it('says that none is missed, or why nobody can say', () => {
  const early = { judged: false, since: '2026-11-19', from: '2026-11-19' };
  expect(shown(reserve('debt', { wipPercent: 30 }), reserve('toil', early))[0]).toBe(
    'Each kind of work took about what was reserved for it',
  );
  expect(
    shown(reserve('debt', early), reserve('toil', { ...early, since: '2026-11-17', from: '2026-11-17' }))[0],
  ).toMatch(/^Reserved since .*17.*: too early to judge$/);
  expect(shown(reserve('debt', { judged: false, from: '2026-11-19' }))[0]).toBe(
    'Fewer than seven days are too few to judge what was reserved',
  );
  expect(shown(reserve('debt', { judged: false, wipPercent: undefined }))[0]).toBe('debt said');
});
