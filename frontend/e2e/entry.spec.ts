import type { APIRequestContext } from '@playwright/test';
import { clean } from './support/axe';
import { makeBoard, send } from './support/boards';
import { at, drag } from './support/pointer';
import { cellOf, expect, inHead, linkOf, ready, test } from './support/test';

// A column that asks for a liaison checklist: refused with what is open, started and filled, let in; or waived with why.

interface View {
  id: string;
  blocking: number;
  waived?: { reason: string; person: { name: string } }[];
  topics: { items: { key: string; blocks: boolean; rev: number }[] }[];
}

const of = (api: APIRequestContext, id: string) => send<View>(api, 'get', `/checklists/${id}`);

test('entry: refused with what is open, and let in once it is understood', async ({ as }) => {
  const [ana, bo] = await Promise.all([as('ana'), as('bo')]);
  const { page, api } = ana;
  const b = await makeBoard(api, { cards: { Build: ['One-tap pay'] } });
  const key = b.keys['One-tap pay'] as string;
  await page.goto(`/b/${b.id}`);
  await ready(page);

  // a lead asks for it, and the head of the column says so
  await inHead(page, 'Column Test: more');
  await page.getByRole('menuitem', { name: 'Edit column' }).click();
  await page.getByRole('combobox', { name: 'Liaison checklist of a card that comes in' }).selectOption({ label: 'Complete at level light' });
  await page.getByRole('combobox', { name: 'Which questions' }).selectOption({ label: 'Those of the design' });
  await clean(page, 'a column that asks for a checklist', ['[data-card]']);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('dialog[open]')).toHaveCount(0);
  await page.getByRole('heading', { name: 'Test' }).getByRole('button').click();
  await expect(page.getByRole('note')).toContainText('Liaison checklist at level light, the questions of the design');
  await page.keyboard.press('Escape');

  // none yet: it is started from the refusal, at the level that is asked for
  await drag(page, key, () => at(cellOf(page, 'Test'), 0.5, 0.3));
  const dialog = page.getByRole('dialog', { name: /is it ready/ });
  await expect(dialog).toContainText('This card has no checklist yet.');
  await expect(dialog.getByRole('button', { name: 'Start the checklist' })).toBeFocused();
  expect(await b.order('Test')).toEqual([]);
  await dialog.getByRole('button', { name: 'Start the checklist' }).click();
  await page.waitForURL(/\/checklists\/lst_/);
  const id = page.url().split('/').pop() as string;

  // open: what blocks is listed, with the way there
  await page.goto(`/b/${b.id}`);
  await ready(page);
  await linkOf(page, key).focus();
  await page.keyboard.press('Shift+ArrowRight');
  const { blocking, topics } = await of(api, id);
  await expect(dialog.getByRole('list', { name: `${blocking} open questions` })).toContainText('F1');
  await expect(dialog.getByRole('link', { name: 'Open the checklist' })).toBeFocused();
  await clean(page, 'a checklist keeps a card out', ['[data-card]']);
  await dialog.getByRole('button', { name: 'Leave it where it is' }).click();
  await expect(linkOf(page, key)).toBeFocused();

  // explained by one and understood by another, it comes in
  for (const item of topics.flatMap((x) => x.items).filter((i) => i.blocks)) {
    const path = `/checklists/${id}/items/${item.key}`;
    const said = await send<{ items: { rev: number }[] }>(api, 'put', `${path}/answer`, { text: 'None.', evidence: [], base: item.rev });
    await send(bo.api, 'post', `${path}/open`, {});
    await send(bo.api, 'post', `${path}/understand`, { rev: said.items[0]?.rev, without: 'Shown at the meeting' });
  }
  expect((await of(api, id)).blocking).toBe(0);
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => b.order('Test')).toEqual([key]);
  await expect(dialog).toHaveCount(0);
});

test('entry: a waiver says why, and stands in the history and on the checklist', async ({ as }) => {
  const [ana, goro] = await Promise.all([as('ana'), as('goro')]);
  const { page, api } = ana;
  const b = await makeBoard(api, { cards: { Build: ['One-tap pay'] } });
  const key = b.keys['One-tap pay'] as string;
  await send(api, 'patch', `/columns/${b.columns.Test}`, { checklist: { level: 'critical', phase: 'post_launch' } });
  const { id } = await send<View>(api, 'post', '/checklists', { kind: 'card', cardId: key, level: 'standard' });

  // who may not waive is told who may, on the card's own page too
  await goro.page.goto(`/c/${key}`);
  await goro.page.getByRole('button', { name: /Where.*Build/ }).click();
  const form = goro.page.locator('form').filter({ hasText: 'Place in the column' });
  await form.getByRole('combobox').first().selectOption({ label: 'Test' });
  await form.getByRole('button', { name: 'Move it there' }).click();
  await expect(form).toContainText('A lead, a liaison or an administrator can let it in without');
  await expect(form.getByRole('link', { name: /^and \d+ more$/ })).toHaveAttribute('href', `/checklists/${id}`);
  await expect(form).toContainText('This column asks for critical; the checklist is at standard.');
  const list = form.getByRole('list', { name: /open questions$/ });
  await expect(list.locator('code')).toHaveText(['F1', 'F2', 'F3', 'F5', 'F6', 'F7']);
  await expect(list.getByText('Functionality', { exact: true })).toHaveCount(1);
  expect(await list.evaluate((el) => getComputedStyle(el).overflowY), 'nothing scrolls inside').toBe('visible');
  await expect(form.getByRole('button', { name: 'Let it in without' })).toHaveCount(0);

  // the one who may is asked why; whoever has the checklist before them sees it at once
  await goro.page.goto(`/checklists/${id}`);
  await page.goto(`/b/${b.id}`);
  await ready(page);
  await linkOf(page, key).focus();
  await page.keyboard.press('Shift+ArrowRight');
  const dialog = page.getByRole('dialog', { name: /is it ready/ });
  await dialog.getByRole('button', { name: 'Let it in without' }).click();
  await dialog.getByRole('button', { name: 'Move it' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Say why');
  await dialog.getByRole('textbox', { name: 'Why may it come in without?' }).fill('The sale is on Friday');
  await dialog.getByRole('button', { name: 'Move it' }).click();
  await expect.poll(() => b.order('Test')).toEqual([key]);
  await expect(goro.page.getByText('Ana Ruiz let the card into Test without it')).toContainText('The sale is on Friday');
  await clean(goro.page, 'a checklist that was waived');
  expect((await of(api, id)).waived?.[0]?.person.name).toBe('Ana Ruiz');
  await page.goto(`/c/${key}`);
  await page.getByRole('heading', { name: /^History/ }).click();
  await expect(page.getByText('waived liaison checklist at level critical, all questions').first()).toBeVisible();

  // the definition of workflow tells it too
  await page.goto(`/b/${b.id}/workflow`);
  await expect(page.getByText('Liaison checklist at level critical, all questions')).toBeVisible();
});

test('entry: what a developer says does not apply is on the record; pushed back by operations, it keeps the card out', async ({ as }) => {
  const [ana, goro, bo] = await Promise.all([as('ana'), as('goro'), as('bo')]);
  const b = await makeBoard(ana.api, { cards: { Build: ['One-tap pay', 'Refund by link'] } });
  await send(ana.api, 'patch', `/columns/${b.columns.Test}`, { checklist: { level: 'light', phase: 'design' } });
  /** Goro begins a card's checklist and says of all that is asked that it does not apply. */
  const emptied = async (title: string) => {
    const { id, topics } = await send<View>(goro.api, 'post', '/checklists', { kind: 'card', cardId: b.keys[title], level: 'light' });
    const keys = topics.flatMap((x) => x.items.filter((i) => i.blocks).map((i) => i.key));
    for (const key of keys) await send(goro.api, 'post', `/checklists/${id}/items/${key}/not-applicable`, { why: `Not for ${title}` });
    return { id, keys };
  };
  const cards = { one: await emptied('One-tap pay'), two: await emptied('Refund by link') };
  const [first, ...others] = cards.one.keys as [string, ...string[]];

  // the liaison hears of it, sees by whose word, and asks back
  await expect.poll(async () => JSON.stringify(await send(bo.api, 'get', '/notices'))).toContain(`Said not to apply: One-tap pay, ${first}`);
  await bo.page.goto(`/checklists/${cards.one.id}`);
  const side = bo.page.getByRole('complementary', { name: 'Topics' });
  await expect(side).toContainText(`${cards.one.keys.length} said not to apply, by Goro Ito: ${first}`);
  await side.getByRole('button', { name: others[0], exact: true }).click();
  await expect(bo.page.locator(`#item-${others[0]}`)).toContainText('Not applicable: Not for One-tap pay');
  await side.getByRole('button', { name: first, exact: true }).click();
  await clean(bo.page, 'what is said not to apply');
  await bo.page.locator(`#item-${first}`).getByRole('button', { name: 'Push back' }).click();
  const dialog = bo.page.getByRole('dialog', { name: `Push back: ${first}` });
  await expect(dialog).toContainText('Goro Ito is told');
  await dialog.getByRole('textbox', { name: 'Why may it apply all the same?' }).fill('Support uses it from Monday.');
  await dialog.getByRole('button', { name: 'Push back' }).click();
  await expect.poll(async () => (await of(bo.api, cards.one.id)).blocking).toBe(1);

  // refused: the column says what is open, and how much of the rest nobody has understood
  const { page } = goro;
  await page.goto(`/c/${b.keys['One-tap pay']}`);
  await page.getByRole('button', { name: /Where.*Build/ }).click();
  const form = page.locator('form').filter({ hasText: 'Place in the column' });
  await form.getByRole('combobox').first().selectOption({ label: 'Test' });
  await form.getByRole('button', { name: 'Move it there' }).click();
  await expect(form.getByRole('list', { name: '1 open question' })).toContainText('pushed back');
  await expect(form).toContainText(`Not counted as open: ${others.length} do not apply.`);
  await clean(page, 'a card is kept out on its own page');
  await page.setViewportSize({ width: 390, height: 844 });
  const [inner, outer] = [await form.getByRole('list').first().boundingBox(), await page.locator('main').boundingBox()];
  expect((inner?.x ?? 999) - (outer?.x ?? 0), 'it is not indented on a phone').toBeLessThan(60);
  await page.setViewportSize({ width: 1440, height: 900 });

  // the developer, who said so, takes it no further alone: the same reason is not taken, and a gap is for the other side
  const again = await goro.api.post(`/api/v1/checklists/${cards.one.id}/items/${first}/not-applicable`, { data: { why: 'not for one-tap pay' } });
  expect([again.status(), (await again.json()).code]).toEqual([409, 'same_reason']);
  await page.goto(`/checklists/${cards.one.id}?item=${first}`);
  await expect(page.locator(`#item-${first}`)).toContainText('Support uses it from Monday.');
  await expect(page.getByRole('button', { name: 'Not applicable', exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Accept a gap' })).toHaveCount(0);
  await page.locator(`#item-${first}`).getByRole('button', { name: 'Answer', exact: true }).click();
  await page.getByRole('form', { name: `Answer to ${first}` }).getByRole('textbox', { name: 'In words' }).fill('Support sees it first.');
  await page.getByRole('form', { name: `Answer to ${first}` }).getByRole('button', { name: 'Save', exact: true }).click();
  await expect.poll(async () => (await of(bo.api, cards.one.id)).topics.flatMap((x) => x.items).find((i) => i.key === first)?.rev).toBe(2);

  // nobody asked back: let in, and the record says how much of it nobody has understood
  const key = b.keys['Refund by link'] as string;
  await page.goto(`/b/${b.id}`);
  await ready(page);
  await linkOf(page, key).focus();
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => b.order('Test')).toEqual([key]);
  await page.goto(`/c/${key}`);
  const n = cards.two.keys.length;
  await expect(page.getByRole('region', { name: 'Checklists' })).toContainText(`nothing blocks · ${n} do not apply`);
  await page.getByRole('heading', { name: /^History/ }).click();
  await expect(page.getByText(`complete: liaison checklist at level light, the questions of the design: ${n} do not apply (${cards.two.keys.slice(0, 8).join(', ')}`).first()).toBeVisible();
});

test('the demo: of two cards that are prepared one comes in with its checklist, and one does not', async ({ as }) => {
  const { page, api } = await as('ana');
  const { items } = await send<{ items: { id: string; name: string }[] }>(api, 'get', '/boards');
  await page.goto(`/b/${items.find((b) => b.name === 'Launches')!.id}`);
  await ready(page);
  const card = (title: string) => page.locator('[data-card]').filter({ hasText: title }).getByRole('link').first();
  await card('Receipts in the shopper').focus();
  await page.keyboard.press('Shift+ArrowRight');
  const dialog = page.getByRole('dialog', { name: /is it ready/ });
  await expect(dialog).toContainText('This card has no checklist yet.');
  await dialog.getByRole('button', { name: 'Leave it where it is' }).click();
  await card('Delivery on Sundays').focus();
  await page.keyboard.press('Shift+ArrowRight');
  await expect(cellOf(page, 'Going live').getByText('Delivery on Sundays')).toBeVisible();
  await expect(dialog).toHaveCount(0);
});
