import type { Page } from '@playwright/test';
import { type ColumnSpec, type MadeBoard, makeBoard } from './support/boards';
import { forget, heard, listen } from './support/ears';
import { at, drag } from './support/pointer';
import { cardOf, cellOf, expect, linkOf, ready, test } from './support/test';

// Every mode of a limit at every door of the page. The server's doors (API, bulk, pull, undo, import, mirrors) stand
// in the same table in server/port/limits_test.go.

type Answer = 'in' | 'asked' | 'refused';
const MODES: [name: string, wip: ColumnSpec['wip'], answer: Answer][] = [
  ['off', { mode: 'off' }, 'in'],
  ['minimum', { mode: 'hard', min: 3 }, 'in'],
  ['warn', { mode: 'warn', max: 1 }, 'in'],
  ['reason', { mode: 'reason', max: 1 }, 'asked'],
  ['hard', { mode: 'hard', max: 1 }, 'refused'],
];

const DOORS: Record<string, (page: Page, key: string) => Promise<unknown>> = {
  drag: async (page, key) => drag(page, key, () => at(cellOf(page, 'Build'), 0.5, 0.9)),
  keyboard: async (page, key) => {
    await linkOf(page, key).focus();
    await page.keyboard.press('Shift+ArrowRight');
  },
  menu: async (page, key) => {
    await cardOf(page, key).click({ button: 'right' });
    await page.getByRole('menuitem', { name: /^Build/ }).click();
  },
  bulk: async (page, key) => {
    await linkOf(page, key).focus();
    await page.keyboard.press('x');
    await page.keyboard.press('m');
    await page.getByRole('dialog', { name: /^Move/ }).getByRole('button', { name: /^Build/ }).click();
  },
};

async function answered(page: Page, b: MadeBoard, key: string, answer: Answer) {
  const why = page.getByRole('dialog', { name: /to Build: why now\?$/ });
  if (answer === 'in') {
    await expect.poll(() => b.order('Build')).toContain(key);
    await expect(why).toHaveCount(0);
    return;
  }
  if (answer === 'asked') {
    await expect(why).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(why).toBeHidden();
  } else {
    await expect.poll(async () => (await heard(page)).join()).toContain('Build is full: 1 of 1');
    await forget(page);
  }
  expect(await b.order('Build')).toHaveLength(1);
  await expect(cellOf(page, 'Ready').locator('[data-card]').filter({ hasText: key })).toBeVisible();
}

for (const [mode, wip, answer] of MODES)
  test(`limits: ${mode} says “${answer}” to drag, keyboard, menu and several at once`, async ({ as }) => {
    const { page, api } = await as('ana');
    await listen(page);
    const b = await makeBoard(api, {
      columns: [
        { name: 'Ready', kind: 'queue' },
        { name: 'Build', kind: 'active', wip },
        { name: 'Done', kind: 'done' },
      ],
      cards: { Build: ['there'], Ready: Object.keys(DOORS) },
    });
    await page.goto(`/b/${b.id}`);
    await ready(page);
    for (const [door, act] of Object.entries(DOORS))
      await test.step(door, async () => {
        const key = b.keys[door] as string;
        await act(page, key);
        await answered(page, b, key, answer);
        await page.keyboard.press('Escape');
      });
  });
