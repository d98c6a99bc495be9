import { expect, it } from 'vitest';
import { slotAt } from './useDropCell';

const laid = {
  ids: ['a', 'b', 'c'],
  items: [
    { index: 0, start: 6, size: 90 },
    { index: 1, start: 103, size: 90 },
    { index: 2, start: 200, size: 90 },
  ],
};

it('falls before a card in its upper half and behind it in its lower', () => {
  expect(slotAt(laid, 10).index).toBe(0);
  expect(slotAt(laid, 60).index).toBe(1);
  expect(slotAt(laid, 140).index).toBe(1);
  expect(slotAt(laid, 160).index).toBe(2);
});

it('falls behind the last card below it, and into an empty cell', () => {
  expect(slotAt(laid, 900)).toEqual({ index: 3, line: 293 });
  expect(slotAt({ ids: [], items: [] }, 40).index).toBe(0);
});

it('counts from the first mounted card of a scrolled cell', () => {
  const far = { ids: [], items: [{ index: 40, start: 4000, size: 90 }] };
  expect(slotAt(far, 4010).index).toBe(40);
  expect(slotAt(far, 4090).index).toBe(41);
});
