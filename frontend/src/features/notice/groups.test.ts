import { expect, it } from 'vitest';
import { grouped } from './groups';
import type { Notice } from './types';

const notice = (id: string, cardId?: string): Notice => ({
  id,
  kind: 'card.mentioned',
  title: id,
  link: '/',
  at: '2026-11-21T09:00:00Z',
  cardId,
});

it('puts notices of a card together, where its newest stands', () => {
  const groups = grouped([notice('5', 'a'), notice('4', 'b'), notice('3', 'a'), notice('2'), notice('1')]);
  expect(groups.map((g) => g.items.map((n) => n.id))).toEqual([['5', '3'], ['4'], ['2'], ['1']]);
});
