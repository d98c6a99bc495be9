import { makeBoard, send } from './support/boards';
import { focusedKey } from './support/ears';
import { expect, linkOf, ready, test } from './support/test';

test('29 peek keeps the board’s scroll and focus, its width is kept, and the full page has the same content', async ({ as }) => {
  const { page, api } = await as('ana');
  const b = await makeBoard(api, { cards: { Ready: Array.from({ length: 24 }, (_, i) => `Card ${i}`) } });
  const key = b.keys['Card 15'] as string;
  await send(api, 'patch', `/cards/${key}`, { description: 'What **this** is about' });
  await send(api, 'post', `/cards/${key}/comments`, { text: 'A first remark' });
  await page.goto(`/b/${b.id}`);
  await ready(page);
  const scroller = page.locator('[data-board]').last();
  await linkOf(page, b.keys['Card 0'] as string).focus();
  for (let i = 0; i < 15; i++) await page.keyboard.press('ArrowDown');
  await expect.poll(() => focusedKey(page)).toBe(key);
  await page.waitForTimeout(100);
  const top = await scroller.evaluate((e) => e.scrollTop);
  expect(top).toBeGreaterThan(100);
  await page.keyboard.press('Enter');
  const peek = page.locator('aside[aria-label^="Card"]');
  await expect(peek.getByText('A first remark')).toBeVisible();
  expect(await scroller.evaluate((e) => e.scrollTop)).toBe(top);
  await expect(linkOf(page, key), 'the board stays in use beside it').toBeVisible();

  const grip = page.getByRole('separator', { name: 'Width of the card panel' });
  const width = async () => (await peek.boundingBox())?.width ?? 0;
  const before = await width();
  await grip.focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(width, 'wider with the arrow keys').toBeGreaterThan(before + 10);
  const box = await grip.boundingBox();
  if (!box) throw new Error('no grip');
  const wide = await width();
  await page.mouse.move(box.x + box.width / 2, box.y + 200);
  await page.mouse.down();
  await page.mouse.move(box.x - 80, box.y + 200, { steps: 4 });
  await page.mouse.up();
  await expect.poll(width, 'and with the mouse').toBeGreaterThan(wide + 40);
  const kept = await width();

  const said = async (where: typeof peek) => ({
    title: await where.locator('h2').first().innerText(),
    parts: (await where.getByRole('heading', { level: 3 }).allInnerTexts()).map((x) => x.trim()),
    facts: await where.locator('dt, [class*="facts"] [class*="label"]').allInnerTexts(),
    body: await where.getByText('What this is about').count(),
    comment: await where.getByText('A first remark').count(),
  });
  await expect(peek.getByRole('heading', { name: 'Attachments' })).toBeVisible();
  const inPeek = await said(peek);
  await peek.locator('h2').first().focus();
  await page.keyboard.press('Escape');
  await expect(peek).toHaveCount(0);
  await expect.poll(() => focusedKey(page)).toBe(key);
  expect(await scroller.evaluate((e) => e.scrollTop)).toBe(top);

  await page.goto(`/b/${b.id}?card=${key}`);
  await expect.poll(width, 'the width is remembered').toBe(kept);
  await page.goto(`/c/${key}`);
  await expect(page.locator('article').getByText('A first remark')).toBeVisible();
  await expect.poll(() => said(page.locator('article')), 'the same once its lazy parts are here').toEqual(inPeek);
});
