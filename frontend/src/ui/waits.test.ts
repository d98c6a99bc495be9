import { expect, it } from 'vitest';
import { waitsWords } from './waits';

it('names the question of a checklist, who wrote, and how many more', () => {
  const row = { title: 'Faster checkout', item: 'O3', question: 'Who is paged?', who: 'Bo Lindt', count: 3 };
  expect(waitsWords({ ...row, kind: 'checklist.to_understand' })).toEqual({
    title: 'Faster checkout',
    text: 'Bo Lindt explained O3: Who is paged? · and 2 more',
  });
  expect(waitsWords({ ...row, kind: 'checklist.stale', count: 1, who: undefined })?.text).toBe(
    'your evidence ran out, O3: Who is paged?',
  );
  expect(waitsWords({ kind: 'health.open', title: 'Checkout' })).toBeUndefined();
});
