import { clean } from './support/axe';
import { makeBoard } from './support/boards';
import { expect, test } from './support/test';

test('search: from the board to everywhere; marked, filtered by the address, walked with the arrows; nothing found helps on', async ({ as }) => {
  const ana = await as('ana');
  const { page, api } = ana;
  const board = await makeBoard(api, { name: 'Search here' });
  const made = await api.post(`/api/v1/boards/${board.id}/cards`, {
    data: { title: 'Crème brûlée', columnId: board.columns.Ready, description: 'The zebra crossing of the payment provider' },
  });
  const { key, id } = await made.json();
  await ana.openBoard('CHK');
  await page.keyboard.press('/');
  await page.keyboard.type('zebra');
  await expect(page.getByRole('link', { name: /^Search everywhere for “zebra”/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/search\?q=zebra$/);
  const results = page.getByRole('list', { name: 'What was found' }).getByRole('listitem');
  await expect(results).toHaveCount(1);
  await expect(results.first()).toContainText('In the description:');
  await expect(results.locator('mark')).toHaveText(['zebra']);
  await clean(page, 'search with a result');

  // a key, without accents, and what is archived says so
  await page.getByRole('searchbox', { name: 'Search everywhere' }).fill('creme BRUL');
  await expect(results.locator('mark')).toHaveText(['Crème', 'brûl']);
  await api.delete(`/api/v1/cards/${id}`);
  await page.getByRole('searchbox', { name: 'Search everywhere' }).fill(key.toLowerCase());
  await expect(results.first()).toContainText('Archived');
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(page).toHaveURL(/state=open/);
  await expect(page.getByText(`Nothing here has all of “${key.toLowerCase()}” with these filters.`)).toBeVisible();
  await clean(page, 'search without a result');
  await page.getByRole('button', { name: 'Search without filters' }).click();
  await expect(results.first()).toContainText('Crème brûlée');

  // the arrows go from the field to the answers; Enter opens; Back comes back
  await page.getByRole('searchbox', { name: 'Search everywhere' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(results.first().getByRole('link')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Crème brûlée' })).toBeVisible();
  await page.goBack();
  await expect(results.first()).toContainText('Crème brûlée');
});

test('search: what a team keeps to itself is not found by others, and a person leads to their cards', async ({ as }) => {
  const [mara, ana] = [await as('mara'), await as('ana')];
  const { items } = await (await mara.api.get('/api/v1/search?q=rotate&limit=100')).json();
  const seen = (await (await ana.api.get('/api/v1/boards')).json()).items.map((b: { id: string }) => b.id);
  expect(items.length).toBeGreaterThan(0);
  const mine = (await (await ana.api.get('/api/v1/search?q=rotate&limit=100')).json()).items;
  expect(mine.every((i: { boardId?: string }) => !i.boardId || seen.includes(i.boardId))).toBe(true);
  await ana.page.goto('/search?q=ana&kind=person');
  await ana.page.getByRole('list', { name: 'What was found' }).getByRole('link').first().click();
  await expect(ana.page.getByRole('button', { name: /^Cards of Ana/ })).toHaveAttribute('aria-pressed', 'true');
  await expect(ana.page.getByRole('list', { name: 'What was found' }).getByRole('listitem').first()).toContainText(/CHK-|PAY-|OPS-|SEC-/);
});
