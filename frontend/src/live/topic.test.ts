import { expect, it } from 'vitest';
import type { BoardEvent } from '../api/types';
import { ApiError, NetworkError } from '../lib/api';
import type { TopicHandler } from './socket';
import { LiveTopic } from './topic';

interface View {
  seq: number;
  text: string;
  long?: string;
}

function world(answers: (View | Error)[]) {
  let handler: TopicHandler | undefined;
  let reachable: (() => void) | undefined;
  let asked = 0;
  let again = 0;
  const topic = new LiveTopic<View>(
    'standup:s',
    '/standups/s',
    {
      follow: (_topic, h) => {
        handler = h;
        return { again: () => void again++, presence: () => true, off: () => {} };
      },
      request: async <T>() => {
        const answer = answers[Math.min(asked++, answers.length - 1)]!;
        if (answer instanceof Error) throw answer;
        return answer as T;
      },
      whenReachable: (fn) => {
        reachable = fn;
        return () => {};
      },
    },
    (next, old) => ({ ...next, long: next.long ?? old?.long }),
  );
  const event = (seq: number, data: object) =>
    handler?.event({ seq, type: 'standup.advanced', actorId: 'bo', data } as unknown as BoardEvent);
  return {
    topic,
    event,
    reset: () => handler?.reset?.(0),
    reached: () => reachable?.(),
    asked: () => asked,
    again: () => again,
  };
}
const settle = () => new Promise((r) => setTimeout(r, 0));

it('takes what events carry, the newest counts, and what they leave out stays', async () => {
  const { topic, event } = world([{ seq: 4, text: 'a', long: 'brief' }]);
  await settle();
  event(5, { view: { seq: 5, text: 'b' } });
  event(5, { view: { seq: 5, text: 'again' } });
  event(3, { view: { seq: 3, text: 'old' } });
  expect(topic.snapshot()).toMatchObject({
    status: 'ready',
    view: { seq: 5, text: 'b', long: 'brief' },
    heard: { actorId: 'bo' },
  });
  event(9, { view: { seq: 9, text: 'after a gap' } });
  expect(topic.snapshot().view?.text).toBe('after a gap');
  topic.take({ seq: 8, text: 'a late answer' });
  expect(topic.snapshot().view?.text).toBe('after a gap');
});

it('asks anew after an event without a view, and keeps what it shows when nobody answers', async () => {
  const w = world([{ seq: 1, text: 'a' }, new NetworkError(), { seq: 2, text: 'b' }]);
  await settle();
  w.event(2, {});
  await settle();
  expect(w.topic.snapshot()).toMatchObject({ status: 'ready', view: { text: 'a' } });
  w.reached();
  await settle();
  expect(w.topic.snapshot().view?.text).toBe('b');
});

it('says that there is nothing here for one who may not see it', async () => {
  const { topic } = world([new ApiError(404, { code: 'not_found', detail: 'No.' })]);
  await settle();
  expect(topic.snapshot().status).toBe('missing');
});

it('asks once at a time and once more for what came meanwhile, so the newest change is not lost', async () => {
  const w = world([1, 2, 4].map((seq) => ({ seq, text: `as of ${seq}` })));
  await settle();
  for (const seq of [2, 3, 4]) w.event(seq, {});
  expect(w.asked()).toBe(2);
  await settle();
  expect(w.asked()).toBe(3);
  expect(w.topic.snapshot().view?.text).toBe('as of 4');
  await settle();
  expect(w.asked()).toBe(3);
});

it('tells the socket where to go on after a gap, and only then', async () => {
  const w = world([1, 2, 9].map((seq) => ({ seq, text: 'x' })));
  await settle();
  w.event(2, {});
  await settle();
  expect(w.again()).toBe(0);
  w.reset();
  await settle();
  expect(w.again()).toBe(1);
});
