import { clean } from './support/axe';
import { makeBoard, send, teamOf } from './support/boards';
import { boardId, cellOf, expect, inHead, linkOf, ready, test } from './support/test';

// What somebody wants of another team, from the form to the board and back.

test('asks: from one browser to the other team’s queue, accepted with one key, mirrored at the asker’s, undone', async ({ as }) => {
  const [ana, chidi] = [await as('ana'), await as('chidi')];
  await send(ana.api, 'post', `/teams/${await teamOf(ana.api, 'PLT')}/asks`, { title: 'The first one makes the column' });
  await chidi.openBoard('PLT');
  const queue = cellOf(chidi.page, 'Asks').first();

  await ana.page.goto('/today');
  await ana.page.getByRole('link', { name: 'Ask a team' }).click();
  await ana.page.getByLabel('Team', { exact: true }).selectOption({ label: 'Platform' });
  await expect(ana.page.getByText('Yours would be number', { exact: false })).toBeVisible();
  await expect(ana.page.getByText('too early to say')).toBeVisible();
  await ana.page.getByLabel('What do you need?').fill('A database with last week’s orders');
  await ana.page.getByLabel('Show it on our board once it is accepted').selectOption({ label: 'Checkout, Delivery' });
  await ana.page.getByRole('button', { name: 'Ask Platform' }).click();
  const mine = ana.page.getByRole('region', { name: 'My asks' }).getByRole('listitem').filter({ hasText: 'A database with' });
  await expect(mine.getByText(/Number 2 of \d+ in the queue of Platform/)).toBeVisible();
  const key = (await mine.getByRole('link', { name: /Open PLT-/ }).textContent())?.replace('Open ', '') as string;

  await expect(queue.getByText('A database with last week’s orders')).toBeVisible();
  await linkOf(chidi.page, key).focus();
  await chidi.page.keyboard.press('y');
  await expect(cellOf(chidi.page, 'Ready').getByText('A database with last week’s orders')).toBeVisible();
  await expect(mine.getByText(/Accepted by Chidi Okoye, number \d+ of \d+/)).toBeVisible();
  await ana.openBoard('CHK');
  await expect(ana.page.locator('[data-card]').filter({ hasText: 'A database with last week’s orders' })).toBeVisible();

  await chidi.page.keyboard.press('Control+z');
  await expect(queue.getByText('A database with last week’s orders')).toBeVisible();
  await ana.openBoard('CHK');
  await expect(ana.page.locator('[data-card]').filter({ hasText: 'A database with last week’s orders' })).toHaveCount(0);
});

test('asks: asked back and declined by key, each told word for word; the asker answers and withdraws', async ({ as }) => {
  const [ana, chidi] = [await as('ana'), await as('chidi')];
  const team = await teamOf(ana.api, 'PLT');
  const { cardKey } = await send<{ cardKey: string }>(ana.api, 'post', `/teams/${team}/asks`, { title: 'Open port 8443' });
  await ana.page.goto('/ask');
  const mine = ana.page.getByRole('region', { name: 'My asks' }).getByRole('listitem').filter({ hasText: 'Open port 8443' });
  await expect(mine.getByText('Number 1 of 1 in the queue of Platform')).toBeVisible();

  await chidi.openBoard('PLT');
  await linkOf(chidi.page, cardKey).focus();
  await chidi.page.keyboard.press('q');
  const dialog = chidi.page.getByRole('dialog');
  await clean(chidi.page, 'ask back', ['[data-card]']);
  await dialog.getByRole('textbox').fill('From where to where?');
  await dialog.getByRole('button', { name: 'Ask back' }).click();
  await expect(mine.getByText('From where to where?')).toBeVisible();
  await clean(ana.page, 'my asks');
  await mine.getByRole('textbox').fill('From the edge to fraud scoring');
  await mine.getByRole('button', { name: 'Answer' }).click();
  await expect(mine.getByText('You answered: From the edge to fraud scoring')).toBeVisible();

  await linkOf(chidi.page, cardKey).focus();
  await chidi.page.keyboard.press('n');
  await dialog.getByRole('button', { name: 'Decline' }).click();
  await expect(dialog.getByText('Nobody likes a silent no.')).toBeVisible();
  await dialog.getByRole('textbox').fill('The gateway does this already');
  await dialog.getByRole('button', { name: 'Decline' }).click();
  await expect(mine.getByText('The gateway does this already')).toBeVisible();
  await expect(linkOf(chidi.page, cardKey)).toHaveCount(0);
});

test('asks: they wait on the team’s Today, are accepted there, and one tap takes a time to sit together', async ({ as }) => {
  const [ana, chidi] = [await as('ana'), await as('chidi')];
  const at = new Date(Date.now() + 50 * 3_600_000);
  at.setUTCMinutes(0, 0, 0);
  const team = await teamOf(ana.api, 'PLT');
  await chidi.page.goto('/today');
  await expect(chidi.page.getByText('Live', { exact: true })).toBeVisible();
  const made = await send<{ id: string }>(ana.api, 'post', `/teams/${team}/asks`, {
    title: 'Explain our certificates',
    times: [at.toISOString(), new Date(at.getTime() + 3_600_000).toISOString()],
  });
  const row = chidi.page.getByRole('region', { name: 'Waiting for me' }).getByRole('listitem').filter({ hasText: 'Explain our certificates' });
  await expect(row.getByText('Ana Ruiz asks Platform')).toBeVisible();
  await row.getByRole('button', { name: /^Accept/ }).click();
  await expect(row.getByText('Ana Ruiz would like to sit together')).toBeVisible();
  await row.getByRole('button').first().click();
  await expect(row).toHaveCount(0);
  await ana.page.goto('/ask');
  await expect(ana.page.getByText(/You sit together on .* with Chidi Okoye/)).toBeVisible();
  const file = await (await ana.api.get(`/api/v1/asks/${made.id}/meeting.ics`)).text();
  expect(file).toContain(`DTSTART:${at.toISOString().replace(/[-:]|\.\d+/g, '')}`);
});

test('asks: answered on the card itself, with its way back', async ({ as }) => {
  const [ana, chidi] = [await as('ana'), await as('chidi')];
  const { cardKey } = await send<{ cardKey: string }>(ana.api, 'post', `/teams/${await teamOf(ana.api, 'PLT')}/asks`, { title: 'Read our runbook', neededBy: '2030-01-31' });
  await chidi.page.goto(`/c/${cardKey}`);
  const part = chidi.page.getByRole('region', { name: 'Ask', exact: true });
  await expect(part.getByText(/Waits for an answer of Platform, number \d+ of \d+/)).toBeVisible();
  await part.getByRole('button', { name: 'Accept' }).click();
  await expect(part.getByText('Accepted by Chidi Okoye')).toBeVisible();
  await chidi.page.getByRole('button', { name: 'Undo' }).click();
  await part.getByRole('button', { name: 'Decline' }).click();
  await part.getByRole('textbox').fill('Yours is short enough');
  await clean(chidi.page, 'an ask on its card');
  await part.getByRole('button', { name: 'Decline' }).click();
  await ana.page.goto('/ask');
  await expect(ana.page.getByText('Yours is short enough')).toBeVisible();
});

test('asks: at 390 px, from the form to the queue by touch', async ({ as }) => {
  const ana = await as('ana', { viewport: { width: 390, height: 844 }, hasTouch: true });
  await ana.page.goto(`/ask?team=${await teamOf(ana.api, 'PAY')}`);
  await ana.page.getByLabel('What do you need?').fill('A look at the ledger');
  await ana.page.getByRole('button', { name: 'Ask Payments' }).click();
  await expect(ana.page.getByText('Number 1 of 1 in the queue of Payments')).toBeVisible();
  expect(await ana.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await clean(ana.page, 'phone: /ask');
  const omar = await as('omar', { viewport: { width: 390, height: 844 }, hasTouch: true });
  await omar.page.goto(`/b/${await boardId(omar.api, 'PAY')}`);
  await ready(omar.page);
  await omar.page.getByRole('button', { name: /^Accept PAY-/ }).click();
  await expect(ana.page.getByText(/Accepted by Omar Nasser/)).toBeVisible();
});

test('asks: their column is not removed under those that wait; another queue marked for asks takes them along', async ({ as }) => {
  const [ana, mara] = [await as('ana'), await as('mara')];
  const { id: team } = await send<{ id: string }>(mara.api, 'post', '/teams', { name: 'Observability', key: 'OBS' });
  const b = await makeBoard(mara.api, {
    team: 'OBS',
    columns: [
      { name: 'Inbox', kind: 'queue' },
      { name: 'Next', kind: 'queue' },
      { name: 'Doing', kind: 'active' },
      { name: 'Done', kind: 'done' },
    ],
  });
  await send(ana.api, 'post', `/teams/${team}/asks`, { title: 'A dashboard for refunds' });
  const { page } = mara;
  await page.goto(`/b/${b.id}`);
  await ready(page);
  await expect(cellOf(page, 'Asks').getByText('A dashboard for refunds')).toBeVisible();
  await inHead(page, 'Column Asks: more');
  await page.getByRole('menuitem', { name: 'Remove column' }).click();
  const removing = page.getByRole('dialog', { name: 'Remove column Asks?' });
  await expect(removing.getByText('An ask waits in Asks for an answer.', { exact: false })).toBeVisible();
  await expect(removing.getByRole('button', { name: 'Remove column' })).toHaveCount(0);
  await clean(page, 'a column for asks that stays');
  await removing.getByRole('button', { name: 'Keep it' }).click();

  await inHead(page, 'Column Inbox: more');
  await page.getByRole('menuitem', { name: 'Edit column' }).click();
  const editing = page.getByRole('dialog', { name: 'Edit column Inbox' });
  await editing.getByRole('checkbox', { name: 'Asks to the team land here' }).check();
  await editing.getByRole('button', { name: 'Save' }).click();
  await expect(cellOf(page, 'Inbox').getByText('A dashboard for refunds')).toBeVisible();
  await ana.page.goto('/ask');
  await expect(ana.page.getByRole('listitem').filter({ hasText: 'A dashboard for refunds' }).getByText(/Number 1 of 1/)).toBeVisible();

  await inHead(page, 'Column Asks: more');
  await page.getByRole('menuitem', { name: 'Remove column' }).click();
  await removing.getByRole('button', { name: 'Remove column' }).click();
  await expect(page.getByRole('heading', { name: 'Asks', exact: true })).toHaveCount(0);
});
