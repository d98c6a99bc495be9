import type { APIRequestContext } from '@playwright/test';
import { clean } from './support/axe';
import { send, teamOf } from './support/boards';
import { PHONE, type View } from './support/checklists';
import { expect, test } from './support/test';

// A service says what it is and who runs it and why; one that was put away is named as archived where it was asked, keeps
// nobody waiting, and is still read.

async function answered(api: APIRequestContext, reader: APIRequestContext, id: string, text: string) {
  await send(api, 'put', `/checklists/${id}/items/O9/answer`, { text, evidence: [], base: 0 });
  await send(reader, 'post', `/checklists/${id}/items/O9/open`, {});
  await send(reader, 'post', `/checklists/${id}/items/O9/understand`, { rev: 1 });
}

test('an archived service blocks nothing, is named as archived, and is read; brought back, it counts again', async ({ as }) => {
  const [ana, bo] = await Promise.all([as('ana'), as('bo')]);
  const teamId = await teamOf(ana.api, 'CHK');
  const add = async (name: string) => {
    const { id } = await send<{ id: string }>(ana.api, 'post', '/services', { teamId, name, kind: 'digital', criticality: 'standard', operatingModel: 'team', operatingModelWhy: 'The team is on call for it' });
    return { id, list: (await send<View>(ana.api, 'post', '/checklists', { kind: 'service', serviceId: id })).id };
  };
  const [vault, mail] = [await add('wallet-vault'), await add('wallet-mail')];
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
  const second = row.getByRole('listitem').filter({ hasText: 'wallet-mail' });
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
  await expect(side.getByRole('link', { name: 'wallet-mail (archived)' })).toBeVisible();
  await expect(row.getByText('It keeps no certificate.')).toBeVisible();
  await clean(bo.page, 'a question beside an archived service');

  // its own checklist is read, waits for nobody, and is listed with what was put away
  await bo.page.goto(`/checklists/${mail.list}?item=O9`);
  await expect(bo.page.getByText('It keeps no certificate.')).toBeVisible();
  await expect(bo.page.getByText('The service was archived: what is answered here is kept to be read, and nobody waits for it.')).toBeVisible();
  await expect(bo.page.getByRole('button', { name: /^(I understand|Read it first|Answer|Push back)$/ })).toHaveCount(0);
  await clean(bo.page, 'the checklist of an archived service');
  await bo.page.goto('/checklists');
  const listed = bo.page.getByRole('listitem').filter({ has: bo.page.getByRole('link', { name: 'wallet-mail', exact: true }) });
  await expect(bo.page.getByRole('link', { name: 'wallet-vault', exact: true })).toBeVisible();
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

test('a service says what it is, who runs it and why; a change of that asks why again', async ({ as }) => {
  const { page, api } = await as('ana');
  const teamId = await teamOf(api, 'CHK');
  await page.goto('/services');
  await page.getByRole('button', { name: 'New service' }).click();
  const dialog = page.getByRole('dialog');
  const why = dialog.getByRole('textbox', { name: 'Why so' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('parcel-tracker');
  await expect(dialog.getByRole('radio', { name: 'Digital service developed here' })).toBeChecked();
  await expect(dialog.getByRole('radio', { name: 'Foundational system what other systems stand on' })).toBeVisible();
  await dialog.getByRole('radio', { name: 'COTS application bought and configured' }).check();
  await dialog.getByRole('radio', { name: 'Operations runs it' }).check();
  await dialog.getByRole('button', { name: 'Add it' }).click();
  await expect(dialog.getByText('Say why it is run so, for whoever reads it later.')).toBeVisible();
  await expect(why).toBeFocused();
  await clean(page, 'a new service without why');
  await why.fill('It is bought, and nobody here changes it');
  await dialog.getByRole('button', { name: 'Add it' }).click();
  const facts = page.locator('.sv-one').first();
  await expect(facts).toContainText('COTS application (bought and configured)');
  await expect(facts).toContainText('Operations runs itIt is bought, and nobody here changes it');
  const address = page.url();

  // beside its team, in the list and on a checklist it is said in the same words
  await page.goto(`/teams/${teamId}`);
  await expect(page.getByRole('region', { name: 'Services' }).getByRole('listitem').filter({ hasText: 'parcel-tracker' })).toContainText('It is bought, and nobody here changes it');
  await page.goto('/services');
  await expect(page.getByRole('listitem').filter({ hasText: 'parcel-tracker' })).toContainText('COTS application · Operations runs it');
  const list = await send<View>(api, 'post', '/checklists', { kind: 'service', serviceId: address.split('/').pop() });
  await page.goto(`/checklists/${list.id}`);
  await expect(page.getByRole('complementary', { name: 'Topics' })).toContainText('Operations runs itIt is bought, and nobody here changes it');

  await page.goto(address);
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await expect(why).toHaveValue('It is bought, and nobody here changes it');
  await dialog.getByRole('radio', { name: 'You build it, you run it' }).check();
  await expect(why).toHaveValue('');
  await dialog.getByRole('radio', { name: 'Operations runs it' }).check();
  await expect(why).toHaveValue('It is bought, and nobody here changes it');
  await dialog.getByRole('radio', { name: 'You build it, you run it' }).check();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText('Say why it is run so')).toBeVisible();
  await why.fill('We have built what surrounds it');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(facts).toContainText('You build it, you run itWe have built what surrounds it');
  await facts.getByText('History', { exact: true }).click();
  const turns = facts.locator('.sv-history li');
  await expect(turns.first()).toContainText('Run by: Operations runs it to You build it, you run it · Why so: “It is bought, and nobody here changes it” to “We have built what surrounds it”');
  await expect(turns.last()).toContainText('Ana Ruiz added it');
  await clean(page, 'what became of a service');

  // of one from before that was asked nobody has said it, and there is a way to
  await page.route('**/api/v1/services/svc_*', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), operatingModelWhy: '' } });
  });
  await page.reload();
  await expect(facts).toContainText('You build it, you run itNot said why.');
  await page.getByRole('button', { name: 'Say why' }).click();
  await expect(why).toBeFocused();
});

test('a team has one service of a name, and what is not there is said once with the way back', async ({ as }) => {
  const { page, api } = await as('ana');
  const teamId = await teamOf(api, 'CHK');
  const body = { teamId, kind: 'digital', criticality: 'standard', operatingModel: 'team', operatingModelWhy: 'Ours' };
  const first = await send<{ id: string }>(api, 'post', '/services', { ...body, name: 'stock-feed' });
  await page.goto('/services');
  await page.getByRole('button', { name: 'New service' }).click();
  const dialog = page.getByRole('dialog');
  const name = dialog.getByRole('textbox', { name: 'Name' });
  await name.fill('Stock-Feed');
  await dialog.getByRole('textbox', { name: 'Why so' }).fill('Ours');
  await dialog.getByRole('button', { name: 'Add it' }).click();
  await expect(dialog.getByText('This team has a service called “Stock-Feed” already. Give one of them another name.')).toBeVisible();
  await expect(name).toHaveAttribute('aria-invalid', 'true');
  await clean(page, 'a name that is taken');

  // put away it is free, and brought back it is not
  await send(api, 'patch', `/services/${first.id}`, { archived: true });
  await dialog.getByRole('button', { name: 'Add it' }).click();
  await expect(page.locator('.sv-one').first()).toBeVisible();
  await page.goto(`/services/${first.id}`);
  await page.getByRole('button', { name: 'Bring back' }).click();
  await expect(page.getByText('This team has a service called “stock-feed” already.').first()).toBeVisible();

  await page.goto('/services/nosuch');
  await expect(page.getByText('There is no such service')).toHaveCount(1);
  await clean(page, 'no such service');
  await page.getByRole('link', { name: 'All services' }).click();
  await expect(page).toHaveURL(/\/services$/);
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
