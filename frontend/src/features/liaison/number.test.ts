import { expect, it } from 'vitest';
import { read } from './number';

it('reads what may be, and nothing else', () => {
  const whole = { min: 1, max: 3, whole: true };
  expect(read('2', whole)).toBe(2);
  expect(read(' 3 ', whole)).toBe(3);
  expect(read('', whole)).toBeUndefined();
  for (const bad of ['2.5', '0', '4', '-1', 'x', '1e0', '2.']) expect(read(bad, whole)).toBe('wrong');
  const share = { min: 0, max: 100, must: true };
  expect(read('35', share)).toBe(35);
  expect(read('2.5', share)).toBe(2.5);
  expect(read('2,5', share)).toBe(2.5);
  for (const bad of ['', ' ', '100.5', '-']) expect(read(bad, share)).toBe('wrong');
});
