import { expect, it } from 'vitest';
import { isFiltered, parseSearch, readBoardSearch, stringifySearch } from './search';

it('round-trips a view, commas and signs included', () => {
  const view = { q: 'a&b', label: ['one, two', 'x+y'], quick: ['mine'], card: 'PAY-4' };
  expect(readBoardSearch(parseSearch(stringifySearch(view)))).toEqual(view);
});

it('leaves out what it does not understand', () => {
  expect(readBoardSearch(parseSearch('?disc=pirates&disc=security&lanes=moon&quick=&x=1'))).toEqual({
    disc: ['security'],
  });
});

it('keeps digits as text', () => {
  expect(readBoardSearch(parseSearch('?q=42&label=7'))).toEqual({ q: '42', label: ['7'] });
});

it('does not call an open card a filter', () => {
  expect(isFiltered({ card: 'PAY-4', lanes: 'type' })).toBe(false);
  expect(isFiltered({ q: 'x' })).toBe(true);
});
