import { clean } from './support/axe';
import { send } from './support/boards';
import { expect, type Person, test } from './support/test';

const say = (page: Person['page'], question: string, answer: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: question, exact: true }) }).getByText(answer, { exact: true }).click();

test('health: one asks, four answer where nobody sees it, all is shown at once on every page, and stands beside the last time', async ({ as }) => {
  const [ana, goro] = [await as('ana'), await as('goro')];
  const others = [await as('fay'), await as('dara')];
  const { page } = ana;
  await page.goto('/retro');
  await page.getByRole('link', { name: 'Health checks' }).click();
  const team = page.getByRole('listitem').filter({ hasText: 'Checkout' });
  await expect(team).toContainText(/Last on .*9 people answered/);
  await clean(page, 'health checks');
  await team.getByRole('button', { name: 'Ask Checkout' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('checkbox', { name: /How we work/ }).uncheck();
  await dialog.getByRole('button', { name: 'Start' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('Choose what to ask.');
  await dialog.getByRole('checkbox', { name: /Running it/ }).check();
  await dialog.getByRole('button', { name: 'Start' }).click();
  await expect(page).toHaveURL(/\/health\/hea_/);
  const path = `/health-checks/${page.url().split('/').at(-1)}`;
  await say(page, 'Sane alerts', 'Bad');
  await say(page, 'Sane alerts', 'worse');
  await expect(page.getByText('You answered 1 of 6')).toBeVisible();

  // it waits on a colleague's Today until they answer; neither learns what the other says
  await goro.page.goto('/today');
  await goro.page.getByRole('link', { name: 'Health check of Checkout' }).click();
  await say(goro.page, 'Sane alerts', 'So-so');
  await expect(page.getByText('2 people have answered')).toBeVisible();
  const read = await (await goro.api.get(`/api/v1${path}`)).text();
  expect(read).not.toContain('"score":1');
  await page.reload();
  await expect(page.getByRole('radio', { name: 'Bad', checked: true })).toHaveCount(1);
  await clean(page, 'a health check');
  await page.getByRole('button', { name: 'Reveal' }).click();
  await expect(page.getByRole('dialog')).toContainText('Only 2 people have answered');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();

  for (const p of others) await send(p.api, 'put', `${path}/answers`, { answers: [{ question: 'alerts', score: 3, trend: 1 }, { question: 'calm', score: 3 }] });
  await expect(page.getByText('4 people have answered')).toBeVisible();
  await page.getByRole('button', { name: 'Reveal' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Reveal' }).click();
  for (const p of [page, goro.page]) {
    await expect(p.getByRole('radio'), 'shown at once, however many answers came just before').toHaveCount(0, { timeout: 2_000 });
    const alerts = p.getByRole('listitem').filter({ has: p.getByRole('heading', { name: 'Sane alerts' }) });
    await expect(alerts).toContainText('2 well, 1 so-so, 1 bad');
    await expect(p.getByRole('listitem').filter({ hasText: 'Calm deployments' })).toContainText('Fewer than 4 answered this');
    await expect(p.getByRole('radio')).toHaveCount(0);
  }
  await page.getByRole('link', { name: 'Over time' }).click();
  const row = page.getByRole('row').filter({ hasText: 'Sane alerts' });
  await expect(row.getByRole('cell')).toHaveCount(3);
  await expect(row.getByRole('cell').last()).toContainText('2 well, 1 so-so, 1 bad');
  await clean(page, 'health over time');
});
