import { clean } from './support/axe';
import { makeBoard } from './support/boards';
import { heard, listen } from './support/ears';
import { at, carry, drag } from './support/pointer';
import { cardOf, cellOf, expect, inHead, inMenu, linkOf, ready, test } from './support/test';

const COLUMNS = [
  { name: 'Ready', kind: 'queue' as const },
  { name: 'Build', kind: 'active' as const, wip: { mode: 'reason' as const, max: 2 } },
  { name: 'Review', kind: 'active' as const, policy: 'A second pair of eyes.', checks: ['Tests are green', 'Runbook linked'] },
  { name: 'Done', kind: 'done' as const },
];

test('policies: a column says before the drop that it asks; drag, keyboard and menu ask the same; what was said stands in the history', async ({ as }) => {
  const { page, api } = await as('goro');
  const ana = await as('ana');
  const b = await makeBoard(ana.api, { columns: COLUMNS, cards: { Build: ['one', 'two'], Ready: ['three'] } });
  const [one, two, three] = ['one', 'two', 'three'].map((x) => b.keys[x] as string) as [string, string, string];
  await page.goto(`/b/${b.id}`);
  await ready(page);
  const dialog = page.getByRole('dialog', { name: /is it ready/ });
  const tick = (name: string) => dialog.getByRole('checkbox', { name });

  // by mouse: said before the release, asked after it, and the card stays when one thinks better of it
  await carry(page, one, () => at(cellOf(page, 'Review'), 0.5, 0.3));
  await expect(cellOf(page, 'Review').getByText('asks 2 things')).toBeVisible();
  await page.mouse.up();
  await expect(dialog.getByText('A second pair of eyes.')).toBeVisible();
  await expect(tick('Tests are green')).toBeFocused();
  await expect(dialog.getByText('A lead, a liaison or an administrator')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Let it in without' })).toHaveCount(0);
  await clean(page, 'checks are asked', ['[data-card]']);
  await dialog.getByRole('button', { name: 'Leave it where it is' }).click();
  expect(await b.order('Review')).toEqual([]);

  // by keyboard: half is not enough
  await linkOf(page, one).focus();
  await page.keyboard.press('Shift+ArrowRight');
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Space');
  await dialog.getByRole('button', { name: 'Move it' }).click();
  await expect(dialog.getByRole('alert')).toBeVisible();
  await tick('Runbook linked').press('Space');
  await page.keyboard.press('Enter');
  await expect.poll(() => b.order('Review')).toEqual([one]);
  await expect(linkOf(page, one)).toBeFocused();

  // by menu
  await linkOf(page, two).focus();
  await page.keyboard.press('.');
  await inMenu(page);
  await page.getByRole('menuitem', { name: /^Review/ }).click();
  await tick('Tests are green').check();
  await tick('Runbook linked').check();
  await dialog.getByRole('button', { name: 'Move it' }).click();
  await expect.poll(() => b.order('Review')).toEqual([one, two]);

  // taken back without a question, and the history tells what was checked
  await page.keyboard.press('Control+z');
  await expect.poll(() => b.order('Build')).toEqual([two]);
  const detail = await (await api.get(`/api/v1/cards/${one}`)).json();
  expect(JSON.stringify(detail.history)).toContain('checked “Tests are green”, “Runbook linked”');

  // a new card in that column is asked about too
  await inHead(page, 'Add a card to Review');
  await page.keyboard.type('A fourth');
  await page.keyboard.press('Enter');
  await tick('Tests are green').check();
  await tick('Runbook linked').check();
  await dialog.getByRole('button', { name: 'Move it' }).click();
  await expect(cellOf(page, 'Review').locator('[data-card]')).toHaveCount(2);
  expect(three).not.toBe('');
});

test('policies: a lead writes checks down and lets a card in without, saying why', async ({ as }) => {
  const { page, api } = await as('ana');
  const b = await makeBoard(api, { cards: { Build: ['one'] } });
  const key = b.keys.one as string;
  await page.goto(`/b/${b.id}`);
  await ready(page);
  await inHead(page, 'Column Test: more');
  await page.getByRole('menuitem', { name: 'Edit column' }).click();
  await page.getByRole('button', { name: 'Add a check' }).click();
  await page.keyboard.type('Liaison has seen it');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('dialog[open]')).toHaveCount(0);
  await drag(page, key, () => at(cellOf(page, 'Test'), 0.5, 0.3));
  const dialog = page.getByRole('dialog', { name: /is it ready/ });
  await dialog.getByRole('button', { name: 'Let it in without' }).click();
  await page.keyboard.type('The page is static');
  await dialog.getByRole('button', { name: 'Move it' }).click();
  await expect.poll(() => b.order('Test')).toEqual([key]);
  await page.goto(`/c/${key}`);
  await page.getByRole('heading', { name: /^History/ }).click();
  await expect(page.getByText('waived “Liaison has seen it”: “The page is static”').first()).toBeVisible();
});

test('pull next: the first card that limits allow becomes mine; when nothing can be pulled the page says why and links what to help with', async ({ as }) => {
  const { page, api } = await as('ana');
  const b = await makeBoard(api, { columns: COLUMNS, cards: { Ready: ['one', 'two'], Build: ['old'] } });
  await listen(page);
  await page.goto(`/b/${b.id}`);
  await ready(page);
  await page.keyboard.press('p');
  await expect.poll(() => b.order('Build')).toEqual([b.keys.old, b.keys.one]);
  await expect(linkOf(page, b.keys.one as string)).toBeFocused();
  await expect(cardOf(page, b.keys.one as string).getByTitle(/Ana Ruiz/).first()).toBeVisible();
  await expect.poll(async () => (await heard(page)).join(' | ')).toContain(`You pulled ${b.keys.one} into Build`);
  await page.getByRole('button', { name: 'Pull next' }).click();
  const dialog = page.getByRole('dialog', { name: 'Nothing to pull' });
  await expect(dialog).toContainText('Build is full');
  await clean(page, 'nothing to pull', ['[data-card]']);
  await dialog.getByRole('button', { name: b.keys.old }).click();
  await expect(page.locator('aside h2')).toContainText('old');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Undo/ }).first().click();
  await expect.poll(() => b.order('Ready')).toEqual([b.keys.one, b.keys.two]);
  await expect.poll(async () => (await b.snapshot()).cards.find((c) => c.key === b.keys.one)?.ownerIds).toEqual([]);
});

test('the first five places: everybody sees who changed them; whoever did may say why', async ({ as }) => {
  const { page, api } = await as('ana');
  const b = await makeBoard(api, { cards: { Ready: ['a', 'b', 'c'] } });
  await page.goto(`/b/${b.id}`);
  await ready(page);
  await linkOf(page, b.keys.c as string).focus();
  await page.keyboard.press('Control+Shift+ArrowUp');
  const note = page.getByRole('button', { name: /Order changed by Ana Ruiz/ });
  await note.click();
  const why = page.getByRole('textbox', { name: `Why is ${b.keys.c} elsewhere now?` });
  await why.fill('The sale is on Friday');
  await clean(page, 'order of the queue', ['[data-card]']);
  await why.press('Enter');
  await expect(page.getByText('The sale is on Friday')).toBeVisible();
  await expect(why).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(note).toBeFocused();
});

test('definition of workflow: the six parts from the board’s own settings, dated, with ways to change them, and fit for paper', async ({ as }) => {
  const { page, api } = await as('ana');
  const b = await makeBoard(api, { columns: COLUMNS, name: 'Written down', cards: { Ready: ['one'] } });
  await api.patch(`/api/v1/columns/${b.columns.Build}`, { data: { wip: { max: 4 } } });
  await page.goto(`/b/${b.id}`);
  await ready(page);
  await page.getByRole('button', { name: 'More of this board' }).click();
  await page.getByRole('menuitem', { name: 'Definition of workflow' }).click();
  await expect(page.getByRole('heading', { level: 2 })).toHaveCount(6);
  await expect(page.getByText('A card counts as started when it first enters Build')).toBeVisible();
  await expect(page.getByText(/At most 4; more needs a reason.*by Ana Ruiz · before: at most 2; more needs a reason/)).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Runbook linked' })).toBeVisible();
  await clean(page, 'definition of workflow');
  await api.patch(`/api/v1/boards/${b.id}`, { data: { workItems: 'One change that a customer notices' } });
  await expect(page.getByText('One change that a customer notices'), 'live').toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden();
  await expect(page.getByRole('heading', { name: 'What can be expected' })).toBeVisible();
  await page.emulateMedia({ media: null });
  await page.getByRole('link', { name: 'Change Review' }).first().click();
  await expect(page.getByRole('dialog', { name: 'Edit column Review' })).toBeVisible();
});
