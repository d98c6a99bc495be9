import { describe, expect, it } from 'vitest';
import { queryOf, sameView, searchOf } from './views';

describe('a saved view', () => {
  it('is its address without the open card', () => {
    const view = {
      disc: ['operations' as const],
      label: ['a b', 'c&d'],
      lanes: 'owner' as const,
      card: 'CHK-1',
    };
    expect(queryOf(view)).toBe('disc=operations&label=a+b&label=c%26d&lanes=owner');
    expect(searchOf(queryOf(view))).toEqual({ disc: ['operations'], label: ['a b', 'c&d'], lanes: 'owner' });
  });
  it('is the same in whatever order it was chosen', () => {
    expect(sameView({ label: ['a', 'b'] }, { label: ['b', 'a'], card: 'X-1' })).toBe(true);
    expect(sameView({ label: ['a'] }, { label: ['a', 'b'] })).toBe(false);
    expect(sameView({ label: ['a'] }, { label: ['a'], lanes: 'type' })).toBe(false);
  });
  it('forgets what the page no longer knows', () => {
    expect(searchOf('disc=wizardry&card=CHK-1&quick=mine')).toEqual({ quick: ['mine'] });
  });
});
