import { send } from './support/boards';
import { start } from './support/checklists';
import { expect, type Person, test } from './support/test';

// A drawing comes later than the words around it. Its place is kept, so that nothing below moves.

const FLOW = 'flowchart TD\n  A[Browser] --> B[Edge]\n  B --> C[Checkout]\n  C -->|asks| D[(Cards)]';
const SEQUENCE = 'sequenceDiagram\n  Browser->>Checkout: pay\n  Checkout->>Bank: may I?\n  Bank-->>Checkout: no answer in 2 s\n  Checkout-->>Browser: try again';

async function drawn(by: Person): Promise<string> {
  const { api } = by;
  const id = await start(by, 'critical');
  // one with the size that a browser found, one that no browser has drawn
  for (const [key, value, drawn] of [['O1', FLOW, { width: 260, height: 330 }], ['O2', SEQUENCE, undefined]]) await send(api, 'put', `/checklists/${id}/items/${key}/answer`, { text: `Said of ${key}`, evidence: [{ type: 'diagram', value, drawn }], base: 0 });
  await send(api, 'put', `/checklists/${id}/items/O3/answer`, { text: 'Said below', evidence: [], base: 0 });
  return id;
}

for (const [where, viewport] of [['on a laptop', { width: 1440, height: 900 }], ['on a phone', { width: 390, height: 844 }]] as const)
  test(`drawing: nothing below a drawing moves when it comes, the first time nor the next, ${where}`, async ({ as }) => {
    const ana = await as('ana', { viewport, hasTouch: where === 'on a phone', isMobile: where === 'on a phone' });
    const { page } = ana;
    const id = await drawn(ana);
    // slow enough that the place is seen empty
    await page.route(/\/drawing-[\w-]+\.js/i, async (route) => {
      await new Promise((done) => setTimeout(done, 400));
      await route.continue();
    });
    await page.addInitScript(() => {
      const seen = { shift: 0, tops: [] as number[] };
      Object.assign(window, { seen });
      new PerformanceObserver((list) => {
        for (const e of list.getEntries() as unknown as { value: number; sources: { node?: Node }[] }[])
          if (seen.tops.length > 0 && e.sources.some((s) => (s.node instanceof Element ? s.node : s.node?.parentElement)?.closest('.ck-i, .pc-item'))) seen.shift += e.value;
      }).observe({ type: 'layout-shift', buffered: true });
      const look = () => {
        const below = [...document.querySelectorAll('.ck-i, .pc-item')].at(-1);
        const said = [...document.querySelectorAll('.ck-draw')];
        // where what stands below the drawings ends, from the first of them on
        if (below && said[0]) seen.tops.push(Math.round(below.getBoundingClientRect().bottom - said[0].getBoundingClientRect().top));
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    const moved = async () => {
      await expect(page.locator('.ck-draw').first()).toHaveAttribute('aria-busy', 'true');
      await expect(page.getByText('Drawing…').first()).toBeVisible();
      await expect(page.locator('.ck-draw[aria-busy="true"]')).toHaveCount(0, { timeout: 20_000 });
      await expect(page.locator('.ck-draw-open img').first()).toBeVisible();
      await page.waitForTimeout(300);
      return page.evaluate(() => {
        const { shift, tops } = (window as unknown as { seen: { shift: number; tops: number[] } }).seen;
        return { shift: Math.round(shift * 1000) / 1000, by: Math.max(...tops) - Math.min(...tops), frames: tops.length };
      });
    };
    for (const time of ['first', 'next']) {
      await page.goto(`/checklists/${id}?item=O1`);
      const m = await moved();
      expect(m.frames, time).toBeGreaterThan(10);
      expect(m, time).toMatchObject({ shift: 0, by: 0 });
    }
  });
