import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ApiError, api, NetworkError } from '../../lib/api';
import { Taps } from './taps';
import type { StandupView } from './types';

const view = (seq: number) => ({ seq, meeting: { boxSeconds: seq } }) as StandupView;
const tap = (to: number) => ({
  method: 'post' as const,
  path: '/standups/s/advance',
  body: { to },
  does: { what: 'box' as const, seconds: to },
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it('sends one after the other, each with its own key, and takes every answer', async () => {
  const sent: [unknown, string | undefined][] = [];
  vi.spyOn(api, 'post').mockImplementation(async (_path, body, opts) => {
    sent.push([body, opts?.key]);
    return view(sent.length) as never;
  });
  const taken: number[] = [];
  const taps = new Taps(
    (v) => taken.push(v.seq),
    () => {},
  );
  taps.tap(tap(1));
  taps.tap(tap(2));
  expect(taps.snapshot().waiting).toBe(2);
  await vi.runAllTimersAsync();
  expect(sent.map(([body]) => body)).toEqual([{ to: 1 }, { to: 2 }]);
  expect(sent[0]?.[1]).not.toBe(sent[1]?.[1]);
  expect(taken).toEqual([1, 2]);
  expect(taps.snapshot()).toEqual({ waiting: 0, trying: false });
});

it('keeps taps while the wire is cut and sends them again with the same keys', async () => {
  let cut = true;
  const keys: (string | undefined)[] = [];
  vi.spyOn(api, 'post').mockImplementation(async (_path, _body, opts) => {
    keys.push(opts?.key);
    if (cut) throw new NetworkError();
    return view(1) as never;
  });
  const taps = new Taps(
    () => {},
    () => {},
  );
  for (const to of [1, 2, 3]) taps.tap(tap(to));
  await vi.advanceTimersByTimeAsync(0);
  expect(taps.snapshot()).toEqual({ waiting: 3, trying: true });
  expect(taps.over(view(0)).meeting?.boxSeconds).toBe(3);
  await vi.advanceTimersByTimeAsync(1_500);
  cut = false;
  taps.kick();
  await vi.runAllTimersAsync();
  expect(taps.snapshot()).toEqual({ waiting: 0, trying: false });
  expect(new Set(keys.slice(0, 2)).size).toBe(1);
  expect(new Set(keys).size).toBe(3);
});

it('a refusal takes the tap back and says why; those behind it go on', async () => {
  const post = vi.spyOn(api, 'post');
  post.mockRejectedValueOnce(new ApiError(409, { code: 'no_meeting', detail: 'It does not run now.' }));
  post.mockResolvedValueOnce(view(5) as never);
  const said: string[] = [];
  const taken: number[] = [];
  const taps = new Taps(
    (v) => taken.push(v.seq),
    (e) => said.push(e.detail),
  );
  taps.tap(tap(1));
  taps.tap(tap(2));
  await vi.runAllTimersAsync();
  expect(said).toEqual(['It does not run now.']);
  expect(taken).toEqual([5]);
  expect(taps.over(view(0))).toEqual(view(0));
});

it('what waits outlives the page, in this tab, with the same keys; not for longer than a meeting lasts', async () => {
  const keys: (string | undefined)[] = [];
  let cut = true;
  vi.spyOn(api, 'post').mockImplementation(async (_path, _body, opts) => {
    keys.push(opts?.key);
    if (cut) throw new NetworkError();
    return view(1) as never;
  });
  const remote = () =>
    new Taps(
      () => {},
      () => {},
      'taps.test',
    );
  const before = remote();
  before.tap(tap(1));
  before.tap(tap(2));
  await vi.advanceTimersByTimeAsync(0);
  before.stop();
  const after = remote();
  expect(after.snapshot().waiting).toBe(2);
  expect(after.over(view(0)).meeting?.boxSeconds).toBe(2);
  after.stop();
  await vi.advanceTimersByTimeAsync(0);
  cut = false;
  keys.length = 0;
  const again = remote();
  await vi.runAllTimersAsync();
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(2);
  expect(again.snapshot()).toEqual({ waiting: 0, trying: false });
  expect(sessionStorage.getItem('taps.test')).toBeNull();
  cut = true;
  again.tap(tap(3));
  again.stop();
  vi.setSystemTime(Date.now() + 3 * 3_600_000);
  expect(remote().snapshot().waiting).toBe(0);
});
