import { type APIRequestContext, type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import { type Server, startServer } from './server';
import { stretchWire, type Wire } from './wire';

export const PASSWORD = 'walk-the-board';

/** A signed-in person with a browser of their own. */
export interface Person {
  nick: string;
  context: BrowserContext;
  page: Page;
  api: APIRequestContext;
  /** Opens a board by its team's key and waits until its cards are there and it is live. */
  openBoard(teamKey: string, search?: string): Promise<string>;
}

export interface BoardColumn {
  id: string;
  name: string;
  wip: { mode: string; max?: number; min?: number };
}
export interface BoardCard {
  id: string;
  key: string;
  title: string;
  columnId: string;
  version: number;
  ownerIds: string[];
  pos: string;
  labels: string[];
  class: string;
  discipline: string;
  blockers: { id: string }[];
}
export interface Snapshot {
  board: { id: string; teamId: string; version: number };
  columns: BoardColumn[];
  lanes: { id: string; name: string }[];
  cards: BoardCard[];
  seq: number;
}

interface Fixtures {
  /** Between everybody's browser and the server lies a wire that can be cut: `test.use({ wired: true })`. */
  wired: boolean;
  wire: Wire;
  server: Server;
  /** What browsers type: the server's own address, or that of the wire. */
  address: string;
  /** Gives a person of the demo, signed in. The same nick twice is a second browser of the same person. */
  as(nick: string, options?: Parameters<import('@playwright/test').Browser['newContext']>[0]): Promise<Person>;
  /** Reads a board as its lead sees it. */
  board(teamKey: string): Promise<Snapshot>;
  errors: string[];
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern
  wire: async ({}, use) => {
    const wire = await stretchWire();
    await use(wire);
    await wire.close();
  },

  wired: [false, { option: true }],

  server: async ({ wired, wire }, use) => {
    const server = await startServer(wired ? { env: { TRESTLE_PUBLIC_URL: wire.url } } : {});
    wire.to(server.url);
    await use(server);
    await server.stop();
  },

  address: async ({ wired, wire, server }, use) => use(wired ? wire.url : server.url),

  // what no page may do: throw, or break its own Content-Security-Policy
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern
  errors: async ({}, use) => {
    const errors: string[] = [];
    await use(errors);
    expect(errors, 'the page threw or broke its policy').toEqual([]);
  },

  as: async ({ browser, address, errors }, use) => {
    const open: BrowserContext[] = [];
    await use(async (nick, options) => {
      const context = await browser.newContext({ baseURL: address, viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', timezoneId: 'Europe/Berlin', locale: 'en-GB', ...options });
      open.push(context);
      const api = context.request;
      const answer = await api.post('/api/v1/session', { data: { email: `${nick}@shop.example`, password: PASSWORD } });
      expect(answer.status(), `${nick} signs in`).toBe(200);
      const page = await context.newPage();
      page.on('pageerror', (e) => errors.push(`${nick}: ${e}`));
      page.on('console', (m) => {
        if (/Content.Security.Policy|Refused to/i.test(m.text())) errors.push(`${nick}: ${m.text()}`);
      });
      return {
        nick,
        context,
        page,
        api,
        openBoard: async (teamKey, search = '') => {
          const id = await boardId(api, teamKey);
          await page.goto(`/b/${id}${search}`);
          await ready(page);
          return id;
        },
      };
    });
    for (const context of open) await context.close();
  },

  board: async ({ playwright, address }, use) => {
    let lead: APIRequestContext | undefined;
    await use(async (teamKey) => {
      if (!lead) {
        lead = await playwright.request.newContext({ baseURL: address });
        await lead.post('/api/v1/session', { data: { email: 'mara@shop.example', password: PASSWORD } });
      }
      const id = await boardId(lead, teamKey);
      return (await (await lead.get(`/api/v1/boards/${id}`)).json()) as Snapshot;
    });
    await lead?.dispose();
  },
});

export { expect };

export async function boardId(api: APIRequestContext, teamKey: string): Promise<string> {
  const list = (await (await api.get('/api/v1/boards')).json()) as { items: { id: string; teamKey: string }[] };
  const found = list.items.find((b) => b.teamKey === teamKey);
  if (!found) throw new Error(`no board of ${teamKey}`);
  return found.id;
}

/** Waits until a board's cards are drawn and the page says that it is live. */
export async function ready(page: Page) {
  await expect(page.locator('[data-card]').first()).toBeVisible();
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
}

/** A card on the board, by key. */
export const cardOf = (page: Page, key: string) =>
  page.locator('[data-card]').filter({ has: page.getByText(key, { exact: true }) });

/** A card's title link, which is what the keyboard focuses. */
export const linkOf = (page: Page, key: string) => cardOf(page, key).getByRole('link').first();

/** The list of a column's cards, without the strip's. */
export const cellOf = (page: Page, column: string) =>
  page.locator('ul:not([data-strip])').and(page.getByRole('list', { name: new RegExp(`(^|, )${column.replace(/[&]/g, '.')},`) }));

/** Presses a button of a column's head, which shows while the pointer is over the head. */
export async function inHead(page: Page, name: string) {
  const button = page.getByRole('button', { name });
  await page.locator('[data-head]').filter({ has: button }).hover();
  await button.click();
}

/** Waits until an open menu has taken the focus; a key pressed before that is nobody's. */
export const inMenu = (page: Page) =>
  expect.poll(() => page.evaluate(() => Boolean(document.activeElement?.closest('[role=menu]'))), 'the menu has the focus').toBe(true);

/** A card of a snapshot; which of the demo's cards stand where, and their numbers, depend on the day. */
export function someCard(s: Snapshot, is: (c: BoardCard) => boolean): BoardCard {
  const found = s.cards.find(is);
  if (!found) throw new Error('the demo has no such card');
  return found;
}

/** Which cards stand in a column of a snapshot, from the top. */
export const keysIn = (s: Snapshot, column: string) => {
  const id = s.columns.find((c) => c.name === column)?.id;
  return s.cards.filter((c) => c.columnId === id).map((c) => c.key);
};
