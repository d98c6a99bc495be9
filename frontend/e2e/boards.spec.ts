import { clean } from './support/axe';
import { makeBoard, send, teamOf } from './support/boards';
import { at } from './support/pointer';
import { expect, inHead, ready, test } from './support/test';

test('boards: made from a template, copied, archived with a question, restored', async ({ as }) => {
  const { page, api } = await as('ana');
  await page.goto('/boards');
  await page.getByRole('button', { name: 'New board' }).click();
  await page.getByLabel('Name').fill('Security of the checkout');
  await page.getByRole('radio', { name: /Security work/ }).check();
  await clean(page, 'new board');
  await page.getByRole('button', { name: 'Create the board' }).click();
  await expect(page.getByRole('heading', { name: 'Security of the checkout' })).toBeVisible();
  await expect(page.locator('[data-head]')).toHaveCount(6);
  await expect(page.locator('[data-head]').first()).toContainText('Reported');

  await page.goto('/boards');
  const tile = (name: string) => page.locator('[data-board-tile]').filter({ has: page.getByRole('link', { name, exact: true }) });
  await page.getByRole('button', { name: 'More of Security of the checkout' }).click();
  await page.getByRole('menuitem', { name: 'Copy' }).click();
  await page.getByLabel('Name').fill('Second');
  await page.getByRole('button', { name: 'Copy the board' }).click();
  await expect(page.getByRole('heading', { name: 'Second', exact: true })).toBeVisible();
  await expect(page.locator('[data-head]').nth(1)).toContainText('Triaged');

  await page.goto('/boards');
  await page.getByRole('button', { name: 'More of Second' }).click();
  await page.getByRole('menuitem', { name: 'Archive' }).click();
  await page.getByRole('button', { name: 'Archive the board' }).click();
  await expect(tile('Second')).toHaveCount(0);
  await page.getByRole('button', { name: 'Archived boards' }).click();
  await tile('Second').getByRole('link').click();
  await expect(page.getByText('This board was archived on')).toBeVisible();
  await expect(page.getByRole('button', { name: 'New card' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Restore it' }).click();
  await expect(page.getByText('This board was archived on')).toHaveCount(0);
  const { items } = await (await api.get('/api/v1/boards')).json();
  expect(items.map((x: { name: string }) => x.name)).toContain('Second');
});

test('boards: favourites come first, in one’s own order, and the overview is live', async ({ as }) => {
  const { page, api } = await as('ana');
  const team = await teamOf(api, 'CHK');
  for (const name of ['First', 'Other']) await send(api, 'post', '/boards', { teamId: team, name, template: 'simple' });
  await page.goto('/boards');
  const stars = page.getByRole('region', { name: 'Favourites' }).getByRole('heading', { level: 3 });
  await page.getByRole('button', { name: 'Favourite: First' }).click();
  await page.getByRole('button', { name: 'Favourite: Other' }).click();
  await expect(stars).toHaveText(['First', 'Other']);
  await page.getByRole('button', { name: 'More of Other' }).click();
  await page.getByRole('menuitem', { name: 'Earlier among favourites' }).click();
  await expect(stars).toHaveText(['Other', 'First']);
  await page.reload();
  await expect(stars).toHaveText(['Other', 'First']);
  await clean(page, 'favourites');
  await page.getByRole('button', { name: 'Favourite: First' }).click();
  await expect(stars).toHaveText(['Other']);

  const { items } = await (await api.get('/api/v1/boards')).json();
  const other = items.find((x: { name: string }) => x.name === 'Other').id;
  const { columns } = await (await api.get(`/api/v1/boards/${other}`)).json();
  await expect(page.locator(`[data-board-tile="${other}"]`)).toContainText('WIP 0');
  await page.waitForTimeout(500); // until the page listens
  await send(api, 'post', `/boards/${other}/cards`, { title: 'Somebody begins', columnId: columns[1].id });
  await expect(page.locator(`[data-board-tile="${other}"]`)).toContainText('WIP 1', { timeout: 15_000 });
});

test('20 a column is dragged and has a menu that does the same; one that holds cards goes only with a target for them', async ({ as }) => {
  const { page, api } = await as('ana');
  const b = await makeBoard(api, { cards: { Test: ['one', 'two'], Build: ['three'] } });
  await page.goto(`/b/${b.id}`);
  await ready(page);
  const names = async () => (await b.snapshot()).columns.map((c) => c.name).join(' ');
  const head = (name: string) => page.locator('[data-head]').filter({ hasText: name });
  const from = await at(head('Test'), 0.5, 0.8);
  const to = await at(head('Build'), 0.5, 0.8);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x - 8, from.y, { steps: 2 });
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await expect(page.locator('[data-beside="left"]')).toBeVisible();
  await page.mouse.up();
  await expect.poll(names).toBe('Ready Test Build Done');
  await inHead(page, 'Column Test: more');
  await page.getByRole('menuitem', { name: /right/ }).click();
  await expect.poll(names).toBe('Ready Build Test Done');

  await inHead(page, 'Column Test: more');
  await page.getByRole('menuitem', { name: 'Remove column' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove column Test?' });
  await expect(dialog).toContainText('It holds 2 cards.');
  await dialog.getByLabel('Move its cards to').selectOption('Build');
  await dialog.getByRole('button', { name: 'Remove column' }).click();
  await expect.poll(names).toBe('Ready Build Done');
  expect(await b.order('Build')).toEqual([b.keys.three, b.keys.one, b.keys.two]);
});
