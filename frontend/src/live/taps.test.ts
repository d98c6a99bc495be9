import { expect, it } from 'vitest';
import { ApiError, NetworkError } from '../lib/api';
import { type Kept, Taps } from './taps';

interface View {
  notes: string[];
}

function bench(kept: Kept<string>[] = []) {
  const sent: { tap: string; key: string; done: (v: View) => void; fail: (e: Error) => void }[] = [];
  const refused: string[] = [];
  let stored = kept;
  let view: View = { notes: [] };
  const taps = new Taps<View, string>({
    send: (tap, key) => new Promise((done, fail) => sent.push({ tap, key, done, fail })),
    lay: (v, tap) => ({ notes: [...v.notes, tap] }),
    take: (v) => {
      view = v;
    },
    refused: (_, tap) => refused.push(tap),
    store: { read: () => stored, write: (list) => (stored = list) },
  });
  const settle = () => new Promise((r) => setTimeout(r));
  return { taps, sent, refused, settle, stored: () => stored, shown: () => taps.over(view).notes };
}

it('keeps what has no answer through a reload and sends it again under the same key, in its order', async () => {
  const b = bench();
  b.taps.tap('first');
  b.taps.tap('second');
  expect(b.shown()).toEqual(['first', 'second']);
  b.sent[0]?.fail(new NetworkError());
  await b.settle();
  expect(b.taps.snapshot()).toEqual({ waiting: 2, trying: true });
  b.taps.stop();

  const after = bench(b.stored());
  expect(after.sent.map((s) => s.tap)).toEqual(['first']);
  expect(after.sent[0]?.key).toBe(b.sent[0]?.key);
  after.sent[0]?.done({ notes: ['first'] });
  await after.settle();
  expect(after.shown()).toEqual(['first', 'second']);
  after.sent[1]?.done({ notes: ['first', 'second'] });
  await after.settle();
  expect(after.stored()).toEqual([]);
  after.taps.stop();
});

it('lets go of what the server refuses, says which it was, and goes on', async () => {
  const b = bench();
  b.taps.tap('too late');
  b.taps.tap('fine');
  b.sent[0]?.fail(new ApiError(409, { code: 'wrong_phase', detail: 'No' }));
  await b.settle();
  expect(b.refused).toEqual(['too late']);
  expect(b.sent[1]?.tap).toBe('fine');
  expect(b.shown()).toEqual(['fine']);
  b.taps.stop();
});
