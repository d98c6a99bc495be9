import { clean } from './support/axe';
import { makeBoard, send } from './support/boards';
import { expect, test } from './support/test';

// Every board on one page, for whoever must know in ten seconds what is stuck.

test('wall: a manager sees what is stuck, takes on what was raised to them, and may hang it on a wall', async ({ as }) => {
  const [ana, ivo] = [await as('ana'), await as('ivo')];
  const me = (await (await ivo.api.get('/api/v1/me')).json()) as { person: { id: string } };
  const made = await makeBoard(ana.api, {
    name: 'Harbour',
    columns: [{ name: 'Ready', kind: 'queue' }, { name: 'Build', kind: 'active', wip: { mode: 'warn', max: 1 } }, { name: 'Done', kind: 'done' }],
    cards: { Build: ['Move the ledger', 'Paint the crane'] },
  });
  const { page } = ivo;
  const unread = async () => (await send<{ unread: number }>(ivo.api, 'get', '/notices')).unread;
  const told = await unread();
  await page.goto('/flow');
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  const board = page.locator(`[data-wall-board="${made.id}"]`);
  await expect(board.getByText('WIP', { exact: true })).toBeVisible();
  await expect(board.getByText('Build: 2 of 1, over its limit')).toBeAttached();

  // somebody asks for help elsewhere: it comes without a reload, and its board to the front
  const key = made.keys['Move the ledger'];
  const { blocker } = await send<{ blocker: { id: string } }>(ana.api, 'post', `/cards/${key}/blockers`, { category: 'vendor', reason: 'No window before the sale' });
  await send(ana.api, 'post', `/blockers/${blocker.id}/raise`, { personId: me.person.id });
  const waiting = page.getByRole('region', { name: /Waiting for you/ });
  await expect(waiting.getByRole('listitem').filter({ hasText: 'No window before the sale' })).toBeVisible();
  await expect(board.getByText('1 for you')).toBeVisible();
  await expect(board.getByRole('link', { name: '1 outside' })).toHaveAttribute('href', `/b/${made.id}?quick=blocked`);

  const decide = waiting.getByRole('button', { name: 'Decide No window before the sale' });
  await decide.click();
  const dialog = page.getByRole('dialog', { name: 'No window before the sale' });
  await expect(dialog.getByText(`${key} · Move the ledger`)).toBeVisible();
  await clean(page, 'wall with a question open');
  await page.keyboard.press('Escape');
  await expect(decide).toBeFocused();
  await decide.click();
  const take = dialog.getByRole('group', { name: 'I have it by' }).getByRole('button').first();
  await take.click();
  await expect(decide).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(decide, 'taken back').toBeVisible();
  await decide.click();
  await take.click();
  await expect(decide).toHaveCount(0);
  const outside = page.getByRole('region', { name: /Blocked outside the team/ });
  const more = outside.getByRole('button', { name: /Show all/ });
  if (await more.isVisible()) await more.click();
  await expect(outside.getByRole('listitem').filter({ hasText: key as string }).getByText(/promised for/)).toBeVisible();
  await expect.poll(unread, { message: 'what told of it is read' }).toBe(told);

  await page.getByRole('button', { name: 'By name' }).click();
  await expect(page).toHaveURL(/\/flow\?order=name$/);
  const names = await page.locator('.wl-board h2').allInnerTexts();
  expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
  await page.setViewportSize({ width: 390, height: 800 });
  await expect(board).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth), 'no sideways scrolling on a phone').toBe(390);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('button', { name: 'Television' }).click();
  await expect(page.getByRole('heading', { name: 'Checkout', level: 2 }).first()).toBeVisible();
  await expect(page.locator('.tv-live')).toHaveText(/live/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'Wall', level: 1 })).toBeVisible();
});
