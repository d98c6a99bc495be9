import { clean } from './support/axe';
import { makeBoard, send } from './support/boards';
import { heard, listen, toasts } from './support/ears';
import { at, carry, drag } from './support/pointer';
import { expect, linkOf, type Person, ready, test } from './support/test';

const lane = (page: Person['page'], name: string | RegExp) => page.getByRole('region', { name });
const cellIn = (page: Person['page'], row: string, column: string) => page.getByRole('list', { name: new RegExp(`^${row}, ${column}, `) });

test('21 lanes on the fly: a drop sets what the row stands for in the same step, one undo takes both back, and a refusal says why', async ({ as }) => {
  const { page, api } = await as('ana');
  await listen(page);
  const b = await makeBoard(api, {
    cards: { Ready: ['Free', { title: 'Seed', labels: ['api'] }], Build: [{ title: 'Several', labels: ['db', 'old'] }] },
  });
  const [free, several] = [b.keys.Free as string, b.keys.Several as string];
  const card = async (key: string) => (await b.snapshot()).cards.find((c) => c.key === key) as unknown as { labels: string[]; columnId: string };
  await page.goto(`/b/${b.id}?lanes=label`);
  await ready(page);

  // by mouse, into another row and column at once; said before the release
  await carry(page, free, () => at(cellIn(page, 'db', 'Build'), 0.5, 0.9));
  await expect(page.getByText('Label db', { exact: true })).toBeVisible();
  await page.mouse.up();
  await expect(toasts(page).getByText(`${free} moved to Build · Label db`)).toBeVisible();
  await expect(cellIn(page, 'db', 'Build').getByText(free, { exact: true })).toBeVisible();
  await expect.poll(async () => (await card(free)).labels).toEqual(['db']);
  const seq = (await b.snapshot()).seq;
  await toasts(page).getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => [(await card(free)).labels, (await card(free)).columnId]).toEqual([[], b.columns.Ready]);
  const told = (await (await api.get(`/api/v1/boards/${b.id}/events?since=${seq}`)).json()) as { items: { commandId: string }[] };
  expect(new Set(told.items.map((e) => e.commandId)).size, 'one request').toBe(1);

  // by keyboard, picked up: the hint says what the row makes of it
  await linkOf(page, free).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowUp');
  await expect(page.getByText('Label db', { exact: true }).last()).toBeVisible();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByText('Label api', { exact: true }).last()).toBeVisible();
  await page.keyboard.press('Space');
  await expect(cellIn(page, 'api', 'Ready').getByText(free, { exact: true })).toBeVisible();
  expect((await heard(page)).at(-1)).toMatch(/moved to Ready, position \d of 2\. Label api$/);

  // the label that shows makes room, the other stays; taking them all off is refused before and at the drop
  await drag(page, several, () => at(cellIn(page, 'api', 'Build')));
  await expect.poll(async () => (await card(several)).labels).toEqual(['api', 'old']);
  await send(api, 'patch', `/cards/${b.keys.Seed}`, { labels: [] });
  await expect(cellIn(page, 'No label', 'Ready').getByText(b.keys.Seed as string, { exact: true })).toBeVisible();
  await expect(cellIn(page, 'api', 'Build').getByText(several, { exact: true })).toBeVisible();
  await carry(page, several, () => at(cellIn(page, 'No label', 'Build')));
  await expect(page.getByText(/so dragging does not take them all off/).first()).toBeVisible();
  await page.mouse.up();
  await expect(toasts(page).getByText(`${several} stays where it is. It has several labels`)).toBeVisible();
  expect((await card(several)).labels).toEqual(['api', 'old']);
});

test('21 27 rows by parent, with its state; what somebody else changes moves a card to its row; a folded row counts, takes cards in and stays folded', async ({ as }) => {
  const [ana, goro] = [await as('ana'), await as('goro')];
  const { page, api } = ana;
  const b = await makeBoard(api, { cards: { Ready: ['Whole', 'Part', 'Later'], Build: ['Loose'] } });
  const [whole, part, later] = [b.keys.Whole, b.keys.Part, b.keys.Later] as [string, string, string];
  await send(api, 'patch', `/cards/${part}`, { parentId: whole });
  await ana.page.goto(`/b/${b.id}`);
  await ready(page);
  await page.getByRole('button', { name: 'No lanes' }).click();
  await page.getByRole('menuitemradio', { name: 'By parent' }).click();
  await expect(page).toHaveURL(/lanes=parent/);
  const row = `${whole} Whole`;
  await expect(lane(page, `Lane ${row}`)).toContainText('1 card');
  await expect(lane(page, `Lane ${row}`)).toContainText('0 of 1 done');
  await expect(lane(page, 'Lane Part of nothing')).toContainText('3 cards');

  await send(goro.api, 'patch', `/cards/${later}`, { parentId: whole });
  await expect(cellIn(page, row, 'Ready').getByText(later, { exact: true })).toBeVisible();
  await lane(page, `Lane ${row}`).getByRole('button', { name: `Open ${whole}` }).click();
  await expect(page.locator('aside[aria-label^="Card"]').getByRole('heading', { name: 'Whole' })).toBeVisible();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: new RegExp(`^${row}`), expanded: true }).click();
  await page.reload();
  await ready(page);
  await expect(page.getByRole('button', { name: new RegExp(`^${row}`), expanded: false })).toBeVisible();
  await expect(cellIn(page, row, 'Ready')).toHaveText('2');
  await drag(page, b.keys.Loose as string, () => at(cellIn(page, row, 'Build')));
  await expect(cellIn(page, row, 'Build')).toHaveText('1');
  // the whole cannot be a part of itself
  await drag(page, whole, () => at(cellIn(page, row, 'Ready')));
  await expect(toasts(page).getByText('A card cannot be a part of itself.')).toBeVisible();
  await clean(page, 'lanes by parent', ['[data-card]']);
});

test('21 a board of many rows draws those near the screen, and the keyboard reaches all of them', async ({ as }) => {
  const { page, api } = await as('ana');
  const cards = Array.from({ length: 60 }, (_, i) => ({ title: `Card ${i}`, labels: [`label ${i}`] }));
  const b = await makeBoard(api, { cards: { Ready: cards } });
  await page.goto(`/b/${b.id}?lanes=label`);
  await ready(page);
  const rows = page.locator('section[aria-label^="Lane "]');
  await expect(rows).toHaveCount(60);
  expect(await page.locator('ul[data-cell]').count(), 'cells that exist').toBeLessThan(160);
  const scroller = page.locator('[data-board]').last();
  await scroller.evaluate((e) => {
    e.scrollTop = e.scrollHeight;
  });
  const last = linkOf(page, b.keys['Card 59'] as string);
  await expect(last).toBeVisible();
  await last.focus();
  await page.keyboard.press('ArrowUp');
  await expect(linkOf(page, b.keys['Card 58'] as string)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await scroller.evaluate((e) => {
    e.scrollTop = 0;
  });
  await expect(last, 'the card with the focus stays').toBeFocused();
});
