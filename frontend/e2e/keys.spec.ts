import { makeBoard } from './support/boards';
import { focusedKey, heard, listen, shownKeys } from './support/ears';
import { cardOf, expect, linkOf, ready, test } from './support/test';

test('3 C makes a card in the focused column: Enter adds and stays, Esc keeps the draft, Ctrl Enter adds and opens', async ({ as }) => {
  const { page, api } = await as('ana');
  const b = await makeBoard(api, { cards: { Ready: ['first'], Build: ['second'] } });
  await page.goto(`/b/${b.id}`);
  await ready(page);
  await linkOf(page, b.keys.second as string).focus();
  await page.keyboard.press('c');
  const field = page.getByRole('form', { name: 'New card in Build' }).getByRole('textbox');
  await expect(field).toBeFocused();
  await page.keyboard.type('third');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: /^Build/ }).getByText('third')).toBeVisible();
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('');
  await page.keyboard.type('half a thou');
  await page.keyboard.press('Escape');
  await expect(field).toBeHidden();
  await expect.poll(() => focusedKey(page)).toBe(b.keys.second);
  await page.keyboard.press('c');
  await expect(field).toHaveValue('half a thou');
  await page.keyboard.type('ght');
  await page.keyboard.press('Control+Enter');
  await expect(page).toHaveURL(/card=CHK-/);
  await expect(page.locator('aside h2')).toHaveText('half a thought');
  expect((await b.snapshot()).cards.map((c) => c.title).sort()).toEqual(['first', 'half a thought', 'second', 'third']);
});

test('4 slash goes to the search, F opens the filter, Ctrl F stays the browser’s, G then a letter goes to a page', async ({ as }) => {
  const ana = await as('ana');
  const { page } = ana;
  await ana.openBoard('CHK');
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Find on this board' })).toBeFocused();
  // in a field the letters are letters
  await page.keyboard.type('gbf');
  await expect(page).toHaveURL(/q=gbf/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.evaluate(() => {
    addEventListener('keydown', (e) => e.key === 'f' && setTimeout(() => document.body.setAttribute('data-taken', String(e.defaultPrevented))));
  });
  await page.keyboard.press('Control+f');
  await expect(page.locator('body'), 'Ctrl F is left to the browser').toHaveAttribute('data-taken', 'false');
  await page.keyboard.press('Escape');
  await page.keyboard.press('f');
  await expect(page.getByRole('dialog', { name: 'Filter' }).getByRole('searchbox')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Filter' })).toBeHidden();
  for (const [letter, address] of [['t', '/teams'], ['s', '/settings'], ['b', '/boards']] as const) {
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('g');
    await page.keyboard.press(letter);
    await expect(page).toHaveURL(new RegExp(`${address}`));
    await expect(page.locator('h1')).toBeVisible();
  }
});

test('5 arrows move the focus over lanes and columns, Home and End within a cell, and the cards are one Tab stop', async ({ as }) => {
  const { page, api } = await as('ana');
  const b = await makeBoard(api, {
    lanes: ['North', 'South'],
    cards: {
      Ready: [{ title: 'n1', lane: 'North' }, { title: 'n2', lane: 'North' }, { title: 'n3', lane: 'North' }, { title: 's1', lane: 'South' }],
      Build: [{ title: 'nb', lane: 'North' }, { title: 'sb', lane: 'South' }],
    },
  });
  const k = (title: string) => b.keys[title] as string;
  await page.goto(`/b/${b.id}`);
  await ready(page);
  await linkOf(page, k('n1')).focus();
  for (const [key, title] of [
    ['ArrowDown', 'n2'], ['End', 'n3'], ['Home', 'n1'], ['End', 'n3'],
    ['ArrowDown', 's1'], ['ArrowUp', 'n3'], ['Home', 'n1'], ['ArrowRight', 'nb'], ['ArrowDown', 'sb'], ['ArrowLeft', 's1'],
  ] as const) {
    await page.keyboard.press(key);
    await expect.poll(() => focusedKey(page), `${key} goes to ${title}`).toBe(k(title));
  }
  const stops = () => page.evaluate(() => [...document.querySelectorAll<HTMLElement>('[data-card] :is(a, button, input, textarea, [tabindex])')].filter((e) => e.tabIndex >= 0).map((e) => e.textContent));
  expect(await stops(), 'one stop among all cards, where the focus was last').toEqual(['s1']);
});

test('6 Space picks up, arrows carry, Space drops, Esc restores the origin, and the hint bar is seen meanwhile', async ({ as }) => {
  const { page, api } = await as('ana');
  await listen(page);
  const b = await makeBoard(api, { cards: { Ready: ['one', 'two', 'three'], Build: ['four'] } });
  await page.goto(`/b/${b.id}`);
  await ready(page);
  const key = b.keys.two as string;
  const before = await b.order('Ready');
  const hint = page.getByText(`${key} · `);
  await linkOf(page, key).focus();
  await page.keyboard.press('Space');
  await expect(hint).toContainText('Ready');
  for (const what of ['carry', 'drop', 'put back']) await expect(page.locator('[class*="hint"] span').filter({ hasText: what })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(hint).toContainText('Build');
  await page.keyboard.press('Escape');
  await expect(hint).toBeHidden();
  expect(await shownKeys(page, 'Ready')).toEqual(before);
  await expect.poll(() => focusedKey(page)).toBe(key);
  expect((await b.snapshot()).cards.find((c) => c.key === key)?.version, 'nothing was sent').toBe(1);

  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect.poll(() => b.order('Build')).toContain(key);
  await expect.poll(() => focusedKey(page)).toBe(key);
  const said = await heard(page);
  const pickedUp = `${key} picked up in Ready, position 2 of 3. Arrow keys carry it, Space drops it, Escape puts it back.`;
  expect([said[0], said[2], said[3]]).toEqual([pickedUp, `${key} is back where it was`, pickedUp]);
  expect(said[1]).toMatch(/^Build, position \d of 2$/);
  expect(said.at(-1)).toMatch(new RegExp(`^${key} moved to Build, position \\d of 2$`));
});

test('7 Shift and arrows move at once, Ctrl Shift and arrows to the end', async ({ as }) => {
  const { page, api } = await as('ana');
  const b = await makeBoard(api, { cards: { Ready: ['one', 'two', 'three', 'four'] } });
  const [one, two, three, four] = ['one', 'two', 'three', 'four'].map((x) => b.keys[x] as string) as [string, string, string, string];
  await page.goto(`/b/${b.id}`);
  await ready(page);
  await linkOf(page, two).focus();
  const press = async (key: string, column: string, order: string[]) => {
    await page.keyboard.press(key);
    await expect.poll(() => b.order(column), `${key} at the server`).toEqual(order);
    expect(await shownKeys(page, column), `${key} on the page`).toEqual(order);
    await expect.poll(() => focusedKey(page)).toBe(two);
  };
  await press('Shift+ArrowDown', 'Ready', [one, three, two, four]);
  await press('Shift+ArrowUp', 'Ready', [one, two, three, four]);
  await press('Control+Shift+ArrowDown', 'Ready', [one, three, four, two]);
  await press('Control+Shift+ArrowUp', 'Ready', [two, one, three, four]);
  await press('Shift+ArrowRight', 'Build', [two]);
  // the server takes its time: whoever has gone on meanwhile is not called back by its answer
  await page.route('**/api/v1/cards/*/move', async (r) => {
    await new Promise((done) => setTimeout(done, 400));
    await r.continue();
  });
  const answered = page.waitForResponse('**/api/v1/cards/*/move');
  await linkOf(page, three).focus();
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => shownKeys(page, 'Build')).toContain(three);
  await page.waitForTimeout(50);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => focusedKey(page)).toBe(four);
  await answered;
  await page.waitForTimeout(150);
  expect(await focusedKey(page), 'the focus stays where one has gone').toBe(four);
  await page.unroute('**/api/v1/cards/*/move');
  await linkOf(page, two).focus();
  await press('Control+Shift+ArrowRight', 'Done', [two]);
});

test('8 M opens Move to with column, lane and position; the card’s button and the right click lead to the same', async ({ as }) => {
  const { page, api } = await as('ana');
  const b = await makeBoard(api, {
    lanes: ['North', 'South'],
    cards: { Ready: [{ title: 'one', lane: 'North' }], Build: [{ title: 'two', lane: 'South' }, { title: 'three', lane: 'South' }] },
  });
  const key = b.keys.one as string;
  await page.goto(`/b/${b.id}`);
  await ready(page);
  const panel = page.getByRole('dialog', { name: new RegExp(`^Move ${key}`) });
  const parts = async () => {
    await expect(panel).toBeVisible();
    const said = await panel.ariaSnapshot();
    await page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
    return said;
  };
  const items = async () => {
    const menu = page.getByRole('menu', { name: `Actions for ${key}` });
    await expect(menu).toBeVisible();
    const names = await menu.getByRole('menuitem').allTextContents();
    await menu.getByRole('menuitem', { name: /Another place/ }).click();
    return names;
  };
  await linkOf(page, key).focus();
  await page.keyboard.press('m');
  const byKey = await parts();
  for (const part of ['radio "Build"', 'combobox "Row"', 'radio "Top"', 'radio "Number"', 'button "Move"']) expect(byKey).toContain(part);
  await cardOf(page, key).hover();
  await page.getByRole('button', { name: `Actions for ${key}` }).click();
  const one = await items();
  expect(await parts()).toBe(byKey);
  await cardOf(page, key).click({ button: 'right' });
  expect(await items()).toEqual(one);
  await expect(panel).toBeVisible();
  await panel.getByLabel('Build').check();
  await panel.getByLabel('Row').selectOption('South');
  await panel.getByLabel(/Position, 1 to/).fill('2');
  await panel.getByRole('button', { name: 'Move', exact: true }).click();
  await expect.poll(async () => (await b.order('Build')).indexOf(key)).toBe(1);
  await expect(page.getByRole('list', { name: /^South, Build/ }).locator('[data-card]')).toHaveCount(3);
  await expect.poll(() => focusedKey(page)).toBe(key);
});

test('14 a single key is changed in the map, works at once and after a reload, and goes back', async ({ as }) => {
  const { page, api } = await as('ana');
  const b = await makeBoard(api, { cards: { Ready: ['one'] } });
  const key = b.keys.one as string;
  await page.goto(`/b/${b.id}`);
  await ready(page);
  const map = page.getByRole('dialog', { name: 'Keyboard map' });
  await page.keyboard.press('?');
  await map.getByRole('button', { name: 'Another key for “Move to …”' }).click();
  await page.keyboard.press('a');
  await expect(map.getByRole('alert')).toHaveText('A does “Assign” already.');
  const kept = page.waitForResponse((r) => r.url().endsWith('/me/keys'));
  await page.keyboard.press('v');
  await kept;
  await page.keyboard.press('Escape');
  await expect(map).toBeHidden();
  const panel = page.getByRole('dialog', { name: new RegExp(`^Move ${key}`) });
  for (const again of [false, true]) {
    if (again) {
      await page.reload();
      await ready(page);
    }
    await linkOf(page, key).focus();
    await page.keyboard.press('m');
    await page.keyboard.press('v');
    await expect(panel.locator(':focus')).toHaveCount(1); // a key is heard where the focus is
    await page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
  }
  await page.keyboard.press('?');
  await map.getByRole('button', { name: 'Back to M for “Move to …”' }).click();
  await page.keyboard.press('Escape');
  await linkOf(page, key).focus();
  await page.keyboard.press('m');
  await expect(panel).toBeVisible();
});

test('14 own keys follow the person to another machine, and every hint names them', async ({ as }) => {
  const { page, api } = await as('ana');
  const b = await makeBoard(api, { cards: { Ready: ['one'] } });
  await page.goto(`/b/${b.id}`);
  await ready(page);
  const there = (await as('ana')).page;
  await there.goto(`/b/${b.id}`);
  await ready(there);
  const map = page.getByRole('dialog', { name: 'Keyboard map' });
  await page.keyboard.press('?');
  for (const [what, key] of [
    ['New card', 'w'],
    ['Filter', 'd'],
    ['Pull the next card', 'u'],
    ['Move to …', 'v'],
  ] as const) {
    await map.getByRole('button', { name: `Another key for “${what}”` }).click();
    await page.keyboard.press(key);
    await expect(map.getByRole('button', { name: /^Back to . for/ }).last()).toBeVisible();
  }
  await page.keyboard.press('Escape');
  // at once on the other machine too, which only listens
  for (const at of [page, there]) {
    await expect(at.getByRole('button', { name: 'New card' }).locator('kbd')).toHaveText('W');
    await expect(at.getByRole('button', { name: 'Filter' }).locator('kbd')).toHaveText('D');
    await expect(at.getByRole('button', { name: 'Pull next' })).toHaveAttribute('title', / \(U\)$/);
    await expect(at.locator('#board-keys')).toContainText('V opens the move menu.');
    await linkOf(at, b.keys.one as string).focus();
    await at.keyboard.press('.');
    await expect(at.getByRole('menuitem', { name: 'Another place …' }).locator('kbd')).toHaveText('V');
    await at.keyboard.press('Escape');
  }
  // a key that does nothing is named nowhere
  await there.goto('/settings/keyboard');
  await there.getByRole('group', { name: 'Single-letter keys' }).getByText('Off').click();
  await expect(page.getByRole('button', { name: 'New card' }).locator('kbd')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Pull next' })).toHaveAttribute('title', /allow$/);
  await page.keyboard.press('w');
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveCount(0);
});

test('14 a key that the server did not take is the old one again', async ({ as }) => {
  const { page, api } = await as('ana');
  const b = await makeBoard(api, { cards: { Ready: ['one'] } });
  await page.goto(`/b/${b.id}`);
  await ready(page);
  await page.route('**/api/v1/me/keys', (route) => route.abort());
  await page.keyboard.press('?');
  const map = page.getByRole('dialog', { name: 'Keyboard map' });
  await map.getByRole('button', { name: 'Another key for “New card”' }).click();
  await page.keyboard.press('w');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'New card' }).locator('kbd')).toHaveText('C');
  await expect(page.locator('.toast').first()).toBeVisible();
});
