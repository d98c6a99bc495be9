import { clean } from './support/axe';
import { makeBoard, send } from './support/boards';
import { cardOf, expect, linkOf, ready, test } from './support/test';

// What a card can have beside its facts. Most of it is done by keyboard; what others see is looked at where they sit.

test('a to-do item becomes a card, a card of another board a part, and the whole says how far they are', async ({ as }) => {
  const { page, api } = await as('ana');
  const b = await makeBoard(api, { cards: { Ready: ['The whole'], Build: ['Near'] } });
  const far = await makeBoard(api, { name: 'Far away', cards: { Ready: ['A part on another board'] } });
  const key = b.keys['The whole'] as string;
  await page.goto(`/b/${b.id}?card=${key}`);
  await ready(page);
  const peek = page.locator('aside[aria-label^="Card"]');
  const add = async (what: string) => {
    await peek.getByRole('button', { name: 'Add …' }).press('Enter');
    const item = peek.getByRole('menuitem', { name: what, exact: true });
    while (!(await item.evaluate((e) => e === document.activeElement))) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
  };

  await add('To-do list');
  await page.keyboard.type('Ask the provider');
  await page.keyboard.press('Enter');
  await peek.getByRole('button', { name: 'Make "Ask the provider" a card' }).press('Enter');
  const parts = peek.getByRole('region', { name: 'Parts' });
  await expect(parts.getByRole('link', { name: /Ask the provider/ })).toBeVisible();
  await expect(parts).toContainText('0 of 1 done');
  await expect(page.locator('[data-card]').filter({ hasText: 'Ask the provider' })).toContainText(key);
  expect(await page.evaluate(() => document.activeElement?.tagName), 'the focus stays').toBe('BUTTON');

  await parts.getByRole('button', { name: 'Add a part' }).press('Enter');
  await page.keyboard.type(far.keys['A part on another board'] as string);
  await expect(parts.getByRole('option', { name: /A part on another board/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(parts.getByRole('link', { name: /A part on another board/ })).toBeVisible();
  await expect(parts).toContainText('Far away');
  await send(api, 'post', `/cards/${far.keys['A part on another board']}/move`, { columnId: far.columns.Done });
  await expect(parts, 'live, over boards').toContainText('1 of 2 done');
  await expect(cardOf(page, key).getByText('1/2')).toBeVisible();

  await page.goto(`/c/${b.keys.Near}`);
  await page.getByRole('button', { name: 'Add …' }).click();
  await page.getByRole('menuitem', { name: 'What it is a part of' }).click();
  await page.keyboard.type('the whole');
  await page.keyboard.press('Enter');
  const leave = page.getByRole('button', { name: `No longer a part of ${key}` });
  await expect(leave).toBeVisible();
  await leave.press('Enter');
  await expect(leave).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(leave).toBeVisible();
});

test('an @ offers who may see the card, and they hear of it; a watcher says no', async ({ as }) => {
  const ana = await as('ana');
  const bo = await as('bo');
  const b = await makeBoard(ana.api, { cards: { Ready: ['Asks for help'] } });
  const { page } = ana;
  await page.goto(`/c/${b.keys['Asks for help']}`);
  const comment = page.getByRole('textbox', { name: 'Write a comment' });
  await comment.focus();
  await page.keyboard.type('Is it the pool, @bo');
  await expect(page.getByRole('option', { name: /Bo Lind/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(comment).toHaveValue('Is it the pool, @Bo Lind ');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('[data-person]').filter({ hasText: 'Bo Lind' }).first()).toBeVisible();
  await expect
    .poll(async () => ((await (await bo.api.get('/api/v1/notices')).json()) as { items: { kind: string; cardKey?: string }[] }).items.filter((n) => n.kind === 'card.mentioned' && n.cardKey === b.keys['Asks for help']).length)
    .toBe(1);
  const watch = page.getByRole('button', { name: 'Hear of changes of this card' });
  await expect(watch).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByText('Hear of changes', { exact: true })).toBeVisible();
  await watch.press('Enter');
  await expect(watch).toHaveAttribute('aria-pressed', 'false');
  await page.reload();
  await expect(watch).toHaveAttribute('aria-pressed', 'false');
});

test('every version of a description is kept, shown with its difference, and can be taken again', async ({ as }) => {
  const { page, api } = await as('ana');
  const b = await makeBoard(api, { cards: { Ready: ['Written twice'] } });
  const key = b.keys['Written twice'] as string;
  await send(api, 'patch', `/cards/${key}`, { description: 'Ask once and give up.' });
  await send(api, 'patch', `/cards/${key}`, { description: 'Ask twice and give up.' });
  await page.goto(`/c/${key}`);
  const open = page.getByRole('button', { name: '2 versions' });
  await open.press('Enter');
  const dialog = page.getByRole('dialog', { name: /versions of the description/ });
  await expect(dialog.locator('ins')).toHaveText('twice');
  await expect(dialog.locator('del')).toHaveText('once');
  await clean(page, 'versions');
  await dialog.getByRole('listitem').nth(1).getByRole('button').press('Enter');
  await dialog.getByRole('button', { name: 'Make this the description again' }).press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText('Ask once and give up.')).toBeVisible();
  await expect(page.getByRole('button', { name: '3 versions' })).toBeVisible();
});

test('links with their kind, a hypothesis and what turned out', async ({ as }) => {
  const { page, api } = await as('ana');
  const b = await makeBoard(api, { cards: { Build: ['Believed'] } });
  await page.goto(`/c/${b.keys.Believed}`);
  const add = async (what: string) => {
    await page.getByRole('button', { name: 'Add …' }).click();
    await page.getByRole('menuitem', { name: what, exact: true }).click();
  };
  await add('Link');
  await page.keyboard.type('not an address');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/begins with https/)).toBeVisible();
  await page.getByRole('textbox', { name: 'Address' }).fill('https://git.shop.example/x/-/merge_requests/7');
  await page.keyboard.press('Enter');
  const links = page.getByRole('region', { name: 'Links' });
  await expect(links.getByRole('link')).toHaveAttribute('href', /merge_requests\/7/);
  await expect(links).toContainText('Merge request');
  await links.getByRole('button', { name: /^Remove the link/ }).press('Enter');
  await expect(links).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(links).toBeVisible();

  await add('Hypothesis');
  await page.keyboard.type('asking only twice');
  await page.getByLabel('will', { exact: true }).fill('keep the checkout answering');
  await page.getByLabel('We will know when').fill('fewer orders fail');
  await page.getByRole('button', { name: 'Save' }).press('Enter');
  const part = page.getByRole('region', { name: 'Hypothesis' });
  await expect(part).toContainText('keep the checkout answering');
  await part.getByRole('button', { name: 'Record the outcome' }).press('Enter');
  await page.keyboard.press('ArrowDown');
  await part.getByLabel(/What we learned/).fill('They answered, but late');
  await part.getByRole('button', { name: 'Save' }).press('Enter');
  await expect(part).toContainText('Otherwise. They answered, but late');
  await clean(page, 'card with all of it');
});

test('a board gets a field of its own, and a card begins as a story from the library', async ({ as }) => {
  const { page, api } = await as('ana');
  const b = await makeBoard(api, { cards: { Ready: ['Has a risk'] } });
  await page.goto(`/b/${b.id}`);
  await ready(page);
  await page.getByRole('button', { name: 'Board settings' }).press('Enter');
  const settings = page.getByRole('dialog');
  await settings.getByRole('button', { name: 'Add a field' }).press('Enter');
  await page.keyboard.type('Risk');
  await settings.getByRole('combobox', { name: 'Type' }).selectOption('choice');
  await settings.getByLabel('Options, one per line').fill('Low\nHigh');
  await settings.getByRole('group', { name: 'Add a field' }).getByRole('button', { name: 'Save' }).press('Enter');
  const shown = settings.getByRole('checkbox', { name: /Show on the face/ });
  await shown.check();
  await clean(page, 'board settings with fields');
  await page.keyboard.press('Escape');
  await linkOf(page, b.keys['Has a risk'] as string).press('Enter');
  const peek = page.locator('aside[aria-label^="Card"]');
  await peek.getByRole('button', { name: 'Add …' }).click();
  await peek.getByRole('menuitem', { name: 'Risk' }).click();
  await peek.getByRole('combobox', { name: 'Risk' }).selectOption('High');
  await expect(cardOf(page, b.keys['Has a risk'] as string).getByText('High')).toBeVisible();
  await peek.locator('h2').first().focus();
  await page.keyboard.press('Escape');

  await page.keyboard.press('c');
  await page.getByRole('button', { name: 'Template …' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'New from template' });
  await expect(dialog.getByRole('heading', { name: /Operations and security/ })).toBeVisible();
  await page.keyboard.type('restore');
  await page.keyboard.press('Enter');
  await clean(page, 'templates');
  await dialog.getByRole('button', { name: 'Make the card' }).press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(peek.getByRole('region', { name: 'To do', exact: true })).toContainText('Restore it to an empty environment');
  await peek.getByRole('button', { name: 'Add …' }).click();
  await peek.getByRole('menuitem', { name: 'Save as template …' }).click();
  const save = page.getByRole('dialog', { name: /^Template from/ });
  await save.getByLabel('Name').fill('Our restore test');
  await page.keyboard.press('Enter');
  await expect(save).toHaveCount(0);
  const { items } = (await (await api.get(`/api/v1/boards/${b.id}/card-templates`)).json()) as { items: { name: string; scope: string }[] };
  expect(items.find((x) => x.name === 'Our restore test')?.scope).toBe('board');
});
