import { makeBoard, send } from './support/boards';
import { focusedKey, heard, listen } from './support/ears';
import { cardOf, expect, linkOf, type Person, ready, test } from './support/test';

/** Somebody who only listens: a small page with a live connection of its own. */
async function listenOnly(person: Person, board: string) {
  await person.page.goto('/nowhere');
  await person.page.evaluate(
    (topic) =>
      new Promise<void>((done) => {
        const ws = new WebSocket(`ws://${location.host}/api/v1/live`);
        ws.onopen = () => ws.send(JSON.stringify({ op: 'subscribe', topic }));
        ws.onmessage = (m) => JSON.parse(m.data).op === 'subscribed' && done();
      }),
    `board:${board}`,
  );
}

test('33 faces in the top bar, five and a number; “is editing” on the card; both leave within ten seconds', async ({ as }) => {
  test.setTimeout(90_000);
  const [ana, bo] = [await as('ana'), await as('bo')];
  const b = await makeBoard(ana.api, { cards: { Ready: ['Watched'] } });
  const key = b.keys.Watched as string;
  await ana.page.goto(`/b/${b.id}`);
  await ready(ana.page);
  const faces = ana.page.getByRole('list', { name: 'People here' }).getByRole('listitem');
  await expect(faces).toHaveCount(1);
  await bo.page.goto(`/b/${b.id}`);
  await ready(bo.page);
  await expect(faces.filter({ hasText: 'Bo Lind' })).toBeVisible({ timeout: 10_000 });

  await linkOf(bo.page, key).focus();
  await bo.page.keyboard.press('t');
  const ring = cardOf(ana.page, key).getByText('Bo is editing');
  await expect(ring).toBeVisible({ timeout: 10_000 });
  await expect(faces.filter({ hasText: 'Bo Lind, editing' })).toBeVisible();
  // he types nothing more and goes for a coffee: the field is still open, the ring goes
  await expect(ring).toBeHidden({ timeout: 10_000 });
  await bo.page.keyboard.type('again');
  await bo.page.keyboard.press('Escape');

  const crowd = [];
  for (const nick of ['goro', 'fay', 'dara', 'eli', 'chidi']) {
    const one = await as(nick);
    await listenOnly(one, b.id);
    crowd.push(one);
  }
  await expect(faces).toHaveCount(6);
  await expect(faces.last()).toContainText('and 2 more people');
  await expect(faces.last()).toContainText('+2');
  for (const one of crowd) await one.context.close();
  await bo.page.close();
  await expect(faces, 'all have left within ten seconds').toHaveCount(1, { timeout: 10_000 });
});

test('34 changes by others move neither focus nor selection nor scroll position nor an open menu', async ({ as }) => {
  const [ana, goro] = [await as('ana'), await as('goro')];
  const { page, api } = ana;
  const b = await makeBoard(api, { cards: { Ready: Array.from({ length: 24 }, (_, i) => `Card ${i}`), Build: ['Elsewhere'] } });
  await page.goto(`/b/${b.id}`);
  await ready(page);
  const key = b.keys['Card 14'] as string;
  await linkOf(page, b.keys['Card 0'] as string).focus();
  const scroller = page.locator('[data-board]').last();
  for (let i = 0; i < 14; i++) await page.keyboard.press('ArrowDown');
  await expect.poll(() => focusedKey(page)).toBe(key);
  await expect.poll(() => scroller.evaluate((e) => e.scrollTop)).toBeGreaterThan(100);

  const disturb = async (n: number) => {
    await send(goro.api, 'post', `/boards/${b.id}/cards`, { title: `New on top ${n}`, columnId: b.columns.Ready, beforeId: (await b.snapshot()).cards[0]?.id });
    await send(goro.api, 'post', `/cards/${b.keys.Elsewhere}/move`, { columnId: n % 2 ? b.columns.Test : b.columns.Done });
    await send(goro.api, 'patch', `/cards/${key}`, { title: `Card 14, renamed ${n}` });
    await send(goro.api, 'delete', `/cards/${b.keys[`Card ${n}`]}`);
    await expect(cardOf(page, key).or(page.getByRole('dialog'))).not.toHaveCount(0);
    await expect.poll(async () => page.evaluate((t) => document.body.textContent?.includes(t), `Card 14, renamed ${n}`)).toBe(true);
  };
  const place = async () => Math.round((await cardOf(page, key).boundingBox())?.y ?? -1);
  const at = await place();
  await disturb(1);
  expect(await focusedKey(page), 'the focus stays on the card').toBe(key);
  expect(await place(), 'what is looked at stays where it is, though a line came above it').toBe(at);

  await page.keyboard.press('m');
  const panel = page.getByRole('dialog', { name: `Move ${key}` });
  await panel.getByLabel('Test').check();
  await disturb(2);
  await expect(panel, 'the menu stays open').toBeVisible();
  await expect(panel.getByLabel('Test')).toBeChecked();
  await expect(panel.getByLabel('Test')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect.poll(() => focusedKey(page)).toBe(key);

  // words half typed and half selected
  await page.keyboard.press('t');
  const field = page.getByRole('textbox', { name: `Title of ${key}` });
  await field.fill('My own words');
  await field.evaluate((e) => (e as HTMLTextAreaElement).setSelectionRange(3, 6));
  await send(goro.api, 'post', `/cards/${key}/move`, { columnId: b.columns.Ready, afterId: (await b.snapshot()).cards.find((c) => c.key === b.keys['Card 16'])?.id });
  await send(goro.api, 'patch', `/cards/${b.keys['Card 15']}`, { title: 'Seen by all' });
  await expect(page.getByText('Seen by all')).toBeVisible();
  await expect(field).toBeFocused();
  expect(await field.evaluate((e) => [(e as HTMLTextAreaElement).value, (e as HTMLTextAreaElement).selectionStart, (e as HTMLTextAreaElement).selectionEnd])).toEqual(['My own words', 3, 6]);
});

test('34 a card picked up with the keyboard is not snatched away by another’s move', async ({ as }) => {
  const [ana, goro] = [await as('ana'), await as('goro')];
  const { page, api } = ana;
  await listen(page);
  const b = await makeBoard(api, { cards: { Ready: ['Held', 'Other'] } });
  const key = b.keys.Held as string;
  await page.goto(`/b/${b.id}`);
  await ready(page);
  await linkOf(page, key).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await send(goro.api, 'post', `/cards/${key}/move`, { columnId: b.columns.Done });
  await send(goro.api, 'patch', `/cards/${b.keys.Other}`, { title: 'A sign that it has arrived' });
  await expect(page.getByText('A sign that it has arrived')).toBeVisible();
  await expect(page.locator('[data-grabbed]')).toHaveCount(1);
  await expect.poll(() => focusedKey(page)).toBe(key);
  await page.keyboard.press('Escape');
  // put back where it is now, which is where the other one put it
  await expect(page.locator(`ul[data-cell="${b.columns.Done}|*"]`).getByText(key, { exact: true })).toBeVisible();
  expect((await heard(page)).at(-1)).toBe(`${key} is back where it was`);
});

test('35 a field that somebody else changes meanwhile says who, and offers keep or take', async ({ as }) => {
  const [ana, bo] = [await as('ana'), await as('bo')];
  const b = await makeBoard(ana.api, { cards: { Ready: ['Words'] } });
  const key = b.keys.Words as string;
  const { page } = bo;
  await page.goto(`/b/${b.id}?card=${key}`);
  await ready(page);
  const peek = page.locator('aside[aria-label^="Card"]');
  for (const [round, choice] of [['one', 'Take theirs'], ['two', 'Keep mine']] as const) {
    await peek.getByRole('button', { name: 'Rename' }).click();
    const field = peek.getByRole('textbox', { name: 'Title' });
    await field.fill(`Bo, ${round}`);
    await send(ana.api, 'patch', `/cards/${key}`, { title: `Ana, ${round}` });
    await expect(peek.getByText(`Ana Ruiz changed this while you were writing. Theirs: Ana, ${round}`)).toBeVisible();
    await expect(field, 'nothing is taken out of the hand').toHaveValue(`Bo, ${round}`);
    await page.keyboard.press('Enter');
    const conflict = peek.getByRole('alert', { name: 'Title: Ana Ruiz changed it before yours arrived.' });
    await expect(conflict).toContainText(`Bo, ${round}`);
    await expect(conflict).toContainText(`Ana, ${round}`);
    await conflict.getByRole('button', { name: choice }).click();
    await expect(conflict).toBeHidden();
    const title = choice === 'Keep mine' ? `Bo, ${round}` : `Ana, ${round}`;
    await expect(peek.locator('h2')).toHaveText(title);
    await expect.poll(async () => (await b.snapshot()).cards[0]?.title).toBe(title);
  }
});

test('live: revoked while connected: the page says so and shows nothing new; an ended session goes to the sign-in', async ({ as }) => {
  const [ana, goro] = [await as('ana'), await as('goro')];
  const b = await makeBoard(ana.api, { cards: { Ready: ['Before'] } });
  const { page } = goro;
  await page.goto(`/b/${b.id}`);
  await ready(page);
  await send(ana.api, 'patch', `/boards/${b.id}`, { visibility: 'team' });
  const people = (await (await ana.api.get(`/api/v1/teams/${b.teamId}`)).json()).members as { person: { id: string; name: string } }[];
  const id = people.find((m) => m.person.name === 'Goro Ito')?.person.id;
  await send(ana.api, 'delete', `/teams/${b.teamId}/members/${id}`);
  await expect(page.getByText('You may no longer see this board')).toBeVisible();
  await expect(page.getByText('A lead of its team or an administrator can add you again.')).toBeVisible();
  await expect(page.locator('[data-card]')).toHaveCount(0);
  await send(ana.api, 'patch', `/cards/${b.keys.Before}`, { title: 'Said behind closed doors' });
  await page.waitForTimeout(1_000);
  expect(await page.content()).not.toContain('closed doors');

  // Search is a board that everybody may look at
  await goro.openBoard('SRC');
  const other = await as('goro');
  const { items } = (await (await other.api.get('/api/v1/sessions')).json()) as { items: { id: string; current: boolean }[] };
  for (const s of items) if (!s.current) await send(other.api, 'delete', `/sessions/${s.id}`);
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fb%2F/);
});
