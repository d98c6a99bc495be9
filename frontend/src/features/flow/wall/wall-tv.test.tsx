import { act, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import type { Connection } from '../../../live/types';
import { WallTv } from './WallTv';

let answer: () => Promise<Response>;
vi.stubGlobal('fetch', () => answer());
afterEach(() => vi.useRealTimers());

const live: Connection = { state: 'live', since: null, ageSeconds: 0, queued: 0 };
const wall = {
  boards: [],
  waiting: [],
  blocked: [],
  failed: [],
  sums: { wip: 7, past: 0, risk: 0, outside: 0, blocked: 0, finished: 0 },
};
const later = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

it('says that it opens, that it cannot be read, comes back by itself, and then how old it is', async () => {
  vi.useFakeTimers();
  answer = () => new Promise(() => {});
  const first = render(<WallTv connection={live} />);
  expect(screen.getByRole('status').textContent).toBe('Opening the wall');
  first.unmount();

  const broken = async () => new Response(JSON.stringify({ code: 'x', detail: 'No.' }), { status: 422 });
  answer = broken;
  render(<WallTv connection={live} />);
  await later(7_000);
  expect(screen.getByRole('alert').textContent).toBe('The wall could not be read');
  answer = async () => new Response(JSON.stringify(wall));
  await later(9_000);
  expect(screen.getByText('7')).toBeTruthy();
  expect(screen.getByText('live')).toBeTruthy();

  answer = broken;
  await later(21 * 60_000);
  expect(screen.queryByText('live')).toBeNull();
  expect(screen.getByText(/^offline, showing \d\d:\d\d/)).toBeTruthy();
});
