import { act, render, screen, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { expect, it, vi } from 'vitest';
import type { Why } from '../types';
import { CompareTab } from './CompareTab';
import { FlowContext, type FlowRoom } from './context';

vi.mock('../charts/ChartFrame', () => ({
  ChartFrame: ({ title, children }: { title: string; children: ReactNode }) => (
    <section aria-label={title}>{children}</section>
  ),
}));

/** Answers wait until they are let go. */
const waiting = new Map<string, () => void>();
vi.stubGlobal('fetch', (path: string) => {
  const [measure, from, to] = path.replace('/api/v1/', '').split(' ');
  const why = { from, to, n: 12, changes: [], left: [] } as unknown as Why;
  const n = from === '2026-06-20' ? 9 : 4;
  const body = {
    why,
    percentiles: [{ percent: 85, days: n, within: 10, n: 12 }],
    days: [],
    wip: [n],
    finished: [1],
    totalAge: [n],
    n: 0,
    none: 0,
  };
  return new Promise<Response>((done) =>
    waiting.set(`${measure} ${from} ${to}`, () => done(new Response(JSON.stringify(body)))),
  );
});
const answer = async (names: readonly string[]) => {
  await waitFor(() => expect(names.filter((name) => !waiting.has(name))).toEqual([]));
  await act(async () => {
    for (const name of names) waiting.get(name)!();
  });
};
const MEASURES = ['cycle-time', 'wip', 'efficiency', 'handoffs', 'mix'];
const all = (days: string) => MEASURES.map((m) => `${m} ${days}`);

const split = (day: string) => (
  <FlowContext
    value={
      {
        search: { split: day },
        set: () => {},
        path: (measure: string, w: { from?: string; to?: string } = {}) =>
          `/${measure} ${w.from ?? '2026-06-01'} ${w.to ?? '2026-06-30'}`,
      } as unknown as FlowRoom
    }
  >
    <CompareTab />
  </FlowContext>
);

it('puts no number under days that are not its own', async () => {
  const { rerender, container } = render(split('2026-06-10'));
  await answer(['overview 2026-06-01 2026-06-30']);
  await answer([...all('2026-06-01 2026-06-09'), ...all('2026-06-10 2026-06-30')]);
  const head = () => container.querySelector('.fl-compare-head')?.textContent;
  await waitFor(() => expect(head()).toContain('10 Jun to 30 Jun'));
  rerender(split('2026-06-20'));
  await answer([...all('2026-06-01 2026-06-19'), ...all('2026-06-20 2026-06-30').slice(0, 4)]);
  await act(() => new Promise((r) => setTimeout(r, 50)));
  expect(head()).toContain('10 Jun to 30 Jun');
  expect(screen.queryByText('9 d')).toBeNull();
  await answer(['mix 2026-06-20 2026-06-30']);
  await waitFor(() => expect(head()).toContain('20 Jun to 30 Jun'));
  expect(screen.getAllByText('9 d').length).toBeGreaterThan(0);
});
