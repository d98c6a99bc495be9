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
  await page.getByRole('dialog').getByRole('button', { name: 'Begin' }).click();
  await expect(bo.page.getByText('Running: Ourselves, 0 %')).toBeVisible();
  await bo.page.getByRole('button', { name: 'Go on to One in a hundred' }).click();
  const held = bo.page.getByRole('dialog', { name: 'Did the number hold?' });
  await held.getByRole('button', { name: /^It held/ }).click();
  await expect(held.getByText('Say what the number said')).toBeVisible();
  await held.getByLabel('What did it say?').fill('Ten of ten');
  await held.getByRole('button', { name: /^It held/ }).click();
  await expect(page.getByText('Running: One in a hundred, 1 %')).toBeVisible();
  await clean(page, 'a launch');
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('Two arrived twice');
  await page.getByRole('dialog').getByRole('button', { name: 'Stop the launch' }).click();
  await expect(bo.page.getByText('Stopped at One in a hundred, 1 %')).toBeVisible();
  await expect(bo.page.getByText('“Two arrived twice”').first()).toBeVisible();
  await bo.page.goto('/launches');
  await expect(bo.page.getByRole('listitem').filter({ hasText: 'Gift cards by mail' })).toContainText('Stopped at');
  await clean(bo.page, 'launches');
  // and its day stands in the calendar, between the rituals
  await bo.page.goto(`/calendar?week=${day}`);
  await bo.page.getByRole('link', { name: /Launch\s*stopped\s*Gift cards by mail/ }).click();
  await expect(bo.page).toHaveURL(new RegExp(`/launches/${id}$`));
});
