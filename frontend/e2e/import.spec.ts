import { trelloFile } from './support/boards';
import { expect, ready, test } from './support/test';

/** A small board as Trello exports it: an archived card, a comment, a move, a checklist. */
function small(n = 6) {
  const file = trelloFile(n, 'Brought along', ['To do', 'Doing', 'Done']) as ReturnType<typeof trelloFile> & Record<string, unknown[]>;
  const [first, second] = file.cards as unknown as [Record<string, unknown>, Record<string, unknown>];
  second.closed = true;
  first.idChecklists = ['5f0000000000000000000c01'];
  file.checklists = [{ id: '5f0000000000000000000c01', idCard: first.id, name: 'Steps', pos: 1, checkItems: [{ id: '5f0000000000000000000c02', name: 'One', state: 'complete', pos: 1 }, { id: '5f0000000000000000000c03', name: 'Two', state: 'incomplete', pos: 2 }] }];
  file.actions = [
    { id: '5f0000000000000000000a02', type: 'commentCard', date: '2026-03-02T10:00:00.000Z', memberCreator: { id: 'm1', fullName: 'Rosa Former', username: 'rosa' }, data: { text: 'Kept from before', card: { id: first.id } } },
    { id: '5f0000000000000000000a01', type: 'updateCard', date: '2026-03-01T10:00:00.000Z', memberCreator: { id: 'm1', fullName: 'Rosa Former', username: 'rosa' }, data: { card: { id: first.id }, listBefore: { id: file.lists[1]?.id, name: 'Doing' }, listAfter: { id: file.lists[0]?.id, name: 'To do' }, old: { idList: file.lists[1]?.id } } },
  ];
  return Buffer.from(JSON.stringify(file));
}

test('import through the page: a dry run with its report, the import, and again, which brings nothing new', async ({ as }) => {
  const { page, api } = await as('ana');
  const boards = async () => (await (await api.get('/api/v1/boards')).json()).items as { name: string; columns: { count: number }[] }[];
  const before = (await boards()).length;
  const choose = async (name: string, buffer: Buffer) => {
    await page.getByLabel('File', { exact: true }).last().setInputFiles({ name, mimeType: 'application/json', buffer });
    await page.getByRole('button', { name: 'Dry run' }).click();
  };
  await page.goto('/import');
  await choose('board.json', small());
  const report = page.getByRole('region', { name: 'What would happen' });
  await expect(report).toBeVisible();
  for (const words of ['3 lists', '6 cards', '1 of them archived', '1 comment', '1 move', '1 of them backwards', '2 to-do items']) await expect(report.locator('.counts').getByText(words, { exact: true })).toBeVisible();
  for (const part of ['Kept', 'Changed', 'Left out']) await expect(report.getByRole('heading', { name: new RegExp(`^${part}`) })).toBeVisible();
  expect((await boards()).length, 'a dry run writes nothing').toBe(before);

  await page.getByRole('button', { name: 'Import “Brought along”' }).click();
  await expect(page.getByRole('heading', { name: '“Brought along” is imported.' })).toBeVisible();
  expect((await boards()).length).toBe(before + 1);
  await page.getByRole('button', { name: 'Open the board' }).click();
  await ready(page);
  await expect(page.locator('[data-card]')).toHaveCount(5);
  const key = ((await page.locator('[data-card] a[href^="/c/"]').first().getAttribute('href')) ?? '').replace('/c/', '');
  await page.goto(`/c/${key}`);
  await expect(page.getByText('Kept from before')).toBeVisible();
  await expect(page.getByText('Rosa Former').first()).toBeVisible();

  // the same file once more: nothing new, so there is nothing to press
  await page.goto('/import');
  await choose('board.json', small());
  await expect(page.getByRole('heading', { name: 'Everything in this file is here already.' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Import “/ })).toHaveCount(0);
  // and with one card more: only that one comes
  await page.goto('/import');
  await choose('board.json', small(7));
  await expect(page.getByText('6 cards are here already from an earlier import and will be left as they are.')).toBeVisible();
  await page.getByRole('button', { name: /^Import “/ }).click();
  await expect(page.getByText('6 cards were here already and stayed as they are.')).toBeVisible();
  const after = await boards();
  expect(after.length, 'no second board').toBe(before + 1);
  expect(after.find((b) => b.name === 'Brought along')?.columns.reduce((n, c) => n + c.count, 0)).toBe(6);

  // files that are no board are refused with a sentence, and change nothing
  for (const [name, text, says] of [
    ['broken.json', '{"name": "half', /JSON|read|broken|end/i],
    ['other.json', '{"hello": "world"}', /Trello|board/i],
    ['list.txt', 'not a board', /“list.txt” does not look like one/],
  ] as const) {
    await page.goto('/import');
    await choose(name, Buffer.from(text));
    const problem = page.getByRole('alert');
    await expect(problem, name).toContainText(says);
    await expect(problem, 'a sentence').toContainText(/\./);
    await expect(report).toHaveCount(0);
  }
  expect((await boards()).length).toBe(before + 1);
});
