import { clean } from './support/axe';
import { expect, ready, test } from './support/test';

test('27 a view is kept under a name, shared with those who see the board, a link, and can open the board', async ({ as }) => {
  const [ana, goro] = [await as('ana'), await as('goro')];
  const { page } = ana;
  await ana.openBoard('CHK');
  const tools = page.getByRole('region', { name: 'Filters and view' });
  // the panel counts beside what the other fields leave, and says what is left
  await page.keyboard.press('f');
  const panel = page.getByRole('dialog', { name: /^Filter/ });
  await panel.getByRole('button', { name: /^Operations \d+$/ }).click();
  await expect(panel.getByRole('status')).toHaveText(/^\d+ of \d+ cards$/);
  await clean(page, 'filter panel', ['[data-card]']);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'No lanes' }).click();
  await page.getByRole('menuitemradio', { name: 'By owner' }).click();

  await tools.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: 'Keep what is shown …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Keep this view' });
  await dialog.getByLabel('Name').fill('Operations by owner');
  await dialog.getByLabel('For everybody who sees this board').check();
  await page.keyboard.press('Enter');
  await expect(tools.getByRole('button', { name: 'View: Operations by owner' })).toBeVisible();

  // it is live for somebody else, a link like any other, and may open their board
  await goro.openBoard('CHK');
  const theirs = goro.page.getByRole('region', { name: 'Filters and view' });
  await theirs.getByRole('button', { name: 'Views' }).click();
  const link = goro.page.getByRole('menuitem', { name: /^Operations by owner/ });
  await expect(link).toHaveAttribute('href', /disc=operations.*lanes=owner/);
  await link.click();
  await expect(goro.page).toHaveURL(/disc=operations.*lanes=owner/);
  await theirs.getByRole('button', { name: 'View: Operations by owner' }).click();
  await goro.page.getByRole('menuitem', { name: 'Manage views' }).click();
  const manage = goro.page.getByRole('dialog', { name: 'Manage views' }).getByRole('listitem').filter({ hasText: 'Operations by owner' });
  await manage.getByRole('button', { name: 'Opens first' }).click();
  await expect(manage.getByRole('button', { name: 'Opens first' })).toHaveAttribute('aria-pressed', 'true');
  await goro.page.keyboard.press('Escape');
  const bare = goro.page.url().split('?')[0] as string;
  await goro.page.goto(bare);
  await ready(goro.page);
  await expect(goro.page).toHaveURL(/disc=operations.*lanes=owner/);
  // everything is one step away, and stays
  await theirs.getByRole('button', { name: 'View: Operations by owner' }).click();
  await goro.page.getByRole('menuitem', { name: 'Everything' }).click();
  await expect(goro.page).toHaveURL(bare);

  // removed by its maker, and that can be undone
  await tools.getByRole('button', { name: 'View: Operations by owner' }).click();
  await page.getByRole('menuitem', { name: 'Manage views' }).click();
  await clean(page, 'manage views', ['[data-card]']);
  await page.getByRole('button', { name: 'Remove “Operations by owner”' }).click();
  await page.keyboard.press('Escape');
  await expect(tools.getByRole('button', { name: 'Views' })).toBeVisible();
  await theirs.getByRole('button', { name: 'Views' }).click();
  await expect(goro.page.getByRole('menuitem', { name: /^Operations by owner/ })).toHaveCount(0);
});
