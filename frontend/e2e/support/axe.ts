import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';
import type axe from 'axe-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const inKit = createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright'));
const SOURCE = readFileSync(inKit.resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Waits until nothing moves any more: no skeleton, no transition, the fonts there. What was pressed may take a frame
 * or two to show, hence several quiet ones in a row.
 */
export async function settled(page: Page) {
  await page.evaluate(async () => {
    await document.fonts.ready;
    const moving = () =>
      document.querySelector('.bone, [aria-busy="true"]') !== null ||
      document.getAnimations().some((a) => a.playState === 'running' && a.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    const until = performance.now() + 10_000;
    for (let quiet = 0; quiet < 4 && performance.now() < until; ) {
      await new Promise(requestAnimationFrame);
      quiet = moving() ? 0 : quiet + 1;
    }
  });
}

async function violations(page: Page, but: string[]): Promise<string[]> {
  await settled(page);
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SOURCE);
  return page.evaluate(async ([tags, exclude]) => {
    const kit = (window as unknown as { axe: typeof axe }).axe;
    const found = await kit.run({ include: [['html']], exclude: exclude.map((x) => [x]) }, { runOnly: { type: 'tag', values: [...tags] }, resultTypes: ['violations'] });
    return found.violations.map(
      (v) =>
        `${v.id}: ${v.help}\n  ${v.nodes
          .slice(0, 3)
          .map((n) => n.html.slice(0, 160))
          .join('\n  ')}`,
    );
  }, [TAGS, but] as const);
}

/** No violation in what is on the screen now, in light and in dark colours; `but` = what this page was just asked about. */
export async function clean(page: Page, what: string, but: string[] = [], schemes: readonly ('light' | 'dark')[] = ['light', 'dark']) {
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    expect.soft(await violations(page, but), `${what}, ${colorScheme}`).toEqual([]);
  }
}
