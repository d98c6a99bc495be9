import type { Locator, Page } from '@playwright/test';
import { cardOf, expect } from './test';

export interface Point {
  x: number;
  y: number;
}

async function boxOf(where: Locator) {
  const box = await where.boundingBox();
  if (!box) throw new Error('not on the screen');
  return box;
}

/** A point of an element, as a share of its size from the top left. */
export async function at(where: Locator, across = 0.5, down = 0.5): Promise<Point> {
  const box = await boxOf(where);
  return { x: box.x + box.width * across, y: box.y + box.height * down };
}

/**
 * Takes a card with the mouse and carries it, without letting go. The goal is asked for when the card is in the hand,
 * because the empty Expedite strip makes room for itself then.
 */
export async function carry(page: Page, key: string, goal: Point | (() => Promise<Point>), steps = 8) {
  const held = page.locator('[data-dragged]').first();
  await expect(async () => {
    const from = await at(cardOf(page, key), 0.5, 0.2);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 6, from.y + 6, { steps: 2 });
    // a card that was drawn anew under the pointer is not in the hand: let go far from it, and take it again
    if (await held.waitFor({ state: 'attached', timeout: 1_000 }).then(() => true, () => false)) return;
    await page.mouse.move(2, 2);
    await page.mouse.up();
    throw new Error(`${key} is not in the hand`);
  }).toPass({ timeout: 10_000 });
  const to = typeof goal === 'function' ? await goal() : goal;
  await page.mouse.move(to.x, to.y, { steps });
  // what hovers is told about once more when the pointer rests
  await page.mouse.move(to.x + 1, to.y);
  return to;
}

/** Carries a card to a cell or a head that takes it and lets go when that shows that it does. */
export async function drag(page: Page, key: string, goal: Point | (() => Promise<Point>)) {
  const to = await carry(page, key, goal);
  let step = 0;
  await expect(async () => {
    await page.mouse.move(to.x + (step++ % 2), to.y);
    await expect(page.locator(':is(ul, div)[data-over]').first()).toBeAttached({ timeout: 500 });
  }).toPass({ timeout: 8_000 });
  await page.mouse.up();
}
