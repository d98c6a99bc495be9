import { bigBoard, makeBoard, send } from './support/boards';
import { shownKeys, toasts } from './support/ears';
import { at, carry, drag } from './support/pointer';
import { cardOf, cellOf, expect, ready, test } from './support/test';

const colour = (el: import('@playwright/test').Locator) => el.evaluate((e) => getComputedStyle(e).backgroundColor);

test('15 dragging with the mouse: insertion line, within a column, between columns, onto a head, and dropping outside cancels', async ({ as }) => {
  const { page, api } = await as('ana');
  const b = await makeBoard(api, { cards: { Ready: ['a', 'b', 'c'], Build: ['d', 'e'] } });
  const [a, bb, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map((x) => b.keys[x] as string) as [string, string, string, string, string];
  await page.goto(`/b/${b.id}`);
  await ready(page);
  const line = page.locator('li[class*="line"]');

  await carry(page, a, () => at(cardOf(page, e), 0.5, 0.2));
  await expect(line).toBeVisible();
  const [lineBox, above, below] = [await line.boundingBox(), await cardOf(page, d).boundingBox(), await cardOf(page, e).boundingBox()];
  expect(lineBox?.y, 'the line lies between the two').toBeGreaterThan((above?.y ?? 0) + (above?.height ?? 0) - 6);
  expect(lineBox?.y).toBeLessThan((below?.y ?? 0) + 6);
  await page.mouse.up();
  await expect.poll(() => b.order('Build')).toEqual([d, a, e]);
  await expect(line).toBeHidden();

  // within the column, to the end and back to the top
  await drag(page, d, () => at(cardOf(page, e), 0.5, 0.9));
  await expect.poll(() => b.order('Build')).toEqual([a, e, d]);
  await drag(page, d, () => at(cardOf(page, a), 0.5, 0.1));
  await expect.poll(() => b.order('Build')).toEqual([d, a, e]);

  // onto the head of the next column: to its top
  await drag(page, bb, () => at(page.locator('[data-head]').filter({ hasText: 'Test' })));
  await expect.poll(() => b.order('Test')).toEqual([bb]);

  // let go outside the board, and Escape with the card in hand
  const version = (await b.snapshot()).seq;
  await carry(page, c, () => at(page.locator('header.top'), 0.3));
  await page.mouse.up();
  await carry(page, c, () => at(cellOf(page, 'Build'), 0.5, 0.9));
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(page.locator('[data-dragged]')).toHaveCount(0);
  await expect(line).toBeHidden();
  await page.waitForTimeout(300);
  expect((await b.snapshot()).seq, 'nothing was sent').toBe(version);
  expect(await shownKeys(page, 'Ready')).toEqual([c]);
});

test('19 dragging over a limit: the cell turns red with text before the release, reason asks, hard refuses and says why', async ({ as }) => {
  const { page, api } = await as('ana');
  const b = await makeBoard(api, {
    columns: [
      { name: 'Ready', kind: 'queue' },
      { name: 'Asks', kind: 'active', wip: { mode: 'reason', max: 1 } },
      { name: 'Refuses', kind: 'active', wip: { mode: 'hard', max: 1 } },
      { name: 'Done', kind: 'done' },
    ],
    cards: { Ready: ['mine'], Asks: ['a'], Refuses: ['r'] },
  });
  const key = b.keys.mine as string;
  await page.goto(`/b/${b.id}`);
  await ready(page);
  for (const [column, words] of [['Refuses', 'full: refused'], ['Asks', 'over 2 / 1: asks for a reason']] as const) {
    const cell = cellOf(page, column);
    const calm = await colour(cell);
    await carry(page, key, () => at(cell, 0.5, 0.6));
    await expect(cell.getByText(words), 'said before the release').toBeVisible();
    await expect.poll(() => colour(cell), `${column} changes its colour`).not.toBe(calm);
    await page.mouse.up();
    await expect.poll(() => colour(cell)).toBe(calm);
    if (column === 'Refuses') {
      await expect(toasts(page).filter({ hasText: `${key} stays where it is.` })).toContainText('Refuses');
      expect(await b.order('Refuses')).toEqual([b.keys.r]);
      expect(await shownKeys(page, 'Ready')).toEqual([key]);
    }
  }
  const ask = page.getByRole('dialog', { name: `${key} to Asks: why now?` });
  await ask.getByRole('textbox').fill('Agreed at the table');
  await ask.getByRole('button', { name: 'Move it' }).click();
  await expect.poll(() => b.order('Asks')).toContain(key);
});

test('15 dragging into and out of the Expedite strip, whose limit is said like any other', async ({ as }) => {
  const { page, api } = await as('ana');
  const b = await makeBoard(api, { expedite: { mode: 'hard', max: 1 }, cards: { Ready: ['waits'], Build: ['burns', 'second'] } });
  const [burns, second] = [b.keys.burns as string, b.keys.second as string];
  await page.goto(`/b/${b.id}`);
  await ready(page);
  const strip = page.getByRole('region', { name: /^Expedite/ });
  const stripCell = page.getByRole('list', { name: /^Expedite, Build/ });
  const classOf = async (key: string) => ((await b.snapshot()).cards.find((c) => c.key === key) as unknown as { class: string }).class;

  // the strip takes no room while it is empty, and appears for the length of a drag
  await expect(strip).toHaveCount(0);
  await carry(page, burns, () => at(cellOf(page, 'Build').first(), 0.5, 0.9));
  await expect(strip).toBeVisible();
  const to = await at(stripCell);
  await page.mouse.move(to.x, to.y, { steps: 6 });
  await page.mouse.move(to.x + 2, to.y);
  await page.mouse.up();
  await expect.poll(() => classOf(burns)).toBe('expedite');
  await expect(stripCell.locator('[data-card]')).toHaveCount(1);

  // one more is refused by the strip's own limit, said before the release
  await carry(page, second, () => at(stripCell));
  await expect(stripCell.getByText(/Expedite full: refused/)).toBeVisible();
  await page.mouse.up();
  await expect(toasts(page).filter({ hasText: `${second} stays where it is.` })).toBeVisible();
  expect(await classOf(second)).toBe('standard');

  // out again: what it is from now on is asked
  await drag(page, burns, () => at(cellOf(page, 'Test').last(), 0.5, 0.5));
  const ask = page.getByRole('dialog', { name: `${burns} leaves Expedite` });
  await ask.getByLabel(/Fixed date/).check();
  await ask.getByRole('button', { name: 'Move it' }).click();
  await expect.poll(() => classOf(burns)).toBe('fixed_date');
  await expect.poll(() => b.order('Test')).toEqual([burns]);
});

test('15 a card held at the edge scrolls the board; 34 a dragged card is not snatched away by another’s move', async ({ as }) => {
  const [ana, goro] = [await as('ana'), await as('goro')];
  const { page, api } = ana;
  const id = await bigBoard(api, 200);
  await page.goto(`/b/${id}`);
  await ready(page);
  const snap = await (await api.get(`/api/v1/boards/${id}`)).json();
  const scroller = page.locator('[data-board]').last();
  const box = await scroller.boundingBox();
  if (!box) throw new Error('no board');
  const first = page.locator('ul[data-cell] li[aria-posinset="1"] [data-card]').first();
  const key = ((await first.getByRole('link').first().getAttribute('href')) ?? '').replace('/c/', '');
  await carry(page, key, { x: box.x + 120, y: box.y + box.height - 12 }, 12);
  await expect.poll(() => scroller.evaluate((e) => e.scrollTop), 'scrolls down by itself').toBeGreaterThan(300);
  await page.mouse.move(box.x + 120, box.y + box.height / 2, { steps: 4 });
  await expect(page.locator('[data-dragged]'), 'the card in hand stays in the page').toHaveCount(1);

  // meanwhile somebody moves the very card elsewhere, renames another and archives a third
  const done = snap.columns.at(-1).id;
  const others = snap.cards.filter((c: { key: string; columnId: string }) => c.key !== key && c.columnId === snap.columns[0].id);
  await send(goro.api, 'post', `/cards/${key}/move`, { columnId: done });
  await send(goro.api, 'patch', `/cards/${others[0].key}`, { title: 'Renamed meanwhile' });
  await send(goro.api, 'delete', `/cards/${others[1].key}`);
  await page.waitForTimeout(600);
  await expect(page.locator('[data-dragged]'), 'still in hand after another’s move').toHaveCount(1);
  await page.mouse.move(box.x + 121, box.y + box.height / 2 + 3);
  await page.mouse.up();
  await expect(page.locator('[data-dragged]')).toHaveCount(0);
  // what the page shows is what is true
  await expect
    .poll(async () => {
      const now = await (await api.get(`/api/v1/boards/${id}`)).json();
      const true_ = now.cards.find((c: { key: string }) => c.key === key).columnId;
      const link = cardOf(page, key);
      if ((await link.count()) === 0) return 'not drawn';
      const cell = await link.locator('xpath=ancestor::ul').getAttribute('data-cell');
      return cell?.startsWith(`${true_}|`) ? 'same' : `page ${cell}, server ${true_}`;
    })
    .toMatch(/^(same|not drawn)$/);
});
