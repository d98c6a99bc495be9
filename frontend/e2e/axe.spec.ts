import { clean, settled } from './support/axe';
import { bigBoard, makeBoard } from './support/boards';
import { startServer } from './support/server';
import { cardOf, expect, keysIn, linkOf, ready, test } from './support/test';

// Every state is looked at twice, in light and in dark colours, without loading the page again.

test('axe: every page, no violations', async ({ as, board }) => {
  test.setTimeout(120_000);
  const { page } = await as('mara');
  const snap = await board('CHK');
  for (const path of ['/today', '/today?scope=all', '/ask', '/retro', '/retro/templates', '/rituals', '/calendar', '/calendar/trends', '/flow', '/flow/boards', '/checklists', '/checklists/templates', '/checklists/templates/ckt_launch', '/boards', '/search', '/teams', '/teams/coverage', `/teams/${snap.board.teamId}`, '/import', `/b/${snap.board.id}/workflow`, `/b/${snap.board.id}/flow`, `/c/${keysIn(snap, 'Build')[0]}`, '/nowhere']) {
    await page.goto(path);
    await expect(page.locator('h1')).toBeVisible();
    await page.waitForLoadState('networkidle');
    await clean(page, path);
  }
});

test('axe: settings, each part, no violations', async ({ as }) => {
  test.setTimeout(120_000);
  const { page } = await as('mara');
  await page.goto('/settings');
  const parts = page.getByRole('navigation', { name: /settings/i }).getByRole('link');
  await expect(parts.first()).toBeVisible();
  for (const name of await parts.allTextContents()) {
    await parts.filter({ hasText: name }).first().click();
    await page.waitForLoadState('networkidle');
    await clean(page, `settings: ${name}`);
  }
});

test('axe: board with menu, dialog, filter, keyboard map, new card and peek open, no violations', async ({ as, board }) => {
  test.setTimeout(120_000);
  const ana = await as('ana');
  const { page } = ana;
  await ana.openBoard('CHK');
  await page.waitForLoadState('networkidle');
  await clean(page, 'board');
  const key = keysIn(await board('CHK'), 'Shape')[0] as string;
  const card = linkOf(page, key);
  const open: [string, () => Promise<unknown>, string][] = [
    ['move panel', () => page.keyboard.press('m'), '[role="dialog"]'],
    ['menu of the card', () => cardOf(page, key).click({ button: 'right' }), '[role="menu"]'],
    ['block dialog', () => page.keyboard.press('b'), 'dialog[open]'],
    ['keyboard map', () => page.keyboard.press('?'), 'dialog[open]'],
    ['filter', () => page.keyboard.press('f'), '[role="dialog"]'],
    ['new card', () => page.keyboard.press('c'), 'form textarea'],
    ['a card in hand', () => page.keyboard.press('Space'), '[data-grabbed]'],
    ['board settings', () => page.getByRole('button', { name: 'Board settings' }).click(), 'dialog[open]'],
    ['peek', () => page.keyboard.press('Enter'), 'aside h2'],
  ];
  for (const [what, act, sign] of open) {
    await card.focus();
    await act();
    await expect(page.locator(sign).first(), what).toBeVisible();
    if (what === 'peek') await expect(page.locator('aside').getByRole('heading', { name: /^History/ })).toBeVisible();
    // the cards behind are the same as before, but for the one in hand
    await clean(page, what, what === 'a card in hand' ? [] : ['[data-card]']);
    await page.keyboard.press('Escape');
    await expect(page.locator(sign).filter({ visible: true }), `${what} is closed by Escape`).toHaveCount(0);
  }
});

test('axe: boards with 0 and 2,000 cards, no violations', async ({ as }) => {
  test.setTimeout(120_000);
  const { page, api } = await as('ana');
  const empty = await makeBoard(api, { name: 'Empty' });
  await page.goto(`/b/${empty.id}`);
  await expect(page.getByText('Nothing is on this board yet.')).toBeVisible();
  await clean(page, 'no cards');
  await page.goto(`/b/${await bigBoard(api, 2000)}`);
  await ready(page);
  await clean(page, '2,000 cards');
});

test('axe: sign-in, set-up and invitation, no violations', async ({ browser, server }) => {
  const fresh = await startServer({ empty: true });
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const page = await context.newPage();
  try {
    for (const [url, path] of [[server.url, '/sign-in'], [fresh.url, '/'], [server.url, '/invite']] as const) {
      await page.goto(url + path);
      await expect(page.locator('h1')).toBeVisible();
      await page.waitForLoadState('networkidle');
      await clean(page, path);
    }
  } finally {
    await context.close();
    await fresh.stop();
  }
});

test('axe: at 390 px, no violations and no sideways scrolling', async ({ as, board }) => {
  test.setTimeout(120_000);
  const { page } = await as('ana', { viewport: { width: 390, height: 844 }, hasTouch: true });
  const snap = await board('CHK');
  for (const path of [`/b/${snap.board.id}`, '/today', '/ask', '/retro', '/retro/new', '/retro/templates', '/calendar', '/calendar/trends', '/boards', '/search', '/teams', '/settings', '/import', `/b/${snap.board.id}/flow`, `/c/${keysIn(snap, 'Build')[0]}`]) {
    await page.goto(path);
    await expect(page.locator('h1')).toBeVisible();
    await page.waitForLoadState('networkidle');
    await settled(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `${path} scrolls sideways`).toBeLessThanOrEqual(390);
    expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight), `${path} scrolls outside of its page`).toBeLessThanOrEqual(0);
    await clean(page, `phone: ${path}`);
  }
});
