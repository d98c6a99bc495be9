import { afterEach, expect, it, vi } from 'vitest';
import { api, askAhead } from './api';

const answers = (status: number, body: unknown) =>
  vi.fn(
    async () =>
      new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } }),
  );

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('gives what was asked ahead to the first who asks, and asks anew after that', async () => {
  const fetch = answers(200, { seq: 7 });
  vi.stubGlobal('fetch', fetch);
  askAhead('/boards/b1');
  expect(fetch).toHaveBeenCalledTimes(1);
  expect(await api.get('/boards/b1')).toEqual({ seq: 7 });
  expect(fetch).toHaveBeenCalledTimes(1);
  await api.get('/boards/b1');
  expect(fetch).toHaveBeenCalledTimes(2);
});

it('keeps neither a refusal nor an old answer', async () => {
  vi.stubGlobal('fetch', answers(401, { code: 'unauthenticated' }));
  askAhead('/boards/b2');
  await new Promise((r) => setTimeout(r));
  const fetch = answers(200, { seq: 1 });
  vi.stubGlobal('fetch', fetch);
  expect(await api.get('/boards/b2')).toEqual({ seq: 1 });

  vi.useFakeTimers();
  askAhead('/boards/b3');
  vi.advanceTimersByTime(11_000);
  vi.useRealTimers();
  await api.get('/boards/b3');
  expect(fetch).toHaveBeenCalledTimes(3);
});
