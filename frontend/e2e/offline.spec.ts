import { test as base } from '@playwright/test';
import { startServer } from './support/server';
import { boardId, cardOf, expect, keysIn, linkOf, PASSWORD, ready, type Snapshot } from './support/test';
import { stretchWire } from './support/wire';

const CUT = 20_000;

base('37 38 20 s of network cut with changes on both sides: both converge, nothing is lost', async ({ browser }) => {
  base.setTimeout(120_000);
  const wire = await stretchWire();
  // the server knows both addresses that browsers type: through the wire, and direct
  const server = await startServer({ env: { TRESTLE_PUBLIC_URL: wire.url } });
  wire.to(server.url);
  try {
    const far = await browser.newContext({ baseURL: wire.url });
    await far.request.post('/api/v1/session', { data: { email: 'ana@shop.example', password: PASSWORD } });
    const near = await browser.newContext({ baseURL: server.url });
    await near.request.post('/api/v1/session', { data: { email: 'bo@shop.example', password: PASSWORD } });
    const api = near.request;
    const id = await boardId(api, 'CHK');
    const snapshot = async () => (await (await api.get(`/api/v1/boards/${id}`)).json()) as Snapshot;
    const page = await far.newPage();
    await page.goto(`/b/${id}`);
    await ready(page);
    const before = await snapshot();
    const [mine, hers] = keysIn(before, 'Ready') as [string, string];
    const shape = keysIn(before, 'Shape')[0] as string;

    wire.cut();
    // on this side: reorder, and a comment in the words of the card's title
    await linkOf(page, mine).focus();
    await page.keyboard.press('Shift+ArrowDown');
    await linkOf(page, mine).focus();
    await page.keyboard.press('t');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('Written on the train');
    await page.keyboard.press('Enter');
    // on the other side, meanwhile
    await api.patch(`/api/v1/cards/${hers}`, { data: { title: 'Written at the desk' } });
    await api.post(`/api/v1/cards/${shape}/blockers`, { data: { category: 'vendor', reason: 'Nobody answers' } });
    await expect(page.getByText(/kept/i).first()).toBeVisible({ timeout: 10_000 });
    await page.waitForTimeout(CUT / 2);
    // the changes survive a closed lid: the page cannot be loaded again without a network, but its queue can
    await page.waitForTimeout(CUT / 2);
    expect((await snapshot()).cards.find((c) => c.key === mine)?.title).not.toBe('Written on the train');

    wire.mend();
    // after so long it tries again every now and then only
    await expect(page.getByText('Live', { exact: true })).toBeVisible({ timeout: 30_000 });
    await ready(page);
    await expect.poll(async () => (await snapshot()).cards.find((c) => c.key === mine)?.title, { timeout: 20_000 }).toBe('Written on the train');
    await expect(linkOf(page, hers)).toHaveText('Written at the desk');
    await expect(cardOf(page, shape).getByText('Nobody answers')).toBeVisible();
    const after = await snapshot();
    expect(keysIn(after, 'Ready').slice(0, 2)).toEqual([hers, mine]);
    await expect
      .poll(() => page.getByRole('list', { name: /Ready/ }).locator('[data-card]').getByRole('link').allTextContents())
      .toEqual(after.cards.filter((c) => c.columnId === after.columns[0]?.id).map((c) => c.title));
    await far.close();
    await near.close();
  } finally {
    await server.stop();
    await wire.close();
  }
});

base('37 changes made offline survive a reload and are replayed in order', async ({ browser }) => {
  base.setTimeout(90_000);
  const server = await startServer();
  try {
    const context = await browser.newContext({ baseURL: server.url });
    await context.request.post('/api/v1/session', { data: { email: 'ana@shop.example', password: PASSWORD } });
    const id = await boardId(context.request, 'CHK');
    const page = await context.newPage();
    await page.goto(`/b/${id}`);
    await ready(page);
    const snapshot = async () => (await (await context.request.get(`/api/v1/boards/${id}`)).json()) as Snapshot;
    const key = keysIn(await snapshot(), 'Ready')[0] as string;
    // the API stops answering, the page itself can still be loaded
    await page.route('**/api/v1/cards/**', (r) => (r.request().method() === 'GET' ? r.continue() : r.abort('internetdisconnected')));
    for (const title of ['First wording', 'Second wording', 'Third wording']) {
      await linkOf(page, key).focus();
      await page.keyboard.press('t');
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type(title);
      await page.keyboard.press('Enter');
      await expect(linkOf(page, key)).toHaveText(title);
    }
    await page.reload();
    await expect(linkOf(page, key)).toHaveText('Third wording');
    expect((await snapshot()).cards.find((c) => c.key === key)?.title).not.toBe('Third wording');
    await page.unroute('**/api/v1/cards/**');
    await expect.poll(async () => (await snapshot()).cards.find((c) => c.key === key)?.title, { timeout: 30_000 }).toBe('Third wording');
    const log = await (await context.request.get(`/api/v1/boards/${id}/events?since=${(await snapshot()).seq - 3}`)).json();
    expect(log.items.map((e: { data: { card: { title: string } } }) => e.data.card.title)).toEqual(['First wording', 'Second wording', 'Third wording']);
    await context.close();
  } finally {
    await server.stop();
  }
});
