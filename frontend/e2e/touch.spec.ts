import type { Page } from '@playwright/test';
import { makeBoard } from './support/boards';
import { cardOf, expect, ready, test } from './support/test';

/** A finger of the browser's own, with everything that a real one sets off. */
async function finger(page: Page) {
  const cdp = await page.context().newCDPSession(page);
  let at = { x: 0, y: 0 };
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd') => cdp.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [at] });
  return {
    down: async (x: number, y: number) => {
      at = { x, y };
      await send('touchStart');
    },
    to: async (x: number, y: number, steps = 10) => {
      const from = at;
      for (let i = 1; i <= steps; i++) {
        at = { x: from.x + ((x - from.x) * i) / steps, y: from.y + ((y - from.y) * i) / steps };
        await send('touchMove');
        await page.waitForTimeout(16);
      }
    },
    up: () => send('touchEnd'),
  };
}

test('touch: a finger that moves scrolls, one that rests lifts the card, carries it to another column, and opens the menu when it lets go at once', async ({ as }) => {
  const { page, api } = await as('ana', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const titles = Array.from({ length: 14 }, (_, i) => `card ${i}`);
  const b = await makeBoard(api, { cards: { Ready: titles } });
  const k = (title: string) => b.keys[title] as string;
  await page.goto(`/b/${b.id}`);
  await ready(page);
  await page.waitForTimeout(400);
  const hand = await finger(page);
  const middle = async (key: string) => {
    const box = await cardOf(page, key).boundingBox();
    if (!box) throw new Error(`${key} is not on the screen`);
    return [box.x + box.width / 3, box.y + box.height / 2] as const;
  };
  const scrolled = () => page.evaluate(() => document.querySelector('[data-board]')?.scrollTop ?? 0);
  const lifted = page.locator('[data-ghost]');

  // a stroke is a stroke, on whatever it begins
  const [x, y] = await middle(k('card 4'));
  await hand.down(x, y);
  await hand.to(x, y - 260);
  await hand.up();
  await expect.poll(scrolled).toBeGreaterThan(150);
  await expect(lifted).toHaveCount(0);
  await expect(page, 'nothing was opened').not.toHaveURL(/card=/);
  // the board rolls on for a while after the finger has left it
  await expect
    .poll(async () => {
      await page.evaluate(() => document.querySelector('[data-board]')?.scrollTo(0, 0));
      await page.waitForTimeout(150);
      return scrolled();
    })
    .toBe(0);

  // resting lifts; from then on the board stands still under the card
  const [x1, y1] = await middle(k('card 1'));
  await hand.down(x1, y1);
  await expect(lifted).toBeVisible();
  const [, y3] = await middle(k('card 3'));
  await hand.to(x1, y3 + 20);
  expect(await scrolled()).toBe(0);
  await hand.up();
  await expect(lifted).toHaveCount(0);
  await expect.poll(async () => (await b.order('Ready')).indexOf(k('card 1'))).toBe(3);
  await expect(page, 'a carried card is not opened').not.toHaveURL(/card=/);

  // held over another column's name, that column opens, and there it is put down
  await hand.down(...(await middle(k('card 0'))));
  await expect(lifted).toBeVisible();
  const next = page.getByRole('button', { name: /^Build/ }).or(page.getByRole('button', { name: 'Build', exact: false })).first();
  const tab = await next.boundingBox();
  if (!tab) throw new Error('no switcher');
  await hand.to(Math.min(tab.x + 20, 340), tab.y + tab.height / 2);
  await expect(page.locator('nav button[aria-current]')).toContainText('Build');
  await hand.to(180, 420);
  await hand.up();
  await expect.poll(() => b.order('Build')).toEqual([k('card 0')]);

  // lifted and let go where it is: its menu, the same as behind its button
  await hand.down(...(await middle(k('card 0'))));
  await expect(lifted).toBeVisible();
  await hand.up();
  await expect(page.getByRole('menu', { name: `Actions for ${k('card 0')}` })).toBeVisible();
  expect(await b.order('Build')).toEqual([k('card 0')]);
});
