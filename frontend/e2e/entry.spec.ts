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
  await expect(form.getByText(/^and \d+ more$/)).toBeAttached();
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
