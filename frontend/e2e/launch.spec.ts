import { clean } from './support/axe';
import { send } from './support/boards';
import { item } from './support/checklists';
import { expect, test } from './support/test';

// A launch from its plan to the stop: what one does, the other sees, and each step is kept with who and why.

test('a launch is planned, begins, goes on with what the number said, and is stopped for all to see', async ({ as }) => {
  const [ana, bo] = await Promise.all([as('ana'), as('bo')]);
  const me = (await (await ana.api.get('/api/v1/me')).json()) as { teams: { id: string; key: string }[] };
  const teamId = me.teams.find((x) => x.key === 'CHK')?.id;
  const day = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
  const { id } = await send<{ id: string }>(ana.api, 'post', '/checklists', {
    kind: 'launch',
    name: 'Gift cards by mail',
    teamId,
    launchOn: day,
  });
  await ana.page.goto('/launches');
  await ana.page.getByRole('link', { name: 'Gift cards by mail' }).click();
  const { page } = ana;
  await page.getByRole('button', { name: 'Start from the usual four' }).click();
  const dialog = page.getByRole('dialog', { name: 'Stages' });
  await dialog.getByRole('listitem', { name: 'Ourselves' }).getByLabel('Goes on when').fill('Ten gift cards arrive');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Ten gift cards arrive')).toBeVisible();
  // what is planned answers the checklist's question of it
  await page.getByRole('button', { name: 'Put it into the checklist' }).click();
  await expect(page.getByText('The checklist says the same')).toBeVisible();
  // what somebody has understood is replaced only on purpose
  const l2 = `/checklists/${id}/items/L2`;
  await send(ana.api, 'put', `${l2}/answer`, { text: 'All at once, while 99 of 100 arrive', evidence: [], base: (await item(ana.api, id, 'L2')).rev });
  await send(bo.api, 'post', `${l2}/open`, {});
  await send(bo.api, 'post', `${l2}/understand`, { rev: (await item(bo.api, id, 'L2')).rev });
  await page.reload();
  await page.getByRole('button', { name: 'Put it into the checklist' }).click();
  const asks = page.getByRole('dialog', { name: 'Replace the answer to L2?' });
  await expect(asks).toContainText('All at once, while 99 of 100 arrive');
  await expect(asks).toContainText('Bo Lind has understood it.');
  await clean(page, 'an answer is replaced');
  expect((await item(ana.api, id, 'L2')).state).toBe('understood');
  await asks.getByRole('button', { name: 'Replace it' }).click();
  await expect(page.getByText('The checklist says the same')).toBeVisible();
  await expect.poll(async () => (await item(ana.api, id, 'L2')).state).toBe('answered');

  await bo.page.goto(`/launches/${id}`);
  await expect(bo.page.getByText('Live', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByRole('dialog').getByRole('checkbox').uncheck(); // its checklist goes on
  // its checklist blocks: it begins with a word why
  await page.getByRole('dialog').getByRole('button', { name: 'Begin' }).click();
  await page.getByLabel('Why does it begin all the same?').fill('For the ten of us');
  await page.getByRole('dialog').getByRole('button', { name: 'Begin' }).click();
  await expect(bo.page.getByText('Running: Ourselves, 0 %')).toBeVisible();
  await bo.page.getByRole('button', { name: 'Go on to One in a hundred' }).click();
  const held = bo.page.getByRole('dialog', { name: 'Did the number hold?' });
  await held.getByRole('button', { name: /^It held/ }).click();
  await expect(held.getByText('Say what the number said')).toBeVisible();
  await held.getByLabel('What did it say?').fill('Ten of ten');
  await held.getByRole('button', { name: /^It held/ }).click();
  await expect(held.getByText('Say why')).toBeVisible();
  await clean(bo.page, 'a step before its time');
  await held.getByLabel('Why not wait until then?').fill('They all came in an hour');
  await held.getByRole('button', { name: /^It held/ }).click();
  await expect(page.getByText('Running: One in a hundred, 1 %')).toBeVisible();
  await expect(page.getByText(/^2[34] h before its hold had ended:$/)).toBeVisible();
  await expect(page.getByText('“They all came in an hour”')).toBeVisible();
  await expect(page.getByText(/^left 2[34] h early$/)).toBeVisible();
  await clean(page, 'a launch');
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('Two arrived twice');
  await page.getByRole('dialog').getByRole('button', { name: 'Stop the launch' }).click();
  await expect(bo.page.getByText('Stopped at One in a hundred, 1 %')).toBeVisible();
  await expect(bo.page.getByText('“Two arrived twice”').first()).toBeVisible();
  await bo.page.goto('/launches');
  const row = bo.page.getByRole('listitem').filter({ hasText: 'Gift cards by mail' });
  await expect(row).toContainText('Stopped at');
  // its stages on the line of days, in words too: two where they began, two where the holds put them
  await expect(row).toContainText(
    /One in a hundred, 1\s%: began .*, stopped; Every tenth, 10\s%: about .*, by the holds before it, held 2 d; Everybody, 100\s%: about/,
  );
  await row.locator('a[data-look="reckoned"]').first().hover();
  await expect(row.getByText(/^about \w+ \d+ \w+, by the holds before it/).first()).toBeVisible();
  await bo.page.mouse.move(0, 0);
  await clean(bo.page, 'launches');
  // and its day stands in the calendar, between the rituals
  await bo.page.goto(`/calendar?week=${day}`);
  await bo.page.getByRole('link', { name: /Launch\s*stopped\s*Gift cards by mail/ }).click();
  await expect(bo.page).toHaveURL(new RegExp(`/launches/${id}$`));
  await bo.page.goto('/calendar');
  await expect(bo.page.getByRole('link', { name: /Stage\s*Gift cards by mail · 1\s%\s*One in a hundred · Checkout/ })).toBeVisible();
});

test('a freeze lies over its days in the calendar, on a phone too, and warns of what begins in it', async ({ as }) => {
  const ana = await as('ana');
  const me = (await (await ana.api.get('/api/v1/me')).json()) as { teams: { id: string; key: string }[] };
  const teamId = me.teams.find((x) => x.key === 'CHK')?.id;
  const day = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);
  await send(ana.api, 'post', '/freezes', { teamId, title: 'Stocktaking', from: day(60), to: day(68) });
  const { id } = await send<{ id: string }>(ana.api, 'post', '/checklists', {
    kind: 'launch',
    name: 'Paper receipts',
    teamId,
    launchOn: day(54),
  });
  const stages = [
    { name: 'Ourselves', share: 0, holdHours: 168 },
    { name: 'Everybody', share: 100, holdHours: 0 },
  ];
  const rollback = { steps: '', minutes: 0 };
  await send(ana.api, 'put', `/launches/${id}/plan`, { stages, stopRules: [], watchers: [], rollback, version: 0 });
  const { page } = ana;
  await page.goto('/launches');
  await page.getByRole('button', { name: '90 days' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Paper receipts' })).toContainText('Everybody in Stocktaking');
  await page.goto(`/launches/${id}`);
  await expect(page.getByText('Everybody begins in the freeze “Stocktaking”')).toBeVisible();
  await page.goto(`/calendar?week=${day(64)}`);
  const freeze = page.getByRole('link', { name: /Freeze\s*Stocktaking/ });
  await expect(freeze, 'one mark over all its days').toHaveCount(1);
  await clean(page, 'a calendar with a freeze');
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => freeze.count()).toBeGreaterThan(1);
  await freeze.first().click();
  await expect(page).toHaveURL(/\/launches$/);
  await page.getByRole('button', { name: '90 days' }).click();
  const row = page.getByRole('listitem').filter({ hasText: 'Paper receipts' });
  await expect(row.locator('a[data-look]'), 'each launch has its own line on a phone').toHaveCount(2);
  await expect(row.locator('a[data-look]').first()).toBeVisible();
});

