import { clean } from './support/axe';
import { makeBoard } from './support/boards';
import { focusedKey } from './support/ears';
import { percentile } from './support/measure';
import { cardOf, expect, linkOf, ready, test } from './support/test';

test('2 Ctrl K opens the palette at once: cards, people, boards, pages and actions, all by keyboard, recent first', async ({ as }) => {
  const { page, api } = await as('ana');
  const b = await makeBoard(api, { name: 'Lighthouse', cards: { Ready: ['Zebra crossing', 'Quilt of pipes'], Build: ['Third thing'] } });
  const away = await makeBoard(api, { name: 'Far away', cards: { Ready: ['Walrus migration'] } });
  const k = (title: string) => b.keys[title] as string;
  await page.goto(`/b/${b.id}`);
  await ready(page);
  const palette = page.getByRole('dialog', { name: 'Search or run a command' });
  const field = palette.getByRole('combobox');
  const option = (name: string | RegExp) => palette.getByRole('option', { name });
  const chosen = palette.locator('[role=option][aria-selected=true]');

  // from the key to the frame in which the field takes letters
  const took: number[] = [];
  for (let i = 0; i < 6; i++) {
    await page.evaluate(() => {
      (window as unknown as { took: Promise<number> }).took = new Promise((done) =>
        addEventListener(
          'keydown',
          (e) => {
            const look = () => (document.activeElement?.matches('dialog.palette input') ? requestAnimationFrame(() => done(performance.now() - e.timeStamp)) : requestAnimationFrame(look));
            look();
          },
          { once: true, capture: true },
        ),
      );
    });
    await page.keyboard.press('Control+k');
    took.push(await page.evaluate(() => (window as unknown as { took: Promise<number> }).took));
    await page.keyboard.press('Escape');
    await expect(palette).toBeHidden();
  }
  const [first, ...again] = took as [number, ...number[]];
  console.log(`2: the palette takes letters ${first.toFixed(0)} ms after the key when its code has to be fetched, ${percentile(again, 50).toFixed(0)} ms after it otherwise (n = ${again.length})`);
  expect(percentile(again, 50), 'budget 100 ms').toBeLessThan(300);

  // a card of this board, before the server has been asked
  await page.keyboard.press('Control+k');
  await page.keyboard.type('zeb cro');
  await expect(chosen).toContainText(k('Zebra crossing'));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/b/${b.id}\\?card=${k('Zebra crossing')}`));
  await expect(page.getByRole('complementary', { name: new RegExp(k('Zebra crossing')) })).toBeVisible();

  // with the open card something can be done
  await page.keyboard.press('Control+k');
  await expect(palette.getByRole('group', { name: `With ${k('Zebra crossing')}: Zebra crossing` }).getByRole('option').first()).toBeVisible();
  await clean(page, 'palette', ['[data-card]']);
  await page.keyboard.type('i am on it');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await b.snapshot()).cards.find((c) => c.key === k('Zebra crossing'))?.ownerIds.length).toBe(1);
  await page.keyboard.press('Escape');

  // with the card that has the focus; Escape gives the focus back
  await linkOf(page, k('Quilt of pipes')).focus();
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Escape');
  await expect.poll(() => focusedKey(page)).toBe(k('Quilt of pipes'));
  await page.keyboard.press('Control+k');
  await page.keyboard.type('assign');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: new RegExp(k('Quilt of pipes')) })).toBeVisible();
  await page.keyboard.press('Escape');

  // with what is selected
  await linkOf(page, k('Quilt of pipes')).focus();
  await page.keyboard.press('x');
  await linkOf(page, k('Third thing')).focus();
  await page.keyboard.press('x');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('archive');
  await expect(palette.getByRole('group', { name: 'With 2 selected cards' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(cardOf(page, k('Third thing'))).toBeHidden();
  await expect.poll(async () => (await b.snapshot()).cards.length).toBe(1);

  // what is elsewhere comes from the search; from a field too, and the arrows choose
  await page.getByRole('searchbox', { name: 'Find on this board' }).focus();
  await page.keyboard.press('Control+k');
  await expect(field).toBeFocused();
  await page.keyboard.type('walrus');
  await expect(option(/Walrus migration/)).toBeVisible();
  await expect(chosen).toContainText('Walrus migration');
  await page.keyboard.press('ArrowDown');
  await expect(chosen).toContainText('Search everywhere for “walrus”');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/c/${away.keys['Walrus migration']}$`));

  // what was open last comes first
  await page.keyboard.press('Control+k');
  await expect(palette.getByRole('group').first()).toHaveAccessibleName('Recent');
  await expect(palette.getByRole('group', { name: 'Recent' }).getByRole('option', { name: /Zebra crossing/ })).toBeVisible();
  await page.keyboard.press('Escape');

  // boards, people and pages
  for (const [words, name, address] of [
    ['lightho', /^Lighthouse/, `/b/${b.id}$`],
    ['bo lind', /^Bo Lind/, '/search\\?owner='],
    ['sessions', /^Settings: Sessions/, '/settings/sessions$'],
  ] as const) {
    await page.keyboard.press('Control+k');
    await page.keyboard.type(words);
    await expect(option(name).first()).toBeVisible();
    await expect(chosen).toHaveAccessibleName(name);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(address));
  }
});

test('2 an answer of the search that comes late goes around what is chosen, never under it', async ({ as }) => {
  const { page, api } = await as('ana');
  await makeBoard(api, { name: 'Far away', cards: { Ready: ['Sessions of a zebra'] } });
  const b = await makeBoard(api, { name: 'Near', cards: { Ready: ['Quilt of pipes'] } });
  let answer = () => {};
  const held = new Promise<void>((done) => {
    answer = done;
  });
  await page.route('**/api/v1/search?*', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`/b/${b.id}`);
  await ready(page);
  const palette = page.getByRole('dialog', { name: 'Search or run a command' });
  const chosen = palette.locator('[role=option][aria-selected=true]');
  await page.keyboard.press('Control+k');
  await expect(palette.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('sessions');
  await expect(chosen).toContainText('Settings: Sessions');
  answer();
  await expect(palette.getByRole('option', { name: /Sessions of a zebra/ }), 'above it').toBeVisible();
  await expect(chosen).toContainText('Settings: Sessions');
  // nothing near: what the search finds is chosen as soon as it is there
  await page.keyboard.press('Control+a');
  await page.keyboard.type('of a zebra');
  await expect(chosen).toContainText('Sessions of a zebra');
});
