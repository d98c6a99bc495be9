import type { APIRequestContext } from '@playwright/test';
import { clean } from './support/axe';
import { send } from './support/boards';
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
  const dialog = page.getByRole('dialog', { name: 'Publish version 2' });
  await expect(dialog.getByRole('listitem')).toHaveCount(4);
  await dialog.getByRole('button', { name: 'Publish' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Say what changed');
  await dialog.getByRole('textbox', { name: 'What changed, and why' }).fill('What the spring has taught us');
  await dialog.getByRole('button', { name: 'Publish' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'As published' })).toBeVisible();
  const v2 = await read(api);
  expect([v2.newest, v2.items.length, v2.draft]).toEqual([2, 63, undefined]);
  await page.getByRole('button', { name: /^Versions/ }).click();
  await page.getByRole('button', { name: 'What it changed' }).click();
  await expect(page.getByText('Their first?')).toHaveCount(0);
  await expect(page.getByText('My first?')).toBeVisible();
  await clean(page, 'versions of a template');
  await page.getByRole('button', { name: 'Show its questions' }).last().click();
  await expect(page.getByText('Version 1, as it was published')).toBeVisible();
  await expect(page.getByText('What will users be able to do')).toBeVisible();
});
