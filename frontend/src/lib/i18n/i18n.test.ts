import { expect, it } from 'vitest';
import { defineMessages, format, t } from './index';

it('puts values in and leaves unknown ones visible', () => {
  expect(format('{a} and {b}', { a: 'x' })).toBe('x and {b}');
});

it('chooses plural forms, exact numbers first', () => {
  const text = '{n, plural, =0 {no cards} one {# card in {where}} other {# cards in {where}}}';
  expect(format(text, { n: 0 })).toBe('no cards');
  expect(format(text, { n: 1, where: 'Build' })).toBe('1 card in Build');
  expect(format(text, { n: 5, where: 'Build' })).toBe('5 cards in Build');
});

it('merges what features define into one catalogue', () => {
  const own = defineMessages({ 'demo.hello': 'Hello {name}' });
  expect(own('demo.hello', { name: 'Ana' })).toBe('Hello Ana');
  expect(t('demo.hello', { name: 'Bo' })).toBe('Hello Bo');
  expect(t('demo.none')).toBe('demo.none');
});
