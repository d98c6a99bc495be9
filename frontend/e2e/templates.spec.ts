import type { APIRequestContext } from '@playwright/test';
import { clean } from './support/axe';
import { makeBoard, send } from './support/boards';
import { at } from './support/pointer';
import { expect, test } from './support/test';

// What checklists begin with: written as a draft that saves itself, published in versions.

interface Question {
  key: string;
  topic: string;
  question: string;
  help?: string;
  retired?: boolean;
}
interface Template {
  version: number;
  newest: number;
  items: Question[];
  draft?: Question[];
}

const PATH = '/checklist-templates/ckt_launch';
const read = (api: APIRequestContext) => send<Template>(api, 'get', PATH);
const topicOf = (list: readonly Question[] | undefined, topic: string) =>
  (list ?? []).filter((q) => q.topic === topic).map((q) => q.key).join(' ');

test('a template: a question is written, moved, retired and published, and nobody’s words are lost', async ({ as }) => {
  const { page, api } = await as('mara');
  await page.goto('/checklists/templates/ckt_launch');
  const saved = page.getByRole('status').filter({ hasText: 'Draft saved' });
  await page.getByRole('button', { name: 'Add a question' }).click();
  await page.getByRole('textbox', { name: 'Question' }).fill('Who has tried it on a phone?');
  await page.getByRole('combobox', { name: 'Must be answered' }).selectOption({ label: 'Critical' });
  await page.getByRole('checkbox', { name: 'people' }).check();
  await page.getByRole('spinbutton', { name: /^People at least/ }).fill('2');
  await clean(page, 'a question is edited');
  await page.getByRole('textbox', { name: 'Question' }).press('Escape');
  await expect(saved).toBeVisible();
  expect((await read(api)).draft?.find((q) => q.key === 'F9')).toMatchObject({ question: 'Who has tried it on a phone?', from: 'critical', people: 2 });

  // by the keyboard and by the menu
  await page.getByRole('button', { name: 'Who has tried it on a phone?' }).press('Alt+ArrowUp');
  await page.getByRole('button', { name: 'More about F4' }).click();
  await page.getByRole('menuitem', { name: 'Ask it no more' }).click();
  await expect.poll(async () => topicOf((await read(api)).draft, 'functionality')).toBe('F1 F2 F3 F4 F5 F6 F7 F9 F8');
  await expect(saved).toBeVisible();

  // with the mouse, to and fro: the line shows where it goes
  const row = (key: string) => page.locator(`.ct-q[data-key="${key}"]`);
  const carry = async (from: string, to: string, down: number, edge: string) => {
    const [a, b] = [await at(row(from), 0.03), await at(row(to), 0.03, down)];
    await page.mouse.move(a.x, a.y);
    await page.mouse.down();
    await page.mouse.move(a.x, a.y - 12, { steps: 3 });
    await page.mouse.move(b.x, b.y, { steps: 8 });
    await page.mouse.move(b.x + 1, b.y);
    await expect(row(to)).toHaveAttribute('data-edge', edge);
    await page.mouse.up();
  };
  await carry('F3', 'F1', 0.1, 'top');
  await expect.poll(async () => topicOf((await read(api)).draft, 'functionality')).toBe('F3 F1 F2 F4 F5 F6 F7 F9 F8');
  await carry('F3', 'F2', 0.9, 'bottom');
  await expect.poll(async () => topicOf((await read(api)).draft, 'functionality')).toBe('F1 F2 F3 F4 F5 F6 F7 F9 F8');
  await expect(saved).toBeVisible();

  // somebody else saves the same draft between two strokes: both words stand, and the same field asks
  const now = await read(api);
  await page.getByRole('button', { name: 'What will users be able to do' }).click();
  await send(api, 'put', `${PATH}/draft`, {
    version: now.version,
    items: (now.draft ?? []).map((q) => (q.key === 'F2' ? { ...q, help: 'Theirs' } : q.key === 'F1' ? { ...q, question: 'Their first?' } : q)),
  });
  await page.getByRole('textbox', { name: 'Question' }).fill('My first?');
  await expect(page.getByText('Somebody wrote here meanwhile: “Their first?”')).toBeVisible();
  await expect.poll(async () => (await read(api)).draft?.slice(0, 2).map((q) => q.question + (q.key === 'F2' ? q.help : ''))).toEqual(['My first?', expect.stringMatching(/Theirs$/)]);
  await page.getByRole('button', { name: 'Keep mine' }).click();

  // published with a note; the version before stays as it was
  await page.getByRole('button', { name: 'Publish' }).click();
  const dialog = page.getByRole('dialog', { name: 'Publish version 3' });
  await expect(dialog.getByRole('listitem')).toHaveCount(4);
  await dialog.getByRole('button', { name: 'Publish' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Say what changed');
  await dialog.getByRole('textbox', { name: 'What changed, and why' }).fill('What the spring has taught us');
  await dialog.getByRole('button', { name: 'Publish' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'As published' })).toBeVisible();
  const v3 = await read(api);
  expect([v3.newest, v3.items.length, v3.draft]).toEqual([3, 64, undefined]);
  await page.getByRole('button', { name: /^Versions/ }).click();
  await page.getByRole('button', { name: 'What it changed' }).first().click();
  await expect(page.getByText('Their first?')).toHaveCount(0);
  await expect(page.getByText('My first?')).toBeVisible();
  await clean(page, 'versions of a template');
  await page.getByRole('button', { name: 'Show its questions' }).last().click();
  await expect(page.getByText('Version 1, as it was published')).toBeVisible();
  await expect(page.getByText('What will users be able to do')).toBeVisible();
});

test('a question is proposed from an incident and from a checklist, taken or declined, and who proposed it is told', async ({ as }) => {
  const [goro, mara] = await Promise.all([as('goro'), as('mara')]);
  const { page, api } = goro;
  const b = await makeBoard((await as('ana')).api, { cards: { Build: ['Pager storm'] } });
  const key = b.keys['Pager storm'] as string;
  const { version } = await send<{ version: number }>(api, 'get', `/cards/${key}`).then((x) => ('card' in x ? (x.card as { version: number }) : x));
  await send(api, 'patch', `/cards/${key}`, { type: 'incident', version });
  await page.goto(`/c/${key}`);
  await page.getByRole('button', { name: /^Add/, expanded: false }).last().click();
  await page.getByRole('menuitem', { name: 'Propose a checklist question' }).click();
  const dialog = page.getByRole('dialog', { name: 'Propose a question' });
  await dialog.getByRole('textbox', { name: 'The question' }).fill('Which alert has rung falsely this month?');
  await dialog.getByRole('button', { name: 'Propose it' }).click();
  await expect(dialog.getByText('Choose what it is about.')).toBeVisible();
  await clean(page, 'a question is proposed');
  await dialog.getByRole('textbox', { name: /What happened/ }).fill(`${key}: it rang four times for nothing`);
  await dialog.getByRole('combobox', { name: 'Topic' }).selectOption({ label: 'Metrics' });
  await dialog.getByRole('button', { name: 'Propose it' }).click();
  await expect(dialog).toHaveCount(0);

  const { id } = await send<{ id: string }>(api, 'post', '/checklists', { kind: 'card', cardId: key, level: 'light' });
  await page.goto(`/checklists/${id}?item=L2`);
  await page.getByRole('button', { name: 'Propose a question' }).click();
  await expect(dialog.getByRole('combobox', { name: 'Topic' })).toHaveValue('launch');
  await dialog.getByRole('textbox', { name: 'The question' }).fill('Who tells support?');
  await dialog.getByRole('textbox', { name: /What happened/ }).fill('Forty tickets that nobody expected');
  await dialog.getByRole('button', { name: 'Propose it' }).click();
  await expect(dialog).toHaveCount(0);

  // from an action of a retro that is over, too
  await page.goto('/retro');
  await page.getByRole('link', { name: 'Refunds, two weeks on' }).first().click();
  const from = page.getByRole('button', { name: 'Propose a checklist question from: Make the payout change a standard change' });
  await from.click();
  await expect(dialog.getByRole('textbox', { name: /What happened/ })).toHaveValue('Make the payout change a standard change');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(from).toBeFocused();

  const admin = mara.page;
  await admin.goto('/checklists/templates');
  await expect(admin.getByText('2 proposed')).toBeVisible();
  await admin.goto('/checklists/templates/ckt_launch?view=proposed');
  const of = (question: string) => admin.getByRole('listitem').filter({ hasText: question });
  await expect(of('Which alert').getByRole('link', { name: key })).toBeVisible();
  // how it is asked is said, and what comes of that for a standard checklist
  await of('Which alert').getByRole('button', { name: 'Take it into the draft' }).click();
  const take = admin.getByRole('dialog', { name: 'Take it into the draft' });
  await expect(take.getByRole('combobox', { name: 'Must be answered' })).toHaveValue('optional');
  await expect(take.getByRole('status')).toHaveText('A standard checklist asks 18 questions of a feature, as before.');
  await take.getByRole('combobox', { name: 'Must be answered' }).selectOption({ label: 'Standard and up' });
  await expect(take.getByRole('status')).toContainText('With it, a standard checklist asks 19 questions of a feature; now it is 18.');
  await expect(take.getByRole('status')).toContainText('More than 18');
  await clean(admin, 'a proposal is taken');
  await take.getByRole('combobox', { name: 'Must be answered' }).selectOption({ label: 'Critical' });
  await take.getByRole('combobox', { name: 'Blocks from' }).selectOption({ label: 'Design' });
  await take.getByRole('checkbox', { name: 'words' }).uncheck();
  await take.getByRole('button', { name: 'Take it', exact: true }).click();
  await expect(take.getByRole('alert')).toHaveText('Choose at least one.');
  await take.getByRole('checkbox', { name: 'number' }).check();
  await take.getByRole('button', { name: 'Take it', exact: true }).click();
  await expect(of('Which alert')).toContainText('taken as M10');
  await of('Who tells support').getByRole('button', { name: 'Decline' }).click();
  await admin.getByRole('textbox', { name: 'Why not?' }).fill('L6 asks that already');
  await admin.getByRole('dialog').getByRole('button', { name: 'Decline' }).click();
  await expect(of('Who tells support')).toContainText('L6 asks that already');
  await clean(admin, 'proposals');
  expect((await read(mara.api)).draft?.find((q) => q.key === 'M10')).toMatchObject({ from: 'critical', phase: 'design', evidence: ['number'], question: 'Which alert has rung falsely this month?' });

  // where it comes from stays, also when it is edited: in the draft, and in a checklist that asks it
  await admin.getByRole('button', { name: 'Questions' }).click();
  await admin.getByRole('button', { name: /^Metrics/ }).click();
  const asked = admin.locator('.ct-q[data-key="M10"]');
  await expect(asked).toContainText(`From ${key}: ${key}: it rang four times for nothing`);
  await asked.getByRole('button', { name: 'Which alert' }).click();
  // and it can depend on what is asked before it, by its words
  const only = asked.getByRole('combobox', { name: 'Asked only if' });
  await expect(only.locator('optgroup')).toHaveCount(3);
  await expect(only.locator('optgroup[label="Metrics"] option')).toHaveCount(9);
  await only.selectOption({ label: 'F1  What will users be able to do that they cannot do today?' });
  await asked.getByRole('textbox', { name: 'Question' }).fill('Which alert has rung falsely of late?');
  await expect(admin.getByRole('status').filter({ hasText: 'Draft saved' })).toBeVisible();
  await admin.getByRole('button', { name: 'Publish' }).click();
  await admin.getByRole('dialog').getByRole('textbox', { name: 'What changed, and why' }).fill('After the pager storm');
  await admin.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
  await expect(admin.getByRole('status').filter({ hasText: 'As published' })).toBeVisible();
  const next = await send<{ id: string }>(api, 'post', '/checklists', { kind: 'launch', teamId: (await send<{ team: { id: string } }>(api, 'get', `/checklists/${id}`)).team.id, name: 'The next one', level: 'critical', launchOn: '2031-03-01' });
  await page.goto(`/checklists/${next.id}?item=M10`);
  await expect(page.locator('#item-M10')).toContainText(`From ${key}: ${key}: it rang four times for nothing · Goro Ito`);
  await page.locator('#item-M10').getByRole('link', { name: key }).click();
  await expect(page).toHaveURL(`/c/${key}`);

  await page.goto('/inbox');
  await page.getByRole('link', { name: /Your item was not taken/ }).first().click();
  await expect(page.getByText('L6 asks that already')).toBeVisible();
});

test('a template of a team’s own begins with everybody’s, and says that it is a draft', async ({ as }) => {
  const { page } = await as('ana');
  await page.goto('/checklists/templates');
  await page.getByRole('button', { name: 'New template' }).click();
  const dialog = page.getByRole('dialog', { name: 'New template' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Checkout, our way');
  await expect(dialog.getByRole('combobox', { name: 'Begins with' })).toHaveValue('ckt_launch');
  await clean(page, 'a template is made');
  await dialog.getByRole('button', { name: 'Make it' }).click();
  await expect(page.getByRole('heading', { name: 'What will users be able to do' })).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'Draft saved, not published yet' })).toBeVisible();
  await expect(page.getByText('As published')).toHaveCount(0);
  await page.goto('/checklists/templates');
  await expect(page.getByRole('listitem').filter({ hasText: 'Checkout, our way' })).toContainText('Draft, not published yet');
  // or with nothing, when somebody says so
  await page.getByRole('button', { name: 'New template' }).click();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('From nothing');
  await dialog.getByRole('combobox', { name: 'Begins with' }).selectOption({ label: 'nothing, I write them myself' });
  await dialog.getByRole('button', { name: 'Make it' }).click();
  await expect(page.getByText('No question about this yet.')).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'not published yet' })).toBeVisible();
});

test('a running checklist sees what the newer version asks, and where that comes from', async ({ as }) => {
  const { page, api } = await as('ana');
  const lists = await send<{ items: { id: string; name: string }[] }>(api, 'get', '/checklists');
  await page.goto(`/checklists/${lists.items.find((x) => x.name.startsWith('One-tap'))!.id}?item=O10`);
  // however far down a question is, its topic's name stands whole above it
  await page.setViewportSize({ width: 1440, height: 640 });
  await page.reload();
  await expect(page.locator('#item-O10')).toBeInViewport();
  const [top, name] = await Promise.all([page.locator('header.top').boundingBox(), page.getByRole('heading', { name: 'Operability' }).boundingBox()]);
  expect(name!.y).toBeGreaterThanOrEqual(top!.y + top!.height);
  await page.getByRole('button', { name: 'v2 is there' }).click();
  const dialog = page.getByRole('dialog', { name: 'From version 1 to 2' });
  await expect(dialog.getByRole('listitem').filter({ hasText: 'O11' })).toContainText('From a retro of Payments');
  await expect(dialog.getByRole('link', { name: /^a retro of Payments/ })).toHaveAttribute('href', /\/retro\/ret_/);
  await clean(page, 'a newer version');
});

test('what is missing to begin a launch is said at its field', async ({ as }) => {
  const { page } = await as('ana');
  await page.goto('/checklists');
  await page.getByRole('button', { name: 'Checklist for a launch' }).click();
  const dialog = page.getByRole('dialog', { name: 'Checklist for a launch' });
  await expect(dialog.getByRole('radio', { name: /^Standard/ })).toBeChecked();
  await dialog.getByRole('button', { name: 'Start the checklist' }).click();
  const name = dialog.locator('label.field').filter({ hasText: 'What is launched' });
  await expect(name.getByRole('alert')).toHaveText('Say what is launched.');
  await expect(name.getByRole('textbox')).toBeFocused();
  await expect(dialog.locator('label.field').filter({ hasText: 'Launch day' }).getByRole('alert')).toHaveText('Say on which day.');
  await clean(page, 'a launch that lacks its name and its day');
  await name.getByRole('textbox').fill('Gift cards by post');
  await expect(name.getByRole('alert')).toHaveCount(0);
  await dialog.locator('input[type=date]').fill('2031-03-01');
  await dialog.getByRole('button', { name: 'Start the checklist' }).click();
  await expect(page).toHaveURL(/\/checklists\/lst_/);
});
