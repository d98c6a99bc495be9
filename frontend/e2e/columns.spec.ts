import { makeBoard } from './support/boards';
import { at, drag } from './support/pointer';
import { cardOf, cellOf, expect, linkOf, ready, test } from './support/test';

test('20 a column’s head: name, count and limit, beam, policy, add, fold; a folded column still accepts drops', async ({ as }) => {
  const { page, api } = await as('ana');
  const b = await makeBoard(api, {
    columns: [
      { name: 'Ready', kind: 'queue' },
      { name: 'Build', kind: 'active', policy: 'Works on staging.', wip: { mode: 'reason', max: 3 } },
      { name: 'Test', kind: 'active' },
      { name: 'Done', kind: 'done' },
    ],
    cards: { Ready: [{ title: 'a' }], Build: [{ title: 'b', discipline: 'development' }, { title: 'c', discipline: 'security' }] },
  });
  await page.goto(`/b/${b.id}`);
  await ready(page);
  const head = page.locator(`[data-head="${b.columns.Build}"]`);
  await expect(head.getByRole('heading', { name: 'Build' })).toBeVisible();
  await expect(head).toContainText('2 / 3');
  await expect(head.locator('svg, [class*="beam"]').first()).toBeVisible();

  // the policy: pressed, and away with Escape
  await head.getByRole('button', { name: 'Build', exact: true }).click();
  await expect(head.getByRole('note')).toContainText('Works on staging.');
  await expect(head.getByRole('note')).toContainText('At most 3; more needs a reason.');
  await page.keyboard.press('Escape');
  await expect(head.getByRole('note')).toHaveCount(0);

  await head.getByRole('button', { name: 'Add a card to Build' }).click();
  await expect(page.getByRole('form', { name: 'New card in Build' }).getByRole('textbox')).toBeFocused();
  await page.keyboard.press('Escape');

  await head.getByRole('button', { name: 'Column Build: more' }).click();
  await page.getByRole('menuitem', { name: 'Fold this column' }).click();
  const folded = page.getByRole('button', { name: 'Build, folded, 2 cards: unfold' });
  await expect(folded).toBeVisible();
  await expect(cardOf(page, b.keys.b as string)).toHaveCount(0);
  await drag(page, b.keys.a as string, () => at(page.locator(`ul[data-cell="${b.columns.Build}|*"]`), 0.5, 0.3));
  await expect.poll(() => b.order('Build')).toContain(b.keys.a);
  await expect(page.getByRole('button', { name: 'Build, folded, 3 cards: unfold' })).toBeVisible();

  // folding is one person's view of this board, and is still there later
  await page.reload();
  await page.getByRole('button', { name: 'Build, folded, 3 cards: unfold' }).click();
  await expect(cellOf(page, 'Build').locator('[data-card]')).toHaveCount(3);
});

test('21 lanes fold, keep that for this person, show their count, and stay thin while empty', async ({ as }) => {
  const { page, api } = await as('ana');
  const b = await makeBoard(api, { lanes: ['North', 'Empty', 'South'], cards: { Ready: [{ title: 'n', lane: 'North' }], Build: [{ title: 'm', lane: 'North' }, { title: 's', lane: 'South' }] } });
  await page.goto(`/b/${b.id}`);
  await ready(page);
  const lane = (name: string) => page.getByRole('region', { name: `Lane ${name}` });
  const head = lane('North').getByRole('button', { expanded: true }).first();
  await expect(head).toHaveText(/North\s*2 cards/);
  const [north, empty] = [await lane('North').boundingBox(), await lane('Empty').boundingBox()];
  expect(empty?.height, 'an empty lane is thinner than one with a card').toBeLessThan((north?.height ?? 0) - 40);
  await head.click();
  await expect(cardOf(page, b.keys.n as string)).toHaveCount(0);
  await expect(lane('North').getByRole('button', { expanded: false })).toHaveText(/North\s*2 cards/);
  await page.reload();
  await ready(page);
  await expect(cardOf(page, b.keys.s as string)).toBeVisible();
  await expect(cardOf(page, b.keys.n as string)).toHaveCount(0);
  await lane('North').getByRole('button', { expanded: false }).press('Enter');
  await expect(cardOf(page, b.keys.n as string)).toBeVisible();
});

test('25 density changes at once and is remembered', async ({ as }) => {
  const { page, api } = await as('ana');
  const b = await makeBoard(api, { cards: { Ready: ['one', 'two', 'three'] } });
  await page.goto(`/b/${b.id}`);
  await ready(page);
  const height = async () => (await cardOf(page, b.keys.one as string).boundingBox())?.height ?? 0;
  const choose = async (now: string, name: string) => {
    await page.getByRole('button', { name: now, exact: true }).click();
    await page.getByRole('menuitemradio', { name }).click();
    await expect(page.getByRole('button', { name, exact: true })).toBeVisible();
  };
  const comfortable = await height();
  await choose('Comfortable', 'Compact');
  await expect.poll(height).toBeLessThan(comfortable);
  const compact = await height();
  await choose('Compact', 'Roomy');
  await expect.poll(height).toBeGreaterThan(compact + 10);
  const roomy = await height();
  await page.reload();
  await expect(linkOf(page, b.keys.one as string)).toBeVisible();
  await expect.poll(height).toBe(roomy);
});
