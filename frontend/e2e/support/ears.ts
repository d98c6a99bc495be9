import type { Locator, Page } from '@playwright/test';

declare global {
  interface Window {
    heard?: string[];
  }
}

/** Writes down every sentence that the page's one status region says. Call it before the first goto. */
export async function listen(page: Page) {
  await page.addInitScript(() => {
    window.heard = [];
    let last = '';
    new MutationObserver(() => {
      const said = (document.querySelector('[data-testid="announcer"]')?.textContent ?? '').replace(/\u00a0/g, ' ').trim();
      if (said && said !== last && said !== 'A new notice in your inbox') window.heard?.push(said);
      last = said;
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
}

export const heard = (page: Page): Promise<string[]> => page.evaluate(() => window.heard ?? []);
export const forget = (page: Page) =>
  page.evaluate(() => {
    window.heard = [];
  });

export const toasts = (page: Page): Locator => page.locator('.toast');

/** The key of the card that has the focus. */
export const focusedKey = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => document.activeElement?.getAttribute('href')?.split('/c/')[1]);

/** Titles in a column as the page draws them, from the top. */
export const shownKeys = (page: Page, column: string): Promise<string[]> =>
  page.evaluate((name) => {
    const list = [...document.querySelectorAll('ul[data-cell]')].filter((u) => u.getAttribute('aria-label')?.match(new RegExp(`(^|, )${name}, \\d`)));
    return list.flatMap((u) =>
      [...u.querySelectorAll('li[aria-posinset]')]
        .sort((a, b) => Number(a.getAttribute('aria-posinset')) - Number(b.getAttribute('aria-posinset')))
        .map((li) => li.querySelector('[data-link]')?.getAttribute('href')?.split('/c/')[1] ?? ''),
    );
  }, column);
