import { makeBoard } from './support/boards';
import { cardOf, expect, keysIn, linkOf, ready, someCard, test } from './support/test';

test('26 filters combine, show counts, live in the address, have one “Clear”, and what is left out is stated', async ({ as, board }) => {
  const ana = await as('ana');
  const { page } = ana;
  const snap = await board('CHK');
  const [blocked, next] = [someCard(snap, (c) => c.discipline === 'operations' && c.blockers.length > 0).key, keysIn(snap, 'Ready').find((key) => !snap.cards.some((c) => c.key === key && c.discipline === 'operations' && c.blockers.length > 0)) as string];
  await ana.openBoard('CHK');
  const tools = page.getByRole('region', { name: 'Filters and view' });
  const shown = tools.locator('[class*="shown"] b');
  const total = (await (await ana.api.get(`/api/v1/boards/${page.url().split('/b/')[1]}`)).json()).cards.length;
  await tools.getByRole('button', { name: 'Ops', exact: true }).click();
  await expect(shown).toHaveText(new RegExp(`^\\d+ of ${total}$`));
  const one = Number((await shown.innerText()).split(' ')[0]);
  await tools.getByRole('button', { name: 'Blocked', exact: true }).click();
  await expect(page).toHaveURL(/disc=operations.*quick=blocked|quick=blocked.*disc=operations/);
  await expect.poll(async () => Number((await shown.innerText()).split(' ')[0])).toBeLessThan(one);
  await expect(cardOf(page, blocked)).toBeVisible();
  await expect(cardOf(page, next)).toHaveCount(0);
  // the popover says how many each label and owner has
  await tools.getByRole('button', { name: /^Filter/ }).click();
  const filter = page.getByRole('dialog', { name: /^Filter/ });
  await expect(filter.getByRole('button', { name: /^auth ?\d+$/ })).toBeVisible();
  await filter.getByRole('button', { name: /^edge ?\d+$/ }).click();
  await expect(page).toHaveURL(/label=edge/);
  await page.keyboard.press('Escape');
  await expect(filter).toBeHidden();
  await expect(tools.getByRole('button', { name: /^Filter/ }), 'the button says how many it holds').toContainText('1');
  await expect(tools.getByRole('button', { name: 'Clear' })).toHaveCount(1);
  await tools.getByRole('button', { name: 'Clear' }).click();
  await expect(page).toHaveURL(/\/b\/[^?]+$/);
  await expect(cardOf(page, next)).toBeVisible();
  await expect(shown).toHaveCount(0);
});

test('27 a view is its link: somebody else who opens it sees the same filters, rows and open card', async ({ as, board }) => {
  const [ana, goro] = [await as('ana'), await as('goro')];
  const card = someCard(await board('CHK'), (c) => c.discipline === 'security').key;
  await ana.openBoard('CHK');
  const { page } = ana;
  await page.getByRole('button', { name: 'Security', exact: true }).click();
  await page.getByRole('button', { name: 'No lanes' }).click();
  await page.getByRole('menuitemradio', { name: 'By type' }).click();
  await cardOf(page, card).getByRole('link').first().press('Enter');
  await expect(page.locator('aside h2')).toBeVisible();
  await goro.page.goto(page.url());
  await ready(goro.page);
  await expect(goro.page.locator('aside h2')).toHaveText(await page.locator('aside h2').innerText());
  await expect(goro.page.getByRole('button', { name: 'Security', exact: true })).toHaveAttribute('aria-pressed', 'true');
  const state = (p: typeof page) =>
    p.evaluate(() => ({
      rows: [...document.querySelectorAll('section[data-named]')].map((s) => s.getAttribute('aria-label')),
      cells: [...document.querySelectorAll('ul[data-cell]:not([data-strip])')].map((u) => u.getAttribute('aria-label')),
    }));
  expect(await state(goro.page)).toEqual(await state(page));
});

test('30 an empty board, column, filter and search each say why and offer one action', async ({ as }) => {
  const { page, api } = await as('ana');
  const empty = await makeBoard(api, { name: 'Empty' });
  await page.goto(`/b/${empty.id}`);
  await expect(page.getByText('Nothing is on this board yet.')).toBeVisible();
  await page.getByRole('button', { name: 'Add the first card' }).click();
  await expect(page.getByRole('form', { name: 'New card in Ready' }).getByRole('textbox')).toBeFocused();
  await page.keyboard.type('The first');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing is on this board yet.')).toBeHidden();
  await page.keyboard.press('Escape');

  // an empty column
  const column = page.locator(`ul[data-cell="${empty.columns.Build}|*"]`);
  await expect(column, 'an empty column says why').toContainText('Nothing is in work here.');
  await expect(column.getByRole('button', { name: '+ Add a card' })).toHaveCount(1);

  // filter and search
  await page.goto(`/b/${empty.id}?quick=blocked`);
  await expect(page.getByText('The one card is filtered out.')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await expect(page.locator('[data-card]')).toHaveCount(1);
  await page.getByRole('searchbox', { name: 'Find on this board' }).fill('zzz');
  await expect(page.getByText('The one card is filtered out.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Clear the filters' })).toHaveCount(1);
});

test('63 back and forward restore board, filters and the open card', async ({ as, board }) => {
  const ana = await as('ana');
  const card = someCard(await board('CHK'), (c) => c.blockers.length > 0);
  const { page } = ana;
  await page.goto('/boards');
  await page.getByRole('link', { name: /Delivery/ }).first().click();
  await ready(page);
  const blocked = page.getByRole('button', { name: 'Blocked', exact: true });
  await blocked.click();
  await expect(page).toHaveURL(/quick=blocked/);
  await linkOf(page, card.key).press('Enter');
  await expect(page.locator('aside h2')).toBeVisible();
  await page.goBack();
  await expect(page.locator('aside h2')).toHaveCount(0);
  await expect(blocked).toHaveAttribute('aria-pressed', 'true');
  await page.goBack();
  await expect(blocked).toHaveAttribute('aria-pressed', 'false');
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Boards', level: 1 })).toBeVisible();
  for (let i = 0; i < 3; i++) await page.goForward();
  await expect(page.locator('aside h2')).toHaveText(card.title);
  await expect(blocked).toHaveAttribute('aria-pressed', 'true');
});
