import type { Page } from '@playwright/test';
import { focusedKey, heard, listen } from './support/ears';
import { cardOf, expect, inMenu, PASSWORD, ready, test } from './support/test';

/** Presses Tab until what has the focus is called so. */
async function tabTo(page: Page, name: RegExp, key = 'Tab') {
  for (let i = 0; i < 60; i++) {
    const now = await page.evaluate(() => {
      const el = document.activeElement as HTMLElement | null;
      if (!el || el === document.body) return '';
      const label = el instanceof HTMLInputElement || el instanceof HTMLTextAreaElement ? [...(el.labels ?? [])].map((l) => l.textContent).join(' ') : '';
      return `${el.getAttribute('aria-label') ?? ''} ${label} ${el.textContent ?? ''}`;
    });
    if (name.test(now)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`Tab does not come to ${name}`);
}

test('with the keyboard alone: sign in, create, move, block, comment, undo, sign out', async ({ browser, address, errors }) => {
  test.setTimeout(90_000);
  const context = await browser.newContext({ baseURL: address, viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.on('pageerror', (e) => errors.push(String(e)));
  await listen(page);
  // nothing in this test may use the mouse
  await page.addInitScript(() => {
    for (const type of ['pointerdown', 'mousedown']) addEventListener(type, (e) => e.isTrusted && document.body?.setAttribute('data-mouse', ''), true);
  });
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await tabTo(page, /e-?mail/i);
  await page.keyboard.type('ana@shop.example');
  await tabTo(page, /^\s*password/i);
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible();

  await tabTo(page, /^\s*Boards/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Boards', level: 1 })).toBeVisible();
  await tabTo(page, /Delivery/);
  await page.keyboard.press('Enter');
  await ready(page);

  // create
  await page.keyboard.press('c');
  await expect(page.getByRole('form', { name: 'New card in Ready' }).getByRole('textbox')).toBeFocused();
  await page.keyboard.type('Made without a mouse');
  await page.keyboard.press('Enter');
  const made = page.locator('[data-card]').filter({ hasText: 'Made without a mouse' });
  // the card is there before the server has given it its key
  await expect(made.getByRole('link').first()).toHaveAttribute('href', /CHK-\d+/);
  const key = (await made.getByRole('link').first().getAttribute('href'))?.split('/c/')[1] as string;
  await page.keyboard.press('Escape');

  // go to it: Tab reaches one card, arrows the rest
  await tabTo(page, /, CHK-\d+/);
  for (let i = 0; i < 12 && (await focusedKey(page)) !== key; i++) {
    await page.keyboard.press('ArrowDown');
    await page.waitForTimeout(60);
  }
  expect(await focusedKey(page)).toBe(key);

  // move with the menu, with Space, and at once
  await page.keyboard.press('m');
  await expect(page.getByRole('dialog', { name: `Move ${key}` })).toBeVisible();
  await expect(page.getByRole('dialog').getByRole('radio', { name: /Ready/ })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: /^Shape/ }).getByText(key, { exact: true })).toBeVisible();
  await expect.poll(() => focusedKey(page)).toBe(key);
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect.poll(() => focusedKey(page)).toBe(key);

  // block
  await page.keyboard.press('b');
  await expect(page.getByRole('dialog').getByRole('textbox').first()).toBeFocused();
  await page.keyboard.type('Waiting for a certificate');
  await page.keyboard.press('Enter');
  await expect(cardOf(page, key).getByText('Blocked · Waiting for a certificate')).toBeVisible();
  await expect.poll(() => focusedKey(page)).toBe(key);

  // comment in the peek
  await page.keyboard.press('Enter');
  await expect(page.locator('aside[aria-label^="Card"] h2').first()).toBeFocused();
  await tabTo(page, /Write a comment/);
  await page.keyboard.type('Said with the keys');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('aside').getByText('Said with the keys')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.locator('aside[aria-label^="Card"]')).toHaveCount(0);
  await expect.poll(() => focusedKey(page)).toBe(key);

  // move once more and take it back
  await page.keyboard.press('Control+Shift+ArrowRight');
  await expect(page.getByRole('list', { name: /^Done/ }).getByText(key, { exact: true })).toBeVisible();
  await expect.poll(() => focusedKey(page)).toBe(key);
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('list', { name: /^Shape/ }).getByText(key, { exact: true })).toBeVisible();
  await expect.poll(() => heard(page)).toEqual(expect.arrayContaining([`${key} created`, expect.stringMatching(`^${key} moved to Shape`), `${key} blocked`, 'Comment added', expect.stringMatching(`^Undone: ${key} moved to Done`)]));

  // out
  await tabTo(page, /^You: Ana Ruiz/, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible();
  await inMenu(page);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('End');
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/sign-in/);
  expect(await page.locator('body').getAttribute('data-mouse'), 'no mouse at all').toBeNull();
  await context.close();
});

test('the keys that scroll a document scroll the page, and not where they mean something else', async ({ as }) => {
  const { page } = await as('bo', { viewport: { width: 1440, height: 500 } });
  await page.goto('/today');
  const inner = page.locator('#page .page');
  const at = () => inner.evaluate((el) => Math.round(el.scrollTop));
  const far = () => inner.evaluate((el) => el.scrollHeight - el.clientHeight);
  await expect.poll(far).toBeGreaterThan(300);
  await page.keyboard.press('PageDown');
  await expect.poll(at).toBeGreaterThan(300);
  await page.keyboard.press('Shift+Space');
  await expect.poll(at).toBe(0);
  await page.keyboard.press('End');
  await expect.poll(async () => (await far()) - (await at())).toBeLessThan(2);
  await page.keyboard.press('Home');
  await expect.poll(at).toBe(0);
  // what has the focus has the key
  await page.getByRole('button', { name: /^Search or run a command/ }).focus();
  await page.keyboard.press('PageDown');
  await page.waitForTimeout(100);
  expect(await at()).toBe(0);
});
