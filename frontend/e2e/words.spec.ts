import { makeBoard, send } from './support/boards';
import { toasts } from './support/ears';
import { expect, linkOf, ready, test } from './support/test';

test('35 every text that two people change shows yours and theirs: keep mine, take theirs and have mine back, or write one of both', async ({ as }) => {
  const [ana, bo] = [await as('ana'), await as('bo')];
  const b = await makeBoard(ana.api, { cards: { Ready: ['Words'] } });
  const key = b.keys.Words as string;
  await send(ana.api, 'patch', `/cards/${key}`, { description: 'As it began' });
  const { todo } = await send<{ todo: { id: string } }>(ana.api, 'post', `/cards/${key}/todos`, { text: 'First step' });
  const { comment } = await send<{ comment: { id: string } }>(bo.api, 'post', `/cards/${key}/comments`, { text: 'A remark' });
  const detail = async () =>
    (await (await ana.api.get(`/api/v1/cards/${key}`)).json()) as { card: { description: string }; todos: { text: string }[]; comments: { text: string }[] };
  const { page } = bo;
  await page.goto(`/b/${b.id}?card=${key}`);
  await ready(page);
  const peek = page.locator('aside[aria-label^="Card"]');

  // the description: one of both, written with both in sight; it survives a reload before that
  await peek.getByRole('button', { name: 'Edit the description' }).click();
  await peek.getByRole('textbox', { name: 'Description' }).fill('As Bo says');
  await send(ana.api, 'patch', `/cards/${key}`, { description: 'As Ana says' });
  await expect(peek.getByText('Ana Ruiz changed this while you were writing.')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+Enter');
  const conflict = (field: string) => peek.getByRole('alert', { name: new RegExp(`^${field}: .* changed it before yours arrived`) });
  await expect(conflict('Description')).toContainText('As Bo says');
  await page.reload();
  await ready(page);
  await expect(conflict('Description')).toContainText('As Ana says');
  await conflict('Description').getByRole('button', { name: 'Write one of both' }).click();
  const both = conflict('Description').getByRole('textbox', { name: 'One of both' });
  await expect(both).toBeFocused();
  await both.fill('As Ana and Bo say');
  await conflict('Description').getByRole('button', { name: 'Save this' }).click();
  await expect(conflict('Description')).toBeHidden();
  await expect.poll(async () => (await detail()).card.description).toBe('As Ana and Bo say');

  // a to-do item: theirs, and mine back after all
  await peek.getByRole("button", { name: 'Rename "First step"' }).click();
  const item = peek.locator('textarea').first();
  await item.fill('Bo’s step');
  await send(ana.api, 'patch', `/todos/${todo.id}`, { text: 'Ana’s step' });
  await page.waitForTimeout(300);
  await item.press('Enter');
  await expect(conflict('To-do')).toContainText('Ana’s step');
  await conflict('To-do').getByRole('button', { name: 'Take theirs' }).click();
  await expect(conflict('To-do')).toBeHidden();
  await toasts(page).getByRole('button', { name: 'Get mine back' }).click();
  await conflict('To-do').getByRole('button', { name: 'Keep mine' }).click();
  await expect.poll(async () => (await detail()).todos[0]?.text).toBe('Bo’s step');

  // the title, written on the board itself: the card opens with both
  await peek.locator('h2').first().focus();
  await page.keyboard.press('Escape');
  await expect(peek).toHaveCount(0);
  await linkOf(page, key).focus();
  await page.keyboard.press('t');
  await page.getByRole('textbox', { name: `Title of ${key}` }).fill('Bo’s title');
  await send(ana.api, 'patch', `/cards/${key}`, { title: 'Ana’s title' });
  await page.waitForTimeout(300);
  await page.keyboard.press('Enter');
  await expect(conflict('Title')).toContainText('Ana’s title');
  await conflict('Title').getByRole('button', { name: 'Keep mine' }).click();
  await expect(linkOf(page, key)).toHaveText('Bo’s title');

  // a comment, changed in another window of the same person
  const remark = peek.getByRole('listitem').filter({ hasText: 'A remark' });
  await remark.getByRole('button', { name: 'Edit' }).click();
  await remark.or(peek.locator('ol li')).getByRole('textbox', { name: 'Comment' }).first().fill('Said here');
  await send(bo.api, 'patch', `/comments/${comment.id}`, { text: 'Said there' });
  await page.waitForTimeout(300);
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(conflict('Comment')).toContainText('Said there');
  await conflict('Comment').getByRole('button', { name: 'Keep mine' }).click();
  await expect.poll(async () => (await detail()).comments[0]?.text).toBe('Said here');
});

test('35 what is half written survives a reload, is offered again, and goes when it is saved; nobody else at this browser sees it', async ({ as }) => {
  const ana = await as('ana');
  const { page, api } = ana;
  const b = await makeBoard(api, { cards: { Ready: ['Words'] } });
  const key = b.keys.Words as string;
  await send(api, 'post', `/cards/${key}/todos`, { text: 'First step' });
  await page.goto(`/b/${b.id}?card=${key}`);
  await ready(page);
  const peek = page.locator('aside[aria-label^="Card"]');
  await peek.getByRole('textbox', { name: /comment/i }).fill('Half a remark');
  await peek.getByRole('textbox', { name: 'Add an item' }).fill('Half a step');
  await peek.getByRole('button', { name: 'Rename', exact: true }).click();
  await peek.getByRole('textbox', { name: 'Title' }).fill('Half a title');
  await page.reload();
  await ready(page);
  await expect(peek.getByRole('textbox', { name: /comment/i })).toHaveValue('Half a remark');
  await expect(peek.getByRole('textbox', { name: 'Add an item' })).toHaveValue('Half a step');
  const offer = peek.getByRole('status').filter({ hasText: 'Half a title' });
  await offer.getByRole('button', { name: 'Continue' }).click();
  const title = peek.getByRole('textbox', { name: 'Title' });
  await expect(title).toHaveValue('Half a title');
  await title.press('Enter');
  await expect(linkOf(page, key)).toHaveText('Half a title');
  await page.reload();
  await ready(page);
  await expect(offer).toHaveCount(0);

  // a new card
  await page.keyboard.press('Escape');
  await linkOf(page, key).focus();
  await page.keyboard.press('c');
  const fresh = page.getByRole('textbox', { name: 'What is to be done?' });
  await fresh.fill('Half a card');
  await page.reload();
  await ready(page);
  await linkOf(page, key).focus();
  await page.keyboard.press('c');
  await expect(fresh).toHaveValue('Half a card');
  await fresh.press('Enter');
  await expect(page.getByRole('link', { name: 'Half a card' })).toBeVisible();
  await expect(fresh).toHaveValue('');

  // another person at the same browser
  await page.context().request.delete('/api/v1/session');
  const { PASSWORD } = await import('./support/test');
  await page.context().request.post('/api/v1/session', { data: { email: 'bo@shop.example', password: PASSWORD } });
  await page.goto(`/b/${b.id}?card=${key}`);
  await ready(page);
  await expect(peek.getByRole('textbox', { name: /comment/i })).toHaveValue('');
});

test('35 a hypothesis and its outcome that two people write: a draft over a reload, theirs beside mine, nothing lost', async ({ as }) => {
  const [ana, bo] = [await as('ana'), await as('bo')];
  const b = await makeBoard(ana.api, { cards: { Build: ['Words'] } });
  const key = b.keys.Words as string;
  const put = (api: typeof ana.api, what: string, body: object) => send(api, 'put', `/cards/${key}/${what}`, body);
  const held = async () =>
    ((await (await ana.api.get(`/api/v1/cards/${key}`)).json()) as { hypothesis?: { believe: string; will: string; outcome?: { learned: string } } })
      .hypothesis;
  await put(ana.api, 'hypothesis', { believe: 'shorter queues', will: 'calm people', knowWhen: '' });
  const { page } = bo;
  await page.goto(`/b/${b.id}?card=${key}`);
  await ready(page);
  const part = page.getByRole('region', { name: 'Hypothesis' });
  const believe = part.getByRole('textbox', { name: 'We believe that' });
  await part.getByRole('button', { name: 'Edit' }).click();
  await believe.fill('fewer handovers');
  await page.reload();
  await ready(page);
  await expect(believe).toHaveCount(0);
  await part.getByRole('button', { name: 'Continue' }).click();
  await expect(believe).toHaveValue('fewer handovers');
  await expect(part.getByText('changed this while you were writing')).toHaveCount(0);

  await put(ana.api, 'hypothesis', { believe: 'smaller batches', will: 'calm people', knowWhen: '' });
  await expect(part.getByText('Ana Ruiz changed this while you were writing.')).toBeVisible();
  // saved without having looked: refused, nothing lost on either side
  await part.getByRole('button', { name: 'Save' }).click();
  await expect(believe).toHaveValue('fewer handovers');
  await expect(toasts(page)).toHaveCount(0);
  expect((await held())?.believe).toBe('smaller batches');
  await part.getByRole('button', { name: 'Show theirs' }).click();
  await expect(part.getByRole('definition').filter({ hasText: 'smaller batches' })).toBeVisible();
  await part.getByRole('button', { name: 'Take theirs' }).click();
  await expect(believe).toHaveCount(0);
  await toasts(page).getByRole('button', { name: 'Get mine back' }).click();
  await part.getByRole('button', { name: 'Continue' }).click();
  await part.getByRole('button', { name: 'Keep mine' }).click();
  await part.getByRole('button', { name: 'Save' }).click();
  await expect.poll(async () => (await held())?.believe).toBe('fewer handovers');
  await expect(part.getByRole('button', { name: 'Edit' })).toBeFocused();
  await expect(part.getByRole('button', { name: 'Continue' })).toHaveCount(0);

  // the outcome in the same way
  await part.getByRole('button', { name: 'Record the outcome' }).click();
  await part.getByRole('radio', { name: 'As we believed' }).check();
  await part.getByRole('textbox').fill('Half a lesson');
  await page.reload();
  await ready(page);
  await put(ana.api, 'outcome', { result: 'refuted', learned: 'Not so' });
  await part.getByRole('button', { name: 'Continue' }).click();
  await expect(part.getByRole('radio', { name: 'As we believed' })).toBeChecked();
  await part.getByRole('button', { name: 'Show theirs' }).click();
  await expect(part.getByRole('status')).toContainText('Not so');
  await part.getByRole('button', { name: 'Keep mine' }).click();
  await part.getByRole('button', { name: 'Save' }).click();
  await expect.poll(async () => (await held())?.outcome?.learned).toBe('Half a lesson');
});

test('35 half an ask survives a reload and another page, is sent or thrown away, and is nobody else’s', async ({ as }) => {
  const { page } = await as('vera');
  await page.goto('/ask');
  const [what, team] = [page.getByLabel('What do you need?'), page.getByLabel('Team', { exact: true })];
  await team.selectOption({ label: 'Platform' });
  await what.fill('A quiet door');
  await page.goto('/today');
  await page.goto('/ask');
  await expect(what).toHaveValue('A quiet door');
  await expect(team.locator('option:checked')).toHaveText('Platform');
  await expect(page.getByText('is here again')).toBeVisible();
  await page.reload();
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(what).toHaveValue('');
  await expect(page.getByText('is here again')).toHaveCount(0);
  await page.reload();
  await expect(what).toHaveValue('');
  await what.fill('A loud door');
  await page.reload();
  await page.getByRole('button', { name: 'Ask Platform' }).click();
  await expect(toasts(page)).toBeVisible();
  await page.reload();
  await expect(what).toHaveValue('');
});
