import { clean } from './support/axe';
import { makeBoard, send } from './support/boards';
import { at, drag } from './support/pointer';
import { cardOf, expect, linkOf, ready, test } from './support/test';

test('3 mirrors: two people on two boards see one card live; each has its own place for it', async ({ as }) => {
  const [ana, goro] = [await as('ana'), await as('goro')];
  const own = await makeBoard(ana.api, { cards: { Ready: ['Token vault: second region'] } });
  const other = await makeBoard(ana.api, {
    columns: [
      { name: 'Ready', kind: 'queue' },
      { name: 'Build', kind: 'active', wip: { mode: 'hard', max: 2 } },
      { name: 'Done', kind: 'done' },
    ],
    cards: { Ready: ['Something else'] },
  });
  const key = own.keys['Token vault: second region'] as string;
  await ana.page.goto(`/b/${own.id}`);
  await ready(ana.page);
  await goro.page.goto(`/b/${other.id}`);
  await ready(goro.page);

  // from the card's menu, in the card itself
  await cardOf(ana.page, key).click({ button: 'right' });
  await ana.page.getByRole('menuitem', { name: 'Show on another board …' }).click();
  const peek = ana.page.locator('aside[aria-label^="Card"]');
  const form = peek.getByRole('form', { name: 'Show on another board …' });
  await form.getByLabel('Board').selectOption(other.id);
  await form.getByLabel('Column').selectOption({ label: 'Build' });
  await clean(ana.page, 'show on another board', ['[data-card]']);
  await form.getByRole('button', { name: 'Show it there' }).click();
  await expect(peek.getByRole('region', { name: 'Also on' }).getByRole('listitem')).toHaveCount(1);

  const mirror = cardOf(goro.page, key);
  await expect(mirror).toHaveAttribute('data-mirror', '');
  await expect(mirror.getByText('In Ready')).toBeVisible();
  await expect(goro.page.getByRole('list', { name: /Build/ }).locator('[data-card]').filter({ hasText: key })).toBeVisible();
  await expect(goro.page.locator(`[data-head="${other.columns.Build}"]`), 'it does not count').toContainText('0 / 2');

  // what happens to the card is seen on both; what the other does with it there is seen there alone
  await send(ana.api, 'post', `/cards/${key}/move`, { columnId: own.columns.Build });
  await send(ana.api, 'patch', `/cards/${key}`, { title: 'Token vault: third region' });
  await expect(linkOf(goro.page, key)).toHaveText('Token vault: third region');
  await expect(mirror.getByText('In Build, 1 d')).toBeVisible();
  await linkOf(goro.page, key).focus();
  await goro.page.keyboard.press('Shift+ArrowLeft');
  await expect(goro.page.getByRole('list', { name: /Ready/ }).locator('[data-card]').filter({ hasText: key })).toBeVisible();
  await expect(goro.page.getByRole('dialog')).toHaveCount(0); // no return is asked for
  await expect(ana.page.getByRole('list', { name: /Ready/ }).locator('[data-card]').filter({ hasText: key })).toHaveCount(0);
  const also = peek.getByRole('region', { name: 'Also on' }).getByRole('listitem');
  await expect(also, 'the card of the owner says where it stands there now').toContainText('Ready');
  await goro.page.keyboard.press('Control+z');
  await expect(also).toContainText('Build');
  await expect(goro.page.getByRole('list', { name: /Build/ }).locator('[data-card]').filter({ hasText: key })).toBeVisible();

  // opening it opens the card itself
  await linkOf(goro.page, key).click({ position: { x: 3, y: 3 } });
  const theirs = goro.page.locator('aside[aria-label^="Card"]');
  await expect(theirs.getByText(`This card belongs to`)).toBeVisible();
  await expect(theirs.getByRole('region', { name: 'Also on' })).toBeVisible();
  await clean(goro.page, 'a mirror and its card');

  await peek.getByRole('button', { name: /^Take it off/ }).click();
  await expect(mirror).toHaveCount(0);
  await ana.page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(mirror).toBeVisible();

  // finished on its own board, it goes to Done there; re-opened it comes back
  await send(ana.api, 'post', `/cards/${key}/move`, { columnId: own.columns.Done });
  const done = goro.page.getByRole('list', { name: /Done/ }).locator('[data-card]').filter({ hasText: key });
  await expect(done).toBeVisible();
  await expect(also).toContainText('Done');
  await expect(peek.getByText(/on Made for a test it went to Done/)).toBeVisible();
  await send(ana.api, 'post', `/cards/${key}/move`, { columnId: own.columns.Build, returnReason: { category: 'defect' } });
  await expect(done).toHaveCount(0);
  await expect(also).toContainText('Build');

  // whether it counts is said by the board that shows it
  await ana.page.goto(`/b/${other.id}`);
  await ready(ana.page);
  await ana.page.getByRole('button', { name: 'Board settings' }).click();
  await ana.page.getByRole('checkbox', { name: 'Count them against the limits of this board' }).check();
  await ana.page.getByRole('button', { name: 'Save' }).click();
  await expect(goro.page.locator(`[data-head="${other.columns.Build}"]`), 'it counts').toContainText('1 / 2');
});

test('mirrors: let go in a row that stands for what a card says, it stays and the page says where that is changed', async ({ as }) => {
  const { page, api } = await as('ana');
  const own = await makeBoard(api, { name: 'Theirs', cards: { Ready: [{ title: 'Of the others', discipline: 'security' }] } });
  const b = await makeBoard(api, { cards: { Ready: [{ title: 'Ours', discipline: 'development' }] } });
  const key = own.keys['Of the others'] as string;
  await send(api, 'post', `/cards/${key}/mirrors`, { boardId: b.id, columnId: b.columns.Ready });
  await page.goto(`/b/${b.id}?lanes=discipline`);
  await ready(page);
  const row = (name: string) => page.getByRole('region', { name: `Lane ${name}` });
  await expect(row('Security').locator('[data-card]').filter({ hasText: key })).toBeVisible();
  await drag(page, key, () => at(cardOf(page, b.keys.Ours as string), 0.5, 0.9));
  await expect(page.getByText(`${key} stays`, { exact: false }).first()).toContainText('belongs to Theirs, where what this row stands for is set');
  await expect(row('Security').locator('[data-card]').filter({ hasText: key })).toBeVisible();
});
