import { send, teamOf } from './support/boards';
import { expect, ready, test } from './support/test';

test('a screen’s link shows the team’s board read-only, follows it live, and says so when it is revoked', async ({ as, browser }) => {
  const { page: mine, api, openBoard } = await as('ana');
  const link = await send<{ id: string; url: string }>(api, 'post', `/teams/${await teamOf(api, 'CHK')}/device-links`, { name: 'Kitchen' });
  const wall = await browser.newContext({ baseURL: new URL(link.url).origin, viewport: { width: 1920, height: 1080 } });
  const screen = await wall.newPage();
  await screen.goto(link.url);
  // of two boards one is chosen
  await screen.getByRole('link', { name: /Delivery/ }).click();
  await ready(screen);
  await expect(screen).toHaveURL(/\/screen\/brd_\w+$/);
  for (const name of ['New card', 'Board settings', /^Add a card/]) await expect(screen.getByRole('button', { name })).toHaveCount(0);
  await screen.locator('[data-card] a').first().click();
  await expect(screen).toHaveURL(/card=CHK-/);
  await expect(screen.getByRole('button', { name: 'Archive' })).toHaveCount(0);
  await screen.keyboard.press('Escape');

  // known by its cookie from now on, at the address of the workspace too
  await screen.goto('/');
  await screen.getByRole('link', { name: /Delivery/ }).click();
  await ready(screen);
  await expect(screen).toHaveURL(/\/screen\/brd_/);
  await openBoard('CHK');
  await mine.keyboard.press('c');
  await expect(mine.getByPlaceholder('What is to be done?')).toBeFocused();
  await mine.keyboard.type('Seen on the wall');
  await mine.keyboard.press('Enter');
  await expect(screen.getByText('Seen on the wall')).toBeVisible();

  // the same link, for the wall
  const second = await browser.newContext({ baseURL: new URL(link.url).origin, viewport: { width: 1920, height: 1080 } });
  const television = await second.newPage();
  await television.goto(link.url.replace('/screen#', '/screen/wall#'));
  await expect(television.getByRole('heading', { level: 2, name: 'Checkout' })).toHaveCount(2);
  await expect(television).toHaveURL(/\/screen\/wall$/);
  await second.close();

  await send(api, 'delete', `/device-links/${link.id}`);
  await expect(screen.getByText('This screen’s link is not valid any more.')).toBeVisible();
  await screen.goto(link.url);
  await expect(screen.getByText('This screen’s link is not valid any more.')).toBeVisible();
  await wall.close();
});

test('a signed-in person who opens a screen’s link stays signed in and is told whose address it is', async ({ as }) => {
  const { page, api } = await as('ana');
  const link = await send<{ url: string }>(api, 'post', `/teams/${await teamOf(api, 'CHK')}/device-links`, { name: 'Kitchen' });
  await page.goto(`/screen${new URL(link.url).hash}`);
  await expect(page.getByText('You are signed in here as Ana Ruiz')).toBeVisible();
  await page.getByRole('button', { name: 'To your boards' }).click();
  await expect(page.getByRole('heading', { name: 'Boards', exact: true })).toBeVisible();
});
