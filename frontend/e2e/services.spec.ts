import type { APIRequestContext } from '@playwright/test';
import { clean } from './support/axe';
import { send, teamOf } from './support/boards';
import { PHONE, type View } from './support/checklists';
import { expect, test } from './support/test';

// A service that was put away: it is named as archived where it was asked, keeps nobody waiting, and is still read.

async function answered(api: APIRequestContext, reader: APIRequestContext, id: string, text: string) {
  await send(api, 'put', `/checklists/${id}/items/O9/answer`, { text, evidence: [], base: 0 });
  await send(reader, 'post', `/checklists/${id}/items/O9/open`, {});
  await send(reader, 'post', `/checklists/${id}/items/O9/understand`, { rev: 1 });
}

test('an archived service blocks nothing, is named as archived, and is read; brought back, it counts again', async ({ as }) => {
  const [ana, bo] = await Promise.all([as('ana'), as('bo')]);
  const teamId = await teamOf(ana.api, 'CHK');
  const add = async (name: string) => {
    const { id } = await send<{ id: string }>(ana.api, 'post', '/services', { teamId, name, kind: 'application', criticality: 'standard', operatingModel: 'team' });
    return { id, list: (await send<View>(ana.api, 'post', '/checklists', { kind: 'service', serviceId: id })).id };
  };
  const [vault, mail] = [await add('token-vault'), await add('card-mail')];
  await answered(ana.api, bo.api, vault.list, 'Its certificate renews itself.');
  // of the other one nobody has understood what it answered
  await send(ana.api, 'put', `/checklists/${mail.list}/items/O9/answer`, { text: 'It keeps no certificate.', evidence: [], base: 0 });
  const { id } = await send<View>(ana.api, 'post', '/checklists', { kind: 'launch', name: 'Saved cards', teamId, level: 'standard', phase: 'pre_prod', services: [vault.id, mail.id], launchOn: '2027-01-14' });
  await send(ana.api, 'post', `/checklists/${id}/items/O9/still-true`, { serviceId: vault.id });
  const stands = async () => {
    const view = await send<View>(ana.api, 'get', `/checklists/${id}`);
    return { blocking: view.blocking, o9: view.topics.flatMap((x) => x.items).find((i) => i.key === 'O9')?.blocks };
  };
  const before = await stands();
  expect(before.o9).toBe(true);

  await bo.page.goto(`/checklists/${id}?item=O9`);
  await expect(bo.page.getByText('Live', { exact: true })).toBeVisible();
  const row = bo.page.locator('#item-O9');
  const second = row.getByRole('listitem').filter({ hasText: 'card-mail' });
  await expect(second).toContainText('to understand');
  const side = bo.page.getByRole('complementary', { name: 'Topics' });
  await expect(side.getByText(`blocking: ${before.blocking}`)).toBeVisible();

  // she puts it away on its page, and he sees it where he is
  await ana.page.goto(`/services/${mail.id}`);
  await ana.page.getByRole('button', { name: 'Put away', exact: true }).click();
  await ana.page.getByRole('dialog').getByRole('button', { name: 'Put away' }).click();
  await expect(second).toContainText('archived');
  await expect(second).not.toContainText('to understand');
  const without = await stands();
  expect(without).toEqual({ blocking: expect.any(Number), o9: false });
  expect(without.blocking).toBeLessThan(before.blocking);
  await expect(side.getByText(`blocking: ${without.blocking}`)).toBeVisible();
  await expect(side.getByRole('link', { name: 'card-mail (archived)' })).toBeVisible();
  await expect(row.getByText('It keeps no certificate.')).toBeVisible();
  await clean(bo.page, 'a question beside an archived service');

  // its own checklist is read, waits for nobody, and is listed with what was put away
  await bo.page.goto(`/checklists/${mail.list}?item=O9`);
  await expect(bo.page.getByText('It keeps no certificate.')).toBeVisible();
  await expect(bo.page.getByText('The service was archived: what is answered here is kept to be read, and nobody waits for it.')).toBeVisible();
  await expect(bo.page.getByRole('button', { name: /^(I understand|Read it first|Answer|Push back)$/ })).toHaveCount(0);
  await clean(bo.page, 'the checklist of an archived service');
  await bo.page.goto('/checklists');
  const listed = bo.page.getByRole('listitem').filter({ has: bo.page.getByRole('link', { name: 'card-mail', exact: true }) });
  await expect(bo.page.getByRole('link', { name: 'token-vault', exact: true })).toBeVisible();
  await expect(listed).toHaveCount(0);
  await bo.page.getByRole('button', { name: 'Put away' }).click();
  await expect(listed).toContainText('archived');
  await expect(listed, 'it waits for nobody').not.toContainText('for you');
  const phone = await as('bo', PHONE);
  await phone.page.goto(`/checklists/${mail.list}?item=O9`);
  await expect(phone.page.getByText('It keeps no certificate.')).toBeVisible();
  expect(await phone.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);

  await ana.page.getByRole('button', { name: 'Bring back' }).click();
  await expect.poll(stands).toEqual(before);
});

test('whoever has no team yet is told that a service and a launch are of one', async ({ as }) => {
  const { page } = await as('mara');
  await page.route('**/api/v1/me', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), teams: [] } });
  });
  await page.goto('/services');
  await page.getByRole('button', { name: 'New service' }).click();
  const dialog = page.getByRole('dialog', { name: 'New service' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('token-vault');
  await dialog.getByRole('button', { name: 'Add it' }).click();
  await expect(dialog.getByText('A service is of a team, and you lead none yet')).toBeVisible();
  await page.goto('/checklists');
  await page.getByRole('button', { name: 'Checklist for a launch' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Start' }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('A launch is of a team, and you work in none yet');
});
