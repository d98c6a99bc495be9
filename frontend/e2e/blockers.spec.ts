import { clean } from './support/axe';
import { makeBoard, send } from './support/boards';
import { cardOf, expect, linkOf, ready, test } from './support/test';

test('4 blockers: raised to a person, who has it by a day; both see it on the card', async ({ as }) => {
  const [ana, bo] = [await as('ana'), await as('bo')];
  const b = await makeBoard(ana.api, { cards: { Ready: ['Checkout over TLS 1.3'] } });
  const key = b.keys['Checkout over TLS 1.3'] as string;
  await send(ana.api, 'post', `/cards/${key}/blockers`, { category: 'decision', reason: 'Who pays for the certificates?' });
  await ana.page.goto(`/b/${b.id}?card=${key}`);
  await ready(ana.page);
  await bo.page.goto(`/b/${b.id}?card=${key}`);
  await ready(bo.page);
  const [left, right] = [ana.page, bo.page].map((p) => p.getByRole('region', { name: 'Blocked' })) as [
    ReturnType<typeof ana.page.getByRole>,
    ReturnType<typeof ana.page.getByRole>,
  ];
  await left.getByRole('button', { name: 'Raise …' }).click();
  await left.getByLabel('To whom?').selectOption({ label: 'Bo Lind' });
  await clean(ana.page, 'raise a blocker', ['[data-card]']);
  await left.getByRole('button', { name: 'Raise it' }).click();
  await expect(right.getByText('Raised to Bo Lind')).toBeVisible();
  await expect(cardOf(ana.page, key).getByText('Raised to Bo', { exact: true })).toBeVisible();
  await right.getByRole('button', { name: 'I have it …' }).click();
  await clean(bo.page, 'promise a day');
  await right.getByRole('button', { name: 'Next Monday' }).click();
  await expect(right.getByRole('button', { name: 'Next Monday' })).toHaveAttribute('aria-pressed', 'true');
  expect(new Date(await right.getByLabel('By when?').inputValue()).getUTCDay()).toBe(1);
  await right.getByRole('button', { name: 'I have it', exact: true }).click();
  await expect(left.getByText(/Bo Lind has it, by Mon/)).toBeVisible();
  await expect(cardOf(ana.page, key).getByText(/Bo has it, by/)).toBeVisible();
});

test('4 blocked-by opens a blocker and closes it when the other card finishes, on another board; a circle is refused', async ({ as }) => {
  const { page, api } = await as('ana');
  const one = await makeBoard(api, { cards: { Ready: ['Refunds in the ledger'] } });
  const two = await makeBoard(api, { cards: { Ready: ['Ledger API'] } });
  const [a, x] = [one.keys['Refunds in the ledger'] as string, two.keys['Ledger API'] as string];
  await page.goto(`/b/${one.id}?card=${a}`);
  await ready(page);
  const part = page.getByRole('region', { name: 'Waits for' });
  await part.getByRole('button', { name: 'Wait for a card …' }).click();
  await clean(page, 'wait for a card', ['[data-card]']);
  await part.getByLabel('Which card?').fill(x.toLowerCase());
  await page.keyboard.press('Enter');
  await expect(cardOf(page, a).getByText(`Blocked · Waits for ${x}`)).toBeVisible();
  await expect(part.getByRole('link', { name: new RegExp(x) })).toBeVisible();

  const circle = await api.post(`/api/v1/cards/${x}/blocked-by`, { data: { card: a } });
  expect(circle.status()).toBe(409);
  expect((await circle.json()).code).toBe('cycle');

  await send(api, 'post', `/cards/${x}/move`, { columnId: two.columns.Done });
  await expect(cardOf(page, a).getByText(`Waits for ${x}`)).toHaveCount(0);
  await expect(page.getByText(`finished ${x}, for which it waited: the blocker is closed`)).toBeVisible();
  await expect(linkOf(page, a)).toBeVisible();
});
