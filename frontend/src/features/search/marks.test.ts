import { describe, expect, it } from 'vitest';
import { marked } from './marks';
import { asks, pathOf, readSearchFor } from './types';

const said = (text: string, asked: string) =>
  marked(text, asked)
    .map((p) => (p.hit ? `[${p.text}]` : p.text))
    .join('');

describe('what is marked', () => {
  it('is the beginning of a word, without case and accents', () => {
    expect(said('Payments time out in repayment', 'pay OUT')).toBe('[Pay]ments time [out] in repayment');
    expect(said('Crème brûlée', 'creme BRUL')).toBe('[Crème] [brûl]ée');
    expect(said('cre\u0301me', 'cre')).toBe('[cre\u0301]me');
  });
  it('takes the longest word, and signs for nothing', () => {
    expect(said('payment', 'p pay')).toBe('[pay]ment');
    expect(said('a (b) *', '*) (')).toBe('a (b) *');
    expect(said('', 'x')).toBe('');
  });
});

describe('the address', () => {
  it('leaves out what it does not understand', () => {
    expect(readSearchFor({ q: 'x', kind: 'secret', state: 'open', team: 7, more: 'y' })).toEqual({
      q: 'x',
      state: 'open',
    });
  });
  it('asks nothing without a letter', () => {
    expect([asks({ q: '🙂 --' }), asks({ q: 'é' }), asks({ owner: 'per_1' }), asks({})]).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
  it('becomes one question', () => {
    expect(pathOf({ q: 'a&b', kind: 'card' }, 'c')).toBe('/search?limit=30&q=a%26b&kinds=card&cursor=c');
  });
});
