import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { startServer } from './support/server';
import { cardOf, expect, keysIn, linkOf, type Person, ready, test } from './support/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function clean(page: Page, what: string) {
  const found = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  const said = found.violations.map((v) => `${v.id}: ${v.help}\n  ${v.nodes.map((n) => n.html.slice(0, 160)).slice(0, 3).join('\n  ')}`);
  expect(said, what).toEqual([]);
}

for (const scheme of ['light', 'dark'] as const) {
  test(`every page, ${scheme}: no violations`, async ({ as, board }) => {
    test.setTimeout(180_000);
    const mara = await as('mara', { colorScheme: scheme });
    const { page } = mara;
    const snap = await board('CHK');
    for (const path of ['/boards', '/teams', `/teams/${snap.board.teamId}`, '/settings', '/import', `/c/${keysIn(snap, 'Build')[0]}`, '/nowhere']) {
      await page.goto(path);
      await expect(page.locator('h1')).toBeVisible();
      await page.waitForTimeout(600);
      await clean(page, path);
    }
  });

  test(`settings, each part, ${scheme}: no violations`, async ({ as }) => {
    test.setTimeout(120_000);
    const { page } = await as('mara', { colorScheme: scheme });
    await page.goto('/settings');
    const parts = page.getByRole('navigation', { name: /settings/i }).getByRole('link');
    await expect(parts.first()).toBeVisible();
    for (const name of await parts.allTextContents()) {
      await parts.filter({ hasText: name }).first().click();
      await page.waitForTimeout(700);
      await clean(page, `settings: ${name}`);
    }
  });

  test(`board with menu, dialog, filter, keyboard map and peek open, ${scheme}: no violations`, async ({ as, board }) => {
    test.setTimeout(180_000);
    const ana = await as('ana', { colorScheme: scheme });
    await ana.openBoard('CHK');
    const { page } = ana;
    await clean(page, 'board');
    const key = keysIn(await board('CHK'), 'Shape')[0] as string;
    const card = linkOf(page, key);
    const open: [string, () => Promise<unknown>][] = [
      ['move menu', async () => { await card.focus(); await page.keyboard.press('m'); }],
      ['context menu', () => cardOf(page, key).click({ button: 'right' })],
      ['block dialog', async () => { await card.focus(); await page.keyboard.press('b'); }],
      ['keyboard map', () => page.keyboard.press('?')],
      ['filter', () => page.keyboard.press('f')],
      ['new card', () => page.keyboard.press('c')],
    ];
    for (const [what, act] of open) {
      await card.focus();
      await act();
      await page.waitForTimeout(500);
      await clean(page, what);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await page.waitForTimeout(250);
    }
    await card.focus();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/card=/);
    await page.waitForTimeout(600);
    await clean(page, 'peek');
  });

  test(`boards with 0 and 2,000 cards, ${scheme}: no violations`, async ({ as }) => {
    test.setTimeout(180_000);
    const ana = await as('ana', { colorScheme: scheme });
    for (const n of [0, 2000]) {
      const id = await boardOf(ana, n);
      await ana.page.goto(`/b/${id}`);
      if (n > 0) await ready(ana.page);
      else await expect(ana.page.getByRole('heading', { name: 'Ready' })).toBeVisible();
      await ana.page.waitForTimeout(500);
      await clean(ana.page, `${n} cards`);
    }
  });
}

test('sign-in, set-up and invitation: no violations', async ({ browser, server }) => {
  const fresh = await startServer({ empty: true });
  try {
    for (const [url, path] of [[server.url, '/sign-in'], [fresh.url, '/'], [server.url, '/invite']] as const) {
      const page = await browser.newPage();
      await page.goto(url + path);
      await expect(page.locator('h1')).toBeVisible();
      await page.waitForTimeout(500);
      await clean(page, path);
      await page.close();
    }
  } finally {
    await fresh.stop();
  }
});

test('at 390 px: no violations and no sideways scrolling', async ({ as, board }) => {
  test.setTimeout(120_000);
  const ana = await as('ana', { viewport: { width: 390, height: 844 }, hasTouch: true });
  const snap = await board('CHK');
  for (const path of [`/b/${snap.board.id}`, '/boards', '/teams', '/settings', '/import', `/c/${keysIn(snap, 'Build')[0]}`]) {
    await ana.page.goto(path);
    await expect(ana.page.locator('h1')).toBeVisible();
    await ana.page.waitForTimeout(700);
    await clean(ana.page, `phone: ${path}`);
    expect(await ana.page.evaluate(() => document.documentElement.scrollWidth), `${path} scrolls sideways`).toBeLessThanOrEqual(390);
  }
});

/** Makes a board of n cards through the importer, which is the quickest door. */
async function boardOf(p: Person, n: number): Promise<string> {
  const team = (await (await p.api.get('/api/v1/teams')).json()).items.find((t: { key: string }) => t.key === 'CHK').id;
  const made = await (await p.api.post('/api/v1/boards', { data: { teamId: team, name: `${n} cards`, template: 'delivery' } })).json();
  if (n === 0) return made.id;
  const lists = ['Backlog', 'Doing', 'Review', 'Done'].map((name, i) => ({ id: `5f0000000000000000000${i}00`, name, closed: false, pos: i + 1, idBoard: 'b' }));
  const cards = Array.from({ length: n }, (_, i) => ({
    id: (0x5f5e1000 + i).toString(16) + i.toString(16).padStart(16, '0'),
    name: `Piece of work number ${i} with a title of ordinary length`,
    idList: lists[i % 4]?.id,
    closed: false,
    pos: i + 1,
    desc: '',
    labels: [],
    idMembers: [],
    idLabels: [],
    idChecklists: [],
  }));
  const file = { id: '5f0000000000000000000b00', name: 'Two thousand', url: 'https://trello.com/b/x', lists, cards, actions: [], labels: [], members: [], checklists: [], customFields: [] };
  const answer = await p.api.post('/api/v1/imports', {
    multipart: { source: 'trello', teamId: team, dryRun: 'false', file: { name: 'board.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(file)) } },
  });
  const said = await answer.json();
  expect(answer.ok(), JSON.stringify(said)).toBe(true);
  return said.boardId;
}
