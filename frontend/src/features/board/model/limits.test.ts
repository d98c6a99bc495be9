import { expect, it } from 'vitest';
import { dropVerdict, strictest, wipState } from '../../../lib/limits';

it('names the state of a column', () => {
  const wip = { mode: 'warn', min: 2, max: 4 } as const;
  expect([0, 2, 3, 4, 5].map((n) => wipState(wip, n))).toEqual(['starved', 'under', 'under', 'full', 'over']);
  expect(wipState({ mode: 'off', max: 1 }, 9)).toBe('none');
  expect(wipState({ mode: 'warn', min: 1 }, 3)).toBe('none');
});

it('says before the drop what the limit will say', () => {
  const tone = (mode: 'warn' | 'reason' | 'hard' | 'off', count: number, inside = false) =>
    dropVerdict({ mode, max: 4 }, count, inside).tone;
  expect(tone('reason', 3)).toBe('ok');
  expect(tone('reason', 4)).toBe('ask');
  expect(tone('hard', 4)).toBe('refuse');
  expect(tone('warn', 4)).toBe('warn');
  expect(tone('off', 40)).toBe('ok');
  // Re-ordering inside an overfull column adds nothing.
  expect(tone('hard', 5, true)).toBe('ok');
  expect(dropVerdict({ mode: 'reason', max: 4 }, 4, false)).toEqual({ tone: 'ask', count: 5, max: 4 });
});

it('takes the strictest of several', () => {
  expect(
    strictest([{ tone: 'ok' as const }, { tone: 'refuse' as const }, { tone: 'ask' as const }])?.tone,
  ).toBe('refuse');
  expect(strictest([])).toBeUndefined();
});
