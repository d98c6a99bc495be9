import { makeBoard, send } from './support/boards';
import { focusedKey, heard, listen, toasts } from './support/ears';
import { cardOf, expect, linkOf, ready, test } from './support/test';

const bar = 'Selected cards';

test('11 X selects, Shift and a click selects up to there, the bar changes all or none, Escape clears', async ({ as }) => {
  const { page, api } = await as('ana');
  await listen(page);
  const b = await makeBoard(api, {
    columns: [
      { name: 'Ready', kind: 'queue' },
      { name: 'Build', kind: 'active', wip: { mode: 'hard', max: 2 } },
      { name: 'Review', kind: 'active', wip: { mode: 'reason', max: 1 } },
      { name: 'Done', kind: 'done' },
    ],
    cards: { Ready: ['one', 'two', 'three', 'four'] },
  });
  const k = (title: string) => b.keys[title] as string;
  await page.goto(`/b/${b.id}`);
  await ready(page);
  await linkOf(page, k('one')).focus();
  await page.keyboard.press('x');
  await expect(page.getByRole('group', { name: bar })).toContainText('1 selected');
  await linkOf(page, k('three')).click({ modifiers: ['Shift'] });
  await expect(page.getByRole('group', { name: bar })).toContainText('3 selected');
  await expect(page, 'a click with Shift opens nothing').not.toHaveURL(/card=/);

  // three do not fit into a hard limit of two: none goes, and it is said which one stopped it
  await page.getByRole('group', { name: bar }).getByRole('button', { name: 'Move' }).click();
  const move = page.getByRole('dialog', { name: 'Move 3 cards to' });
  await expect(move.getByRole('button', { name: /^Build/ })).toContainText('full');
  await move.getByRole('button', { name: /^Build/ }).click();
  await expect(toasts(page)).toContainText(`${k('three')}: Build is full: 2 of 2`);
  await expect(toasts(page)).toContainText('None of the cards was changed.');
  expect(await b.order('Ready')).toEqual([k('one'), k('two'), k('three'), k('four')]);

  // one reason for all where a limit asks for it
  await page.keyboard.press('m');
  await move.getByRole('button', { name: /^Review/ }).click();
  const why = page.getByRole('dialog', { name: '3 cards to Review: why now?' });
  await why.getByRole('textbox').fill('Release day');
  await why.getByRole('button', { name: 'Move it' }).click();
  await expect.poll(() => b.order('Review')).toEqual([k('one'), k('two'), k('three')]);
  expect((await heard(page)).at(-1)).toBe('3 cards moved to Review');

  // taken back as one, and done again as one, with the same reason
  await page.keyboard.press('Control+z');
  await expect.poll(() => b.order('Ready')).toEqual([k('one'), k('two'), k('three'), k('four')]);
  await page.keyboard.press('Control+Shift+Z');
  await expect.poll(() => b.order('Review')).toEqual([k('one'), k('two'), k('three')]);

  // labels, owners and class
  await page.keyboard.press('l');
  const labels = page.getByRole('dialog', { name: 'Labels of 3 cards' });
  await labels.getByRole('textbox').fill('release');
  await labels.getByRole('textbox').press('Enter');
  await expect.poll(async () => (await b.snapshot()).cards.filter((c) => c.labels.includes('release')).length).toBe(3);
  await labels.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('group', { name: bar }).getByRole('button', { name: 'Class' }).click();
  await page.getByRole('dialog', { name: 'Class of 3 cards' }).getByRole('button', { name: 'Intangible' }).click();
  await expect.poll(async () => (await b.snapshot()).cards.filter((c) => c.class === 'intangible').length).toBe(3);

  // archive; the way back is behind Undo, and the bar is gone with its cards
  await page.getByRole('group', { name: bar }).getByRole('button', { name: 'Archive' }).click();
  await expect.poll(async () => (await b.snapshot()).cards.length).toBe(1);
  await expect(page.getByRole('group', { name: bar })).toBeHidden();
  await toasts(page).filter({ hasText: '3 cards archived' }).getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => (await b.snapshot()).cards.length).toBe(4);

  await linkOf(page, k('four')).focus();
  await page.keyboard.press('x');
  await expect(page.getByRole('group', { name: bar })).toContainText('1 selected');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('group', { name: bar })).toBeHidden();
  expect(await focusedKey(page)).toBe(k('four'));
});

test('12 Ctrl Z and Ctrl Shift Z take own changes back and do them again, and leave alone what somebody changed since', async ({ as }) => {
  const { page, api } = await as('ana');
  await listen(page);
  const b = await makeBoard(api, { cards: { Ready: ['mine', 'other'], Build: ['third'] } });
  const k = (title: string) => b.keys[title] as string;
  const face = async (key: string) => (await b.snapshot()).cards.find((c) => c.key === key);
  await page.goto(`/b/${b.id}`);
  await ready(page);

  // twice the same card: it goes back the way it came
  await linkOf(page, k('mine')).focus();
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => b.order('Build')).toContain(k('mine'));
  await expect.poll(() => focusedKey(page)).toBe(k('mine'));
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => b.order('Test')).toContain(k('mine'));
  await page.keyboard.press('Control+z');
  await expect.poll(() => b.order('Build')).toContain(k('mine'));
  await page.keyboard.press('Control+z');
  await expect.poll(() => b.order('Ready')).toContain(k('mine'));
  await page.keyboard.press('Control+Shift+Z');
  await expect.poll(() => b.order('Build')).toContain(k('mine'));
  await page.keyboard.press('Control+Shift+Z');
  await expect.poll(() => b.order('Test')).toContain(k('mine'));

  // a blocker and an archived card
  await linkOf(page, k('third')).focus();
  await page.keyboard.press('i');
  await expect.poll(async () => (await face(k('third')))?.ownerIds.length).toBe(1);
  await page.keyboard.press('#');
  await expect.poll(() => face(k('third'))).toBeUndefined();
  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await face(k('third')))?.key).toBe(k('third'));
  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await face(k('third')))?.ownerIds.length).toBe(0);

  // somebody else was here: their words stay, and the page says so
  await linkOf(page, k('other')).focus();
  await page.keyboard.press('t');
  await page.keyboard.type('My words');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await face(k('other')))?.title).toBe('My words');
  const bo = await as('bo');
  await send(bo.api, 'patch', `/cards/${k('other')}`, { title: 'Their words' });
  await expect(cardOf(page, k('other'))).toContainText('Their words');
  await page.keyboard.press('Control+z');
  await expect(toasts(page).filter({ hasText: `changed ${k('other')} since, so it stays as it is` })).toBeVisible();
  expect((await face(k('other')))?.title).toBe('Their words');
});
