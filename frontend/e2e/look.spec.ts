import { makeBoard, send } from './support/boards';
import { focusedKey, toasts } from './support/ears';
import { cardOf, cellOf, expect, inMenu, keysIn, linkOf, ready, test } from './support/test';

const background = () => getComputedStyle(document.body).backgroundColor;
const bright = (rgb: string) => (rgb.match(/\d+/g) ?? []).slice(0, 3).reduce((n, x) => n + Number(x), 0) / 3 > 128;

test('61 light, dark and like the system, without a flash of the wrong colours; print is light', async ({ as }) => {
  const ana = await as('ana', { colorScheme: 'dark' });
  const { page } = ana;
  // the page's own code is late: what is painted before it must be dark already
  let letGo = () => {};
  const held = new Promise<void>((done) => {
    letGo = done;
  });
  await page.route('**/assets/*.js', async (r) => {
    await held;
    await r.continue();
  });
  await page.goto('/boards', { waitUntil: 'commit' });
  await page.waitForFunction(() => document.body !== null && document.querySelector('link[rel=stylesheet]') !== null);
  await expect.poll(() => page.evaluate(background).then(bright), 'dark before any code has run').toBe(false);
  letGo();
  await expect(page.locator('h1')).toBeVisible();
  expect(bright(await page.evaluate(background))).toBe(false);
  await page.unroute('**/assets/*.js');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(() => page.evaluate(background).then(bright), 'follows the system').toBe(true);

  await page.getByRole('button', { name: /^You: Ana Ruiz/ }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect.poll(() => page.evaluate(background).then(bright)).toBe(false);
  await page.reload();
  await expect(page.locator('h1')).toBeVisible();
  expect(bright(await page.evaluate(background)), 'remembered against the system').toBe(false);
  await page.emulateMedia({ media: 'print' });
  await expect.poll(() => page.evaluate(background).then(bright), 'print is light').toBe(true);
});

test('62 works at 390 and 320 px and at 200 % zoom: one column with a switcher, no sideways scrolling', async ({ as, board }) => {
  test.setTimeout(90_000);
  const { page } = await as('ana', { viewport: { width: 390, height: 844 }, hasTouch: true });
  const snap = await board('CHK');
  const card = keysIn(snap, 'Build')[0] as string;
  const b = `/b/${snap.board.id}`;
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  for (const [width, height, what] of [[390, 844, 'phone'], [320, 640, 'narrow'], [720, 450, '1440 px at 200 %']] as const) {
    await page.setViewportSize({ width, height });
    // at 390 px every page is looked at by axe.spec
    for (const path of width === 390 ? [`${b}?card=${card}`] : [b, '/boards', '/teams', '/settings', '/import', `/c/${card}`, `${b}?card=${card}`]) {
      await page.goto(path);
      await expect(page.locator('h1')).toBeVisible();
      await page.waitForLoadState('networkidle');
      expect.soft(await wide(), `${what}: ${path} scrolls sideways`).toBeLessThanOrEqual(0);
    }
    await page.goto(b);
    await ready(page);
    if (width >= 700) continue;
    const columns = page.getByRole('navigation', { name: 'Columns' });
    await expect(columns).toBeVisible();
    await expect(page.locator('ul[data-cell]:not([data-strip])')).toHaveCount(1);
    await columns.getByRole('button', { name: 'Column after' }).click();
    await expect(page.locator('ul[data-cell]:not([data-strip])')).toHaveAccessibleName(/^Shape/);
    // a finger has no drag: the menu moves the card
    const key = keysIn(snap, 'Shape')[width === 390 ? 0 : 1] as string;
    await page.getByRole('button', { name: `Actions for ${key}` }).tap();
    await expect(page.getByRole('menuitem', { name: 'Deploy' })).toBeVisible();
    expect(await wide()).toBeLessThanOrEqual(0);
    await page.getByRole('menuitem', { name: 'Deploy' }).tap();
    await expect(cardOf(page, key)).toHaveCount(0);
    await columns.getByRole('button', { name: /^Deploy/ }).tap();
    await expect(cardOf(page, key)).toBeVisible();
    expect(await wide()).toBeLessThanOrEqual(0);
  }
});

test('64 dates are relative with the absolute in the tooltip, in the reader’s own way of writing them', async ({ as }) => {
  const ana = await as('ana');
  const { page, api } = ana;
  const b = await makeBoard(api, { cards: { Ready: ['Dated'] } });
  const key = b.keys.Dated as string;
  await send(api, 'post', `/cards/${key}/comments`, { text: 'Just said' });
  await send(api, 'patch', `/cards/${key}`, { class: 'fixed_date', dueOn: '2030-11-30' });
  await page.goto(`/b/${b.id}?card=${key}`);
  await ready(page);
  const peek = page.locator('aside[aria-label^="Card"]');
  await expect(peek.getByText('Just said')).toBeVisible();
  const times = peek.locator('time');
  expect(await times.count()).toBeGreaterThan(1);
  for (const time of await times.all()) {
    await expect(time).toHaveText(/just now|ago|yesterday|in \d/);
    await expect(time, 'the absolute one').toHaveAttribute('title', /\d{1,2} \w{3,4} \d{4},? (at )?\d\d:\d\d/);
  }
  await expect(cardOf(page, key)).toContainText('Sat, 30 Nov 2030');
});

test('65 nothing that matters is only under the pointer, and a tooltip opens by focus and goes with Escape', async ({ as, board }) => {
  const ana = await as('ana');
  const { page } = ana;
  await ana.openBoard('CHK');
  await page.waitForLoadState('networkidle');
  // every tooltip repeats what the element says to everybody, or adds to something that has a name
  const mute = await page.evaluate(() => {
    const words = (el: Element) => `${el.textContent} ${el.getAttribute('aria-label') ?? ''} ${[...el.querySelectorAll('[aria-label]')].map((x) => x.getAttribute('aria-label')).join(' ')}`;
    return [...document.querySelectorAll<HTMLElement>('main [title], header [title]')]
      .filter((el) => el.getClientRects().length > 0 && !words(el).trim())
      .map((el) => el.outerHTML.slice(0, 120));
  });
  expect(mute).toEqual([]);
  // the policy of a column: by focus, stays while one reads it, goes with Escape
  const name = page.getByRole('button', { name: 'Build', exact: true });
  await page.getByRole('button', { name: 'Column Shape: more' }).focus();
  await page.keyboard.press('Tab');
  await expect(name).toBeFocused();
  const note = page.getByRole('note');
  await expect(note).toContainText('Works on staging');
  await page.keyboard.press('Escape');
  await expect(note).toHaveCount(0);
  await expect(name).toBeFocused();
  // with the pointer: it can be entered without going away
  await name.hover();
  await expect(note).toBeVisible();
  await note.hover();
  await page.waitForTimeout(300);
  await expect(note).toBeVisible();
  // a card's menu is on the keyboard and on touch, not only where the pointer is
  const key = keysIn(await board('CHK'), 'Ready')[0] as string;
  await linkOf(page, key).focus();
  await page.keyboard.press('.');
  await expect(page.getByRole('menu', { name: `Actions for ${key}` })).toBeVisible();
});

test('66 toasts, dialogs and menus give the focus back to where it was', async ({ as, board }) => {
  const ana = await as('ana');
  const { page } = ana;
  await ana.openBoard('CHK');
  await page.waitForLoadState('networkidle');
  const inReady = keysIn(await board('CHK'), 'Ready');
  const key = inReady[1] as string;
  const open: [string, string, string][] = [
    ['m', '[role="dialog"]', 'move panel'],
    ['a', '[role="dialog"]', 'assign'],
    ['l', '[role="dialog"]', 'labels'],
    ['.', '[role="menu"]', 'menu'],
    ['b', 'dialog[open]', 'block'],
    ['?', 'dialog[open]', 'keyboard map'],
    ['c', 'form textarea', 'new card'],
    ['t', '[data-card] textarea', 'rename'],
  ];
  await linkOf(page, key).focus();
  for (const [press, sign, what] of open) {
    await page.keyboard.press(press);
    const it = page.locator(sign).filter({ visible: true }).first();
    await expect(it, what).toBeVisible();
    await expect.poll(() => it.evaluate((e) => e === document.activeElement || e.contains(document.activeElement)), `${what} has the focus`).toBe(true);
    await page.keyboard.press('Escape');
    await expect(it, what).toBeHidden();
    await expect.poll(() => focusedKey(page), `${what} gives it back`).toBe(key);
  }
  for (const name of ['No lanes', 'Comfortable', 'Column Shape: more']) {
    const button = page.getByRole('button', { name, exact: true });
    await button.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('menu').filter({ visible: true })).toBeVisible();
    await inMenu(page);
    await page.keyboard.press('Escape');
    await expect(button, `${name} gives it back`).toBeFocused();
  }
  const filter = page.getByRole('button', { name: /^Filter/ });
  await filter.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: /^Filter/ }).getByRole('searchbox')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(filter).toBeFocused();
  // a toast never takes the focus, and its button gives it on to the card
  for (const way of ['Shift+ArrowDown', 'Shift+ArrowRight']) {
    await linkOf(page, key).focus();
    await page.keyboard.press(way);
    await expect(toasts(page)).toBeVisible();
    await expect.poll(() => focusedKey(page)).toBe(key);
    await toasts(page).getByRole('button', { name: 'Undo' }).focus();
    await page.keyboard.press('Enter');
    await expect(toasts(page)).toHaveCount(0);
    await expect(cellOf(page, 'Ready').locator('[data-card]')).toHaveCount(inReady.length);
    await expect.poll(() => focusedKey(page), `${way}: undo gives it back to the card`).toBe(key);
  }
  await page.keyboard.press('Shift+ArrowDown');
  await toasts(page).locator('xpath=ancestor::*[@role="group"]').getByRole('button', { name: 'Close' }).focus();
  await page.keyboard.press('Enter');
  await expect(toasts(page)).toHaveCount(0);
  await expect.poll(() => focusedKey(page), 'closing gives it back').toBe(key);
});
