import { expect, it } from 'vitest';
import { linked } from './Summary';

it('leads from the key of a card to the card, and from nothing else', () => {
  expect(linked('<li><strong>CHK-49</strong> Basket, not CHK-50</li>')).toBe(
    '<li><strong><a href="/c/CHK-49">CHK-49</a></strong> Basket, not CHK-50</li>',
  );
  expect(linked('<strong>Who-1 x</strong><code>CHK-1</code>')).toBe(
    '<strong>Who-1 x</strong><code>CHK-1</code>',
  );
});
