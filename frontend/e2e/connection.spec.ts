import type { WebSocketRoute } from '@playwright/test';
import { makeBoard, send } from './support/boards';
import { focusedKey, shownKeys } from './support/ears';
import { expect, keysIn, linkOf, ready, test } from './support/test';

const LIVE = /\/api\/v1\/live$/;

test.describe('over a wire that is cut', () => {
  test.use({ wired: true });

  test('36 the connection is said with a sign and a word; after three seconds a banner says that changes are kept', async ({ as, board, wire }) => {
    const ana = await as('ana');
    const low = keysIn(await board('CHK'), 'Ready').at(-2) as string;
    const { page } = ana;
    await ana.openBoard('CHK');
    const state = page.locator('[data-live]');
    await expect(state).toHaveAttribute('data-live', 'live');
    await expect(state).toHaveText('Live');
    const banner = page.locator('aside.banner');
    await expect(banner).toHaveCount(0);
    const cutAt = Date.now();
    wire.cut();
    await expect(state).toHaveAttribute('data-live', /reconnecting|offline/);
    await expect(state.locator('svg'), 'a sign, not a colour alone').toBeVisible();
    await expect(state).toHaveText(/Connecting|s old|Offline/);
    await expect(banner).toHaveText(/^No connection since \d\d:\d\d\. You can go on: changes are kept here and sent when it is back\./);
    expect(Date.now() - cutAt, 'not before three seconds').toBeGreaterThan(2_500);
    await linkOf(page, low).focus();
    await page.keyboard.press('Shift+ArrowDown');
    await expect(banner).toContainText('One change is waiting.');
    await expect(state).toHaveText(/Offline since \d\d:\d\d/, { timeout: 15_000 });
    wire.mend();
    await expect(state).toHaveText('Live', { timeout: 20_000 });
    await expect(banner).toHaveCount(0);
  });
});

test('36 when websockets are refused the page asks by plain requests, says so, and comes back to live', async ({ as }) => {
  test.setTimeout(90_000);
  const [ana, goro] = [await as('ana'), await as('goro')];
  const b = await makeBoard(ana.api, { cards: { Ready: ['Polled'] } });
  const { page } = ana;
  let refused = true;
  await page.routeWebSocket(LIVE, (ws) => {
    if (refused) ws.close();
    else ws.connectToServer();
  });
  await page.goto(`/b/${b.id}`);
  const banner = page.locator('aside.banner');
  await expect(banner).toContainText('asks for news every few seconds instead', { timeout: 20_000 });
  await expect(page.locator('[data-live]')).toHaveAttribute('data-live', 'polling');
  await expect(page.locator('[data-live] svg')).toBeVisible();
  await send(goro.api, 'patch', `/cards/${b.keys.Polled}`, { title: 'News by post' });
  await expect(page.getByText('News by post')).toBeVisible({ timeout: 15_000 });
  await linkOf(page, b.keys.Polled as string).focus();
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => b.order('Build'), 'changes go out all the same').toEqual([b.keys.Polled]);
  refused = false;
  await expect(page.getByText('Live', { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(banner).toHaveCount(0);
});

test('38 a reconnect resumes from the last sequence; a gap reloads silently and keeps the focus', async ({ as }) => {
  const [ana, goro] = [await as('ana'), await as('goro')];
  const b = await makeBoard(ana.api, { cards: { Ready: ['one', 'two', 'three'] } });
  const { page } = ana;
  let ws: WebSocketRoute | undefined;
  const subscribed: { topic: string; since?: number }[] = [];
  await page.routeWebSocket(LIVE, (route) => {
    ws = route;
    const server = route.connectToServer();
    route.onMessage((m) => {
      const frame = JSON.parse(String(m));
      if (frame.op === 'subscribe') subscribed.push(frame);
      server.send(m);
    });
  });
  let fetched = 0;
  page.on('request', (r) => {
    if (r.method() === 'GET' && r.url().endsWith(`/boards/${b.id}`)) fetched++;
  });
  await page.goto(`/b/${b.id}`);
  await ready(page);
  const key = b.keys.two as string;
  await linkOf(page, key).focus();
  const before = { fetched, seq: (await b.snapshot()).seq };

  await ws?.close({ code: 3001 });
  await send(goro.api, 'patch', `/cards/${b.keys.one}`, { title: 'While away' });
  await send(goro.api, 'post', `/cards/${b.keys.three}/move`, { columnId: b.columns.Build });
  await expect(page.getByText('While away')).toBeVisible({ timeout: 15_000 });
  await expect.poll(() => shownKeys(page, 'Build')).toEqual([b.keys.three]);
  expect(fetched, 'the board was not fetched again').toBe(before.fetched);
  expect(subscribed.findLast((s) => s.topic === `board:${b.id}`)).toMatchObject({ since: before.seq });
  expect(await focusedKey(page)).toBe(key);

  // the server no longer has what came in between
  ws?.send(JSON.stringify({ op: 'reset', topic: `board:${b.id}`, seq: before.seq + 2 }));
  await expect.poll(() => fetched).toBe(before.fetched + 1);
  await send(goro.api, 'patch', `/cards/${b.keys.one}`, { title: 'After the gap' });
  await expect(page.getByText('After the gap')).toBeVisible();
  expect(await focusedKey(page), 'the focus is where it was').toBe(key);
  await expect(page.getByRole('status').filter({ hasText: /load/i })).toHaveCount(0);
});

test('37 what was changed offline and is refused later is listed, not dropped', async ({ as }) => {
  const [ana, goro] = [await as('ana'), await as('goro')];
  const b = await makeBoard(ana.api, {
    columns: [{ name: 'Ready', kind: 'queue' }, { name: 'One', kind: 'active', wip: { mode: 'hard', max: 1 } }, { name: 'Done', kind: 'done' }],
    cards: { Ready: ['Mine', 'Theirs'] },
  });
  const [mine, theirs] = [b.keys.Mine as string, b.keys.Theirs as string];
  const { page } = ana;
  await page.goto(`/b/${b.id}`);
  await ready(page);
  await page.route('**/api/v1/cards/**', (r) => (r.request().method() === 'GET' ? r.continue() : r.abort('internetdisconnected')));
  await linkOf(page, mine).focus();
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => shownKeys(page, 'One')).toEqual([mine]);
  await page.reload();
  await expect.poll(() => shownKeys(page, 'One'), 'kept over a reload').toEqual([mine]);
  await send(goro.api, 'post', `/cards/${theirs}/move`, { columnId: b.columns.One });
  await page.unroute('**/api/v1/cards/**');
  await expect(page.getByText('1 of your changes could not be applied.')).toBeVisible({ timeout: 30_000 });
  await expect.poll(() => shownKeys(page, 'One')).toEqual([theirs]);
  await expect.poll(() => shownKeys(page, 'Ready')).toEqual([mine]);
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  const list = page.getByRole('dialog', { name: 'Changes that could not be applied' });
  await expect(list).toContainText(/One/);
  await send(goro.api, 'post', `/cards/${theirs}/move`, { columnId: b.columns.Done });
  await list.getByRole('button', { name: 'Send again' }).click();
  await expect.poll(() => b.order('One')).toEqual([mine]);
  await expect(page.getByText('could not be applied.')).toHaveCount(0);
});

test('40 a part that is gone because there is a new version never leaves a blank page', async ({ as }) => {
  const ana = await as('ana');
  const { page } = ana;
  await ana.openBoard('CHK');
  await page.waitForLoadState('networkidle');
  // a new version is in place: the files that this page would fetch now do not exist any more
  await page.route('**/assets/**', (r) => r.fulfill({ status: 404, body: 'gone' }));
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Teams' }).click();
  await expect(page.getByText('There is a new version of Trestle').first()).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Main' }), 'the frame is still there').toBeVisible();
  await page.unroute('**/assets/**');
  await page.getByRole('button', { name: 'Reload' }).first().click();
  await expect(page.getByRole('heading', { name: 'Teams', level: 1 })).toBeVisible();
});
