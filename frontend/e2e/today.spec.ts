import { makeBoard, send } from './support/boards';
import { startServer } from './support/server';
import { boardId, expect, test } from './support/test';

// Where everybody lands: what waits, what is mine, what is out of order.

test('today: one lands there; my cards with their age, my teams’ trouble, each row leading to the filtered board', async ({ as }) => {
  const { page, api } = await as('bo');
  await page.goto('/');
  await expect(page).toHaveURL(/\/today$/);
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible();
  const mine = page.getByRole('region', { name: 'My cards in progress' });
  const { items } = (await (await api.get('/api/v1/boards')).json()) as { items: { id: string; name: string }[] };
  const board = items.find((b) => b.name === 'Delivery')?.id;
  await expect(mine.locator('.td-card').first()).toContainText(/in .+ · /);
  await expect(mine.locator('.td-age .sr').first()).toContainText(/days? in progress; 85 % finish within \d+ d/);
  await expect(mine.getByText(/Finish before you start/).first()).toBeVisible();

  const trouble = page.getByRole('region', { name: 'Checkout, Delivery' });
  await expect(trouble.getByText('Review & test is over its limit')).toBeVisible();
  await expect(trouble.getByText('Expedite, drop everything')).toBeVisible();
  const blocked = trouble.locator('a[href*="quick=blocked"]').first();
  const title = await blocked.innerText();
  await blocked.click();
  await expect(page).toHaveURL(new RegExp(`/b/${board}\\?quick=blocked&card=CHK-\\d+`));
  await expect(page.locator('aside h2')).toHaveText(title);
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible();
});

test('today: what changes elsewhere appears without reload, on the page and on the rail', async ({ as }) => {
  const [ana, goro] = [await as('ana'), await as('goro')];
  const me = (await (await goro.api.get('/api/v1/me')).json()) as { person: { id: string } };
  const made = await makeBoard(ana.api, { name: 'Quiet', cards: { Build: ['Say who owns the settlement alert'] } });
  const key = made.keys['Say who owns the settlement alert'];
  await goro.page.goto('/today');
  await expect(goro.page.getByText('Live', { exact: true })).toBeVisible();
  await expect(goro.page.getByRole('region', { name: 'In order' }).getByRole('link', { name: 'Checkout, Quiet' })).toBeVisible();
  const before = (await send<{ waiting: unknown[] }>(goro.api, 'get', '/today?only=waiting')).waiting.length;

  const dueOn = new Date(Date.now() + 26 * 3_600_000).toISOString().slice(0, 10);
  await send(ana.api, 'patch', `/cards/${key}`, { ownerIds: [me.person.id], dueOn });
  await send(ana.api, 'post', `/cards/${key}/blockers`, { category: 'vendor', reason: 'They do not answer' });
  const mine = goro.page.getByRole('region', { name: 'My cards in progress' });
  await expect(mine.getByRole('link', { name: 'Say who owns the settlement alert' })).toBeVisible();
  await expect(mine.getByText('They do not answer')).toBeVisible();
  const waiting = goro.page.getByRole('region', { name: 'Waiting for me' });
  await expect(waiting.getByText(/due tomorrow|due in 2 d/)).toBeVisible();
  await expect(goro.page.locator('.rail-n [aria-hidden]')).toHaveText(String(before + 1));
  await expect(goro.page.getByRole('region', { name: 'Checkout, Quiet' }).getByText('They do not answer')).toBeVisible();
});

test('today: the first day has three steps instead of an empty page', async ({ browser }) => {
  const fresh = await startServer({ empty: true });
  const context = await browser.newContext({ baseURL: fresh.url });
  try {
    await send(context.request, 'post', '/setup', { email: 'first@example.test', password: 'walk-the-board', name: 'First', workspace: 'New' });
    const page = await context.newPage();
    await page.goto('/');
    const steps = page.getByRole('region', { name: 'Three steps to your first day' });
    await expect(steps.getByRole('listitem')).toHaveCount(3);
    await steps.getByRole('link', { name: 'Make a team' }).click();
    await expect(page).toHaveURL(/\/teams/);
  } finally {
    await context.close();
    await fresh.stop();
  }
});

test('today: a manager may look at all teams, and the address says so', async ({ as }) => {
  const { page } = await as('ivo');
  await page.goto('/today');
  await page.getByRole('button', { name: 'All teams' }).click();
  await expect(page).toHaveURL(/scope=all/);
  await expect(page.getByRole('region', { name: 'Payments, Payments flow' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Search, Search delivery' })).toBeVisible();
});

test('today: a standup and a retro that begin elsewhere appear with their way in', async ({ as }) => {
  const ana = await as('ana');
  const bo = await as('bo');
  await ana.page.goto('/today');
  await expect(ana.page.getByRole('region', { name: /^Waiting for me/ })).toBeVisible();
  const board = await boardId(bo.api, 'CHK');
  const begun = await send<{ series: { id: string } }>(bo.api, 'post', '/standups', { boardId: board });
  const rituals = ana.page.getByRole('list', { name: 'Rituals and who is on call' });
  const standup = rituals.getByRole('listitem').filter({ hasText: 'Delivery standup' }).filter({ hasNotText: 'tomorrow' });
  await expect(standup).toContainText('runs now');
  await expect(standup.getByRole('button', { name: 'Present' })).toBeVisible();
  await send(bo.api, 'post', '/retros', { boardId: board, templateKey: 'ops_integration', title: 'Working with ops' });
  await expect(rituals.getByRole('link', { name: 'Working with ops' })).toBeVisible();
  await standup.getByRole('button', { name: 'Join' }).click();
  await expect(ana.page).toHaveURL(new RegExp(`/b/${board}`));
  await expect(ana.page.getByRole('button', { name: 'Stop following' })).toBeVisible();
  // whoever joined from here is there, and whoever opens its page; both say the same number
  await bo.page.goto(`/standup/${begun.series.id}`);
  await expect(bo.page.getByText(/^2 people are here/)).toBeVisible();
});

test('today: a mention and a blocker raised to me wait until they are read and taken, live', async ({ as }) => {
  const [ana, bo] = [await as('ana'), await as('bo')];
  const me = (await (await bo.api.get('/api/v1/me')).json()) as { person: { id: string } };
  const made = await makeBoard(ana.api, { cards: { Build: ['Split the settlement job', 'Rotate the ledger keys'] } });
  const [split, rotate] = [made.keys['Split the settlement job'], made.keys['Rotate the ledger keys']];
  await bo.page.goto('/today');
  await expect(bo.page.getByText('Live', { exact: true })).toBeVisible();
  const waiting = bo.page.getByRole('region', { name: 'Waiting for me' });
  const row = (words: string) => waiting.getByRole('listitem').filter({ hasText: words });

  await send(ana.api, 'post', `/cards/${split}/comments`, { text: '@Bo Lind can it run twice?' });
  const { blocker } = await send<{ blocker: { id: string } }>(ana.api, 'post', `/cards/${rotate}/blockers`, { category: 'decision', reason: 'Who holds the spare?' });
  await send(ana.api, 'post', `/blockers/${blocker.id}/raise`, { personId: me.person.id });
  await expect(row('can it run twice?')).toContainText('Ana Ruiz mentioned you · Split the settlement job');
  await expect(row('Who holds the spare?')).toContainText('Ana Ruiz raised it to you · Rotate the ledger keys');
  // of these two cards alone: the morning's digest may come in between
  const unread = async () => {
    const { items } = (await (await bo.api.get('/api/v1/notices?state=unread')).json()) as { items: { cardKey?: string }[] };
    return items.filter((n) => n.cardKey === split || n.cardKey === rotate).length;
  };
  await expect.poll(unread).toBe(2);

  await row('Who holds the spare?').getByRole('button', { name: 'I have it, by tomorrow' }).click();
  await expect(row('Who holds the spare?')).toHaveCount(0);
  await bo.page.getByRole('button', { name: 'Undo' }).click();
  await expect(row('Who holds the spare?')).toBeVisible();
  await send(ana.api, 'delete', `/blockers/${blocker.id}`);
  await expect(row('Who holds the spare?'), 'closed by somebody else').toHaveCount(0);

  await row('can it run twice?').getByRole('link', { name: 'can it run twice?' }).click();
  await expect(bo.page.locator('aside h2')).toHaveText('Split the settlement job');
  await expect.poll(unread).toBe(0);
  await bo.page.goBack();
  await expect(waiting).toBeVisible();
  await expect(row('can it run twice?')).toHaveCount(0);
});

test('today: what I wait for, what others did since the last working day, and the next days, each as it happens', async ({ as }) => {
  const [ana, bo] = [await as('ana'), await as('bo')];
  const [me, his] = await Promise.all([ana, bo].map(({ api }) => send<{ person: { id: string } }>(api, 'get', '/me')));
  const made = await makeBoard(ana.api, { name: 'Held up', cards: { Build: [{ title: 'Rotate the printer keys', ownerIds: [me!.person.id] }] } });
  const card = made.keys['Rotate the printer keys'];
  const { page } = ana;
  await page.goto('/today');
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  const awaited = page.getByRole('region', { name: 'I wait for' }).getByRole('listitem').filter({ hasText: 'Rotate the printer keys' });
  const { blocker } = await send<{ blocker: { id: string } }>(bo.api, 'post', `/cards/${card}/blockers`, { category: 'vendor', reason: 'No spare part', waitingFor: 'the vendor' });
  await expect(awaited).toContainText('waits for the vendor: No spare part');
  await expect(awaited, 'the first day counts, here as on the board').toContainText('1 d');
  await send(ana.api, 'post', `/blockers/${blocker.id}/raise`, { personId: his!.person.id });
  await send(bo.api, 'post', `/blockers/${blocker.id}/promise`, { on: new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10) });
  await expect(awaited).toContainText(/Bo Lind has it by .+: No spare part/);
  const happened = page.getByRole('region', { name: /^Since / }).getByRole('listitem').filter({ hasText: 'Rotate the printer keys' });
  await send(bo.api, 'delete', `/blockers/${blocker.id}`);
  await send(bo.api, 'post', `/cards/${card}/comments`, { text: 'It came' });
  await send(bo.api, 'post', `/cards/${card}/move`, { columnId: made.columns.Done });
  await expect(happened, 'what was finished last stands first').toContainText('Bo Lind finished it · 1 comment');
  await expect(awaited).toHaveCount(0);

  const next = page.getByRole('region', { name: 'Next days' });
  await expect(next.getByRole('link', { name: /Standup/ }).first()).toBeVisible();
  await expect(next.locator('.td-days > li')).toHaveCount(6);
  await next.getByRole('link', { name: 'Ritual calendar' }).click();
  await expect(page).toHaveURL(/\/calendar/);
});
