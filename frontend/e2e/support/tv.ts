import type { Page } from '@playwright/test';

// A picture for the wall: what is read from four metres, and whether all of it is there.

export const TV = { width: 1920, height: 1080 };

/** Every text on the screen, by its size in units of 1/1080 of the height. */
export const sizes = (page: Page) =>
  page.evaluate(() => {
    const unit = innerHeight / 1080;
    const found: { text: string; size: number }[] = [];
    const all = document.createTreeWalker(document.querySelector('.tv') ?? document.body, NodeFilter.SHOW_TEXT);
    while (all.nextNode()) {
      const text = all.currentNode.textContent?.trim();
      const el = all.currentNode.parentElement;
      if (!text || !el?.checkVisibility() || el.closest('.sr, svg, [data-testid=announcer], .tv-face')) continue;
      found.push({ text, size: Math.round((Number.parseFloat(getComputedStyle(el).fontSize) / unit) * 10) / 10 });
    }
    return found;
  });

/** What is not wholly on the screen. */
export const outside = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('.tv *')]
      .filter((el) => el.textContent && el.getBoundingClientRect().width > 0)
      .filter((el) => {
        const r = el.getBoundingClientRect();
        return r.right > innerWidth + 1 || r.bottom > innerHeight + 1 || r.left < -1 || r.top < -1;
      })
      .map((el) => `${el.className} ${el.textContent?.slice(0, 30)}`),
  );
