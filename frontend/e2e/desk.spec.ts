import type { Page } from '@playwright/test';
import { clean } from './support/axe';
import { send, teamOf } from './support/boards';
import { expect, type Person, test } from './support/test';

// The desk of a liaison: what waits in all teams, settled where it stands.

interface View {
  id: string;
  topics: { items: { key: string; question: string }[] }[];
}

const F1 = 'What should it do, and for whom, that it does not do today?';

/** Shows all of a part that is cut when it is long, as it is on some days. */
async function whole(page: Page, part: string) {
  const region = page.getByRole('region', { name: part });
  await expect(region.getByRole('listitem').first()).toBeVisible();
  const more = region.getByRole('button', { name: /^\d+ more$/ });
  if (await more.isVisible()) await more.click();
  return region;
}

/** A checklist of a launch soon, with answers that nobody has understood. */
async function waits({ api }: Person, ...keys: string[]): Promise<View> {
  const me = (await (await api.get('/api/v1/me')).json()) as { teams: { id: string; key: string }[] };
  const launchOn = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10);
  const teamId = me.teams.find((x) => x.key === 'CHK')?.id;
  const list = await send<View>(api, 'post', '/checklists', { kind: 'launch', name: 'Gift cards', teamId, level: 'standard', launchOn });
  for (const key of keys) await send(api, 'put', `/checklists/${list.id}/items/${key}/answer`, { text: `Said of ${key}`, evidence: [], base: 0 });
  return list;
}

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

test('desk: a liaison goes through what waits by the keyboard, takes one back, and asks of another, who answers on a phone', async ({ as }) => {
  const [ana, bo] = await Promise.all([as('ana', PHONE), as('bo')]);
  const list = await waits(ana, 'F1');
  const question = list.topics.flatMap((x) => x.items).find((i) => i.key === 'F1')?.question ?? F1;
  await bo.page.goto('/today');
  await bo.page.getByRole('button', { name: 'All teams' }).click();
  await expect(bo.page).toHaveURL(/scope=all/);
  await expect(bo.page.getByText('Ops liaison of 3 teams')).toBeVisible();
  await expect(bo.page.getByText('Live', { exact: true })).toBeVisible();
  const waiting = await whole(bo.page, 'Waiting for my understanding');
  const row = (words: string) => waiting.getByRole('listitem').filter({ hasText: words });
  const mine = row('Gift cards, F1');
  await expect(mine.getByRole('button', { name: question, exact: true })).toBeVisible();
  await expect(bo.page.getByRole('region', { name: 'Launches in 30 days' }).getByRole('listitem').filter({ hasText: 'Gift cards' })).toContainText('in 9 d');

  // it comes last: the newest
  await bo.page.keyboard.press('k');
  await expect(mine).toHaveAttribute('data-at');
  await bo.page.keyboard.press('u');
  await expect(mine.getByText('Said of F1')).toBeVisible();
  await expect(mine, 'only opened, not understood').toBeVisible();
  await clean(bo.page, 'desk with an answer open');
  await bo.page.keyboard.press('u');
  await expect(mine).toHaveCount(0);
  await bo.page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(mine).toBeVisible();

  await mine.getByRole('button', { name: /^Push back/ }).click();
  const dialog = bo.page.getByRole('dialog', { name: 'Push back: F1' });
  await dialog.getByRole('button', { name: 'Ask Ana' }).click();
  await expect(dialog.getByText('a push back without a question helps nobody')).toBeVisible();
  await dialog.getByRole('textbox').fill('For whom exactly?');
  await dialog.getByRole('button', { name: 'Ask Ana' }).click();
  await expect(mine).toHaveCount(0);
  // he sees for what he waits, with the way there
  await bo.page.getByRole('button', { name: 'Mine', exact: true }).click();
  const awaited = bo.page.getByRole('region', { name: 'I wait for' }).getByRole('listitem').filter({ hasText: 'Gift cards' });
  await expect(awaited).toContainText('Ana Ruiz has not answered the question about F1: For whom exactly?');
  await expect(awaited.getByRole('link', { name: 'Gift cards' })).toHaveAttribute('href', `/checklists/${list.id}?item=F1`);
  await clean(bo.page, 'what a liaison waits for');
  await bo.page.getByRole('button', { name: 'All teams' }).click();

  // it waits on her Today; she answers on a phone, and it is back on the desk without loading the page
  await ana.page.goto('/today');
  const asked = ana.page.getByRole('region', { name: 'Waiting for me' }).getByRole('listitem').filter({ hasText: 'Bo Lind asks back about F1: For whom exactly?' });
  await asked.getByRole('link', { name: 'Gift cards', exact: true }).tap();
  await ana.page.locator('.pc-btns').getByRole('button', { name: 'Answer', exact: true }).tap();
  const form = ana.page.getByRole('form', { name: 'Answer to F1' });
  await form.getByRole('textbox', { name: 'In words' }).fill('For those who give.');
  await form.getByRole('button', { name: 'Save', exact: true }).tap();
  await expect(mine).toBeVisible({ timeout: 15_000 });
  await bo.page.keyboard.press('?');
  await expect(bo.page.getByRole('dialog').getByText('I understand (opens it first)')).toBeVisible();
});

test('desk: on a phone a tap opens the row and its acts; one team is looked at; somebody without a seat has no switch', async ({ as }) => {
  const [ana, bo] = await Promise.all([as('ana'), as('bo', PHONE)]);
  await waits(ana, 'F1');
  await ana.page.goto('/today');
  await expect(ana.page.getByRole('region', { name: 'My cards in progress' })).toBeVisible();
  await expect(ana.page.getByRole('button', { name: 'All teams' })).toHaveCount(0);
  await bo.page.goto('/today?scope=all');
  const mine = (await whole(bo.page, 'Waiting for my understanding')).getByRole('listitem').filter({ hasText: 'Gift cards, F1' });
  await expect(mine.getByRole('button', { name: /^I understand/ })).toBeHidden();
  await mine.locator('.dk-q').tap();
  await expect(mine.getByText('Said of F1')).toBeVisible();
  await mine.getByRole('button', { name: /^I understand/ }).tap();
  await expect(mine).toHaveCount(0);
  await bo.page.getByRole('button', { name: 'Search', exact: true }).tap();
  await expect(bo.page).toHaveURL(/team=tea_/);
  await expect(bo.page.getByRole('region', { name: 'Launches in 30 days' })).not.toContainText('Gift cards');
  expect(await bo.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
});

test('desk: while a liaison is on leave, who stands in finds what waits there, understands one in their place, and the list counts the rest', async ({ as }) => {
  const [eli, bo, yuki, omar] = await Promise.all([as('eli'), as('bo'), as('yuki'), as('omar')]);
  const teamId = await teamOf(omar.api, 'PAY');
  const { patterns } = await send<{ patterns: { id: string; version: number; discipline: string }[] }>(omar.api, 'get', `/teams/${teamId}/patterns`);
  const me = async ({ api }: Person) => (await send<{ person: { id: string } }>(api, 'get', '/me')).person.id;
  await send(omar.api, 'patch', `/patterns/${patterns.find((p) => p.discipline === 'operations')?.id}`, { deputyId: await me(eli), why: 'Bo is on leave' });
  const list = await send<View>(yuki.api, 'post', '/checklists', { kind: 'launch', name: 'Payouts by the hour', teamId, level: 'standard', launchOn: new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10) });
  for (const key of ['F1', 'F3', 'F5']) await send(yuki.api, 'put', `/checklists/${list.id}/items/${key}/answer`, { text: `Said of ${key}`, evidence: [], base: 0 });

  // while Bo is there it is his
  const open = eli.page.getByRole('link', { name: 'Payouts by the hour', exact: true });
  await eli.page.goto('/checklists');
  await expect(eli.page.getByRole('listitem').first()).toBeVisible();
  await expect(open).toHaveCount(0);
  const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  // where the team is, it may be another day than by UTC
  const leave = await send<{ id: string }>(bo.api, 'post', `/people/${await me(bo)}/leaves`, { from: day(0), to: day(1) });

  await eli.page.goto('/today?scope=all');
  const waiting = await whole(eli.page, 'Waiting for my understanding');
  const rows = waiting.getByRole('listitem').filter({ hasText: 'Payouts by the hour' });
  await expect(rows).toHaveCount(3);
  await clean(eli.page, 'the desk of who stands in');
  const first = rows.filter({ hasText: 'Payouts by the hour, F1' });
  await first.locator('.dk-q').click();
  await expect(first.getByText('Said of F1')).toBeVisible();
  await first.getByRole('button', { name: /^I understand/ }).click();
  await expect(rows).toHaveCount(2);

  // the list, the checklist and the desk give one number
  await eli.page.goto('/checklists');
  const row = eli.page.getByRole('listitem').filter({ has: open });
  await expect(row.getByText('2 for you')).toBeVisible();
  await clean(eli.page, 'the list of who stands in');
  await open.click();
  await expect(eli.page.getByRole('button', { name: '2 for you' })).toBeVisible();
  await expect(eli.page.locator('#item-F1')).toContainText(/Eli Katz.*, for Bo Lind/);
  // for whoever began it as much waits in the list as in the checklist
  await yuki.page.goto('/checklists');
  const hers = yuki.page.getByRole('listitem').filter({ has: yuki.page.getByRole('link', { name: 'Payouts by the hour', exact: true }) }).getByText(/ for you$/);
  await expect(hers).toBeVisible();
  const many = await hers.innerText();
  await yuki.page.goto(`/checklists/${list.id}`);
  await expect(yuki.page.getByRole('button', { name: many, exact: true })).toBeVisible();

  await send(bo.api, 'delete', `/people/${await me(bo)}/leaves/${leave.id}`);
  await eli.page.goto('/checklists');
  await expect(eli.page.getByRole('listitem').first()).toBeVisible();
  await expect(open).toHaveCount(0);
});
