import { cardOf, cellOf, expect, keysIn, linkOf, test } from './support/test';

test('live: a move, an edit and a block by one person appear at the other', async ({ as, board }) => {
  const [ana, bo] = [await as('ana'), await as('bo')];
  await ana.openBoard('CHK');
  await bo.openBoard('CHK');
  const before = await board('CHK');
  const key = keysIn(before, 'Shape')[0] as string;
  const deploy = before.columns.find((c) => c.name === 'Deploy')?.id;

  await ana.api.post(`/api/v1/cards/${key}/move`, { data: { columnId: deploy } });
  await expect(bo.page.getByRole('list', { name: /Deploy/ }).locator('[data-card]').filter({ hasText: key })).toBeVisible();

  await ana.api.patch(`/api/v1/cards/${key}`, { data: { title: 'Agreed with operations at the table' } });
  await expect(linkOf(bo.page, key)).toHaveText('Agreed with operations at the table');

  await ana.api.post(`/api/v1/cards/${key}/blockers`, { data: { category: 'vendor', reason: 'Licence is missing' } });
  await expect(cardOf(bo.page, key).getByText('Blocked · Licence is missing')).toBeVisible();
});

test('live: the second tab: two moves of different cards from two open boards both stay (Leantime 3099)', async ({ as, board }) => {
  const [ana, goro] = [await as('ana'), await as('goro')];
  await ana.openBoard('CHK');
  await goro.openBoard('CHK');
  const before = await board('CHK');
  const [a, b] = keysIn(before, 'Shape') as [string, string];
  // each page has the board of the same moment; a whole-board save of the second would undo the first
  await linkOf(ana.page, a).focus();
  await ana.page.keyboard.press('Shift+ArrowLeft');
  await answerReturn(ana.page);
  await linkOf(goro.page, b).focus();
  await goro.page.keyboard.press('Shift+ArrowLeft');
  await answerReturn(goro.page);
  await expect.poll(async () => keysIn(await board('CHK'), 'Ready')).toEqual(expect.arrayContaining([a, b]));
  for (const p of [ana, goro])
    for (const key of [a, b])
      await expect(cellOf(p.page, 'Ready').locator('[data-card]').filter({ has: p.page.getByText(key, { exact: true }) })).toBeVisible();
});

test('live: reload and find it elsewhere: what a page shows after a move is what a reload shows (Vikunja 1460)', async ({ as }) => {
  const ana = await as('ana');
  await ana.openBoard('CHK');
  const order = async () => ana.page.getByRole('list', { name: /Ready/ }).locator('[data-card]').getByRole('link').allTextContents();
  const first = ana.page.getByRole('list', { name: /Ready/ }).locator('[data-card]').first();
  await first.getByRole('link').first().focus();
  await ana.page.keyboard.press('Shift+ArrowDown');
  await ana.page.keyboard.press('Shift+ArrowDown');
  await expect.poll(async () => (await order()).length).toBeGreaterThan(3);
  await ana.page.waitForTimeout(500);
  const shown = await order();
  await ana.page.reload();
  await expect(ana.page.locator('[data-card]').first()).toBeVisible();
  expect(await order()).toEqual(shown);
});

/** Answers the question why a card goes back, when it is asked. */
async function answerReturn(page: import('@playwright/test').Page) {
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await dialog.getByText('Incomplete').first().click();
  await dialog.getByRole('button', { name: /^Move/ }).click();
  await expect(dialog).toBeHidden();
}
