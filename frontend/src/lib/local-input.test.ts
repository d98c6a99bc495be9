import { expect, it } from 'vitest';
import { instant, localInput } from './local-input';

it('a local time goes to UTC and back', () => {
  const at = new Date(2026, 10, 23, 14, 30);
  expect(localInput(at)).toBe('2026-11-23T14:30');
  expect(instant(localInput(at))).toBe(at.toISOString());
  expect(instant('')).toBeUndefined();
});
