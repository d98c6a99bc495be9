import type { Locator, Page } from '@playwright/test';
import { clean } from './support/axe';
import { makeBoard, send, teamOf } from './support/boards';
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

/** A day and a time by the clock of a zone. */
const clockIn = (zone: string, at: Date) => new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(at);

test('desk: a liaison of eight teams with five rituals sees the head and the first row of every part without scrolling', async ({ as }) => {
  const [mara, bo] = await Promise.all([as('mara'), as('bo')]);
  const me = async ({ api }: Person) => (await send<{ person: { id: string } }>(api, 'get', '/me')).person.id;
  const [hers, his] = [await me(mara), await me(bo)];
  // where it is midday, so that all five are of one day
  const zone = ['Pacific/Auckland', 'Asia/Kolkata', 'Europe/Berlin', 'America/New_York', 'Pacific/Honolulu'].find((z) => /^(0[6-9]|1[0-7])/.test(clockIn(z, new Date()))) ?? 'UTC';
  await send(bo.api, 'patch', '/me', { timeZone: zone });
  const kinds = ['demo', 'replenishment', 'flow_review', 'demo', 'replenishment'];
  const names = ['Fulfilment', 'Listings', 'Identity', 'Data and reporting', 'Back office'];
  for (const [i, name] of names.entries()) {
    const key = `DK${i}`;
    const { id: teamId } = await send<{ id: string }>(mara.api, 'post', '/teams', { name, key });
    await send(mara.api, 'post', `/teams/${teamId}/members`, { personId: hers, role: 'lead' });
    await send(mara.api, 'post', `/teams/${teamId}/patterns`, { discipline: 'operations', pattern: 'liaison', personId: his, why: 'It asked for one' });
    const made = await makeBoard(mara.api, { team: key, name, cards: { Build: ['Shard the sessions table of every region'] } });
    await send(mara.api, 'post', '/rituals', { boardId: made.id, kind: kinds[i], meetingUrl: 'https://meet.example/x', schedule: { days: [1, 2, 3, 4, 5, 6, 7], at: clockIn(zone, new Date(Date.now() + (20 + 25 * i) * 60_000)), timeZone: zone } });
    await send(mara.api, 'post', `/teams/${teamId}/agreements`, { discipline: 'operations', personId: his, kind: kinds[i] });
    const launchOn = new Date(Date.now() + (9 + i) * 86_400_000).toISOString().slice(0, 10);
    const list = await send<View>(mara.api, 'post', '/checklists', { kind: 'launch', name: `Launch of ${name}`, teamId, level: 'standard', launchOn });
    for (const item of ['F1', 'F3']) await send(mara.api, 'put', `/checklists/${list.id}/items/${item}/answer`, { text: `Said of ${item}`, evidence: [], base: 0 });
    await send(mara.api, 'post', `/cards/${Object.values(made.keys)[0]}/blockers`, { category: 'vendor', reason: 'No anonymised test data yet, and nobody knows who makes it nor when', waitingFor: 'Nadia of the vendor' });
    await send(mara.api, 'post', `/teams/${teamId}/asks`, { title: 'Pair on the drain script' });
  }
  await bo.page.goto('/today?scope=all');
  await expect(bo.page.getByText('Ops liaison of 8 teams')).toBeVisible();
  await expect(bo.page.getByText('Live', { exact: true })).toBeVisible();
  const rituals = bo.page.getByRole('list', { name: 'Rituals to which you agreed to come' }).getByRole('listitem');
  await expect.poll(() => rituals.count(), 'those of the demo come to these, by the hour').toBeGreaterThanOrEqual(5);
  const bottom = async (x: Locator) => {
    const box = await x.boundingBox();
    return box ? Math.round(box.y + box.height) : Number.POSITIVE_INFINITY;
  };
  for (const r of await rituals.all()) expect(await bottom(r), 'one row of rituals').toBe(await bottom(rituals.first()));
  for (const part of ['Waiting for my understanding', 'Launches in 30 days', 'Gaps and evidence running out', 'Asks', 'Blocked']) {
    const region = bo.page.getByRole('region', { name: part });
    expect(await bottom(region.getByRole('heading')), `${part}: its head`).toBeLessThan(900);
    expect(await bottom(region.getByRole('listitem').first()), `${part}: its first row`).toBeLessThan(900);
  }
  expect(await bottom(bo.page.getByRole('region', { name: 'Asks' }).getByRole('listitem').nth(1)), 'two asks').toBeLessThan(900);
  for (const x of await bo.page.locator('.dk-launch').all()) expect((await x.boundingBox())?.height, 'a launch is two lines').toBeLessThan(56);

  // for whom a card waits stands whole in its line, and since when in minutes
  await bo.page.getByRole('region', { name: 'Blocked' }).getByRole('button', { name: /more$/ }).click();
  const blocked = bo.page.getByRole('region', { name: 'Blocked' }).getByRole('listitem').filter({ hasText: 'DK0-' });
  await expect(blocked).toContainText(/waits for Nadia of the vendor · Fulfilment · No anonymised/);
  await expect(blocked).toContainText(/now|\d min$/);
  const whole = await blocked.locator('small').evaluate((line) => {
    const range = document.createRange();
    range.setStart(line.firstChild!, 0);
    range.setEnd(line.firstChild!, 'waits for Nadia of the vendor'.length);
    return range.getBoundingClientRect().right <= line.getBoundingClientRect().right;
  });
  expect(whole, 'who it waits for is not cut').toBe(true);
  await clean(bo.page, 'the desk of eight teams');
});

test('desk: all that waits can be reached by the keyboard, however much it is', async ({ as }) => {
  test.setTimeout(90_000);
  const [ana, bo] = await Promise.all([as('ana'), as('bo')]);
  const lists = await Promise.all([1, 2].map(() => waits(ana)));
  const keys = lists[0]!.topics.flatMap((x) => x.items.map((i) => i.key)).slice(0, 32);
  for (const list of lists) for (const key of keys) await ana.api.put(`/api/v1/checklists/${list.id}/items/${key}/answer`, { data: { text: `Said of ${key}`, evidence: [], base: 0 } });
  const { waiting } = await send<{ waiting: { total: number } }>(bo.api, 'get', '/desk');
  expect(waiting.total).toBeGreaterThan(54);
  await bo.page.goto('/today?scope=all');
  const region = bo.page.getByRole('region', { name: 'Waiting for my understanding' });
  await region.getByRole('button', { name: `${waiting.total - 6} more` }).press('Enter');
  await expect(region.getByRole('listitem')).toHaveCount(50);
  await region.getByRole('button', { name: `Show ${waiting.total - 50} more` }).press('Enter');
  await expect(region.getByRole('listitem')).toHaveCount(waiting.total);
  await expect(region.getByRole('listitem').nth(50).locator('.dk-link'), 'the keyboard goes on at the first of them').toBeFocused();
  await expect(region.getByRole('button', { name: /^Show \d+ more/ })).toHaveCount(0);
  await clean(bo.page, 'the whole of a long desk');
});
