import type { Page } from '@playwright/test';

declare global {
  interface Window {
    seen?: { cls: number; longest: number; lcp: number; fcp: number; card: number; inputs: number[]; frames: number[] };
  }
}

/** Lets the page write down what the browser itself measures. Call it before the first goto. */
export async function watch(page: Page) {
  await page.addInitScript(() => {
    window.seen = { cls: 0, longest: 0, lcp: 0, fcp: 0, card: 0, inputs: [], frames: [] };
    const seen = window.seen;
    const look = (type: string, fn: (e: PerformanceEntry) => void, more: object = {}) =>
      new PerformanceObserver((list) => list.getEntries().forEach(fn)).observe({ type, buffered: true, ...more } as PerformanceObserverInit);
    const untilCard = () => {
      if (document.querySelector('[data-card]')) seen.card = performance.now();
      else requestAnimationFrame(untilCard);
    };
    requestAnimationFrame(untilCard);
    // the worst run of shifts within five seconds, as CLS is defined
    let run = 0;
    let from = 0;
    let last = 0;
    look('layout-shift', (e) => {
      const s = e as PerformanceEntry & { value: number; hadRecentInput: boolean };
      if (s.hadRecentInput) return;
      if (s.startTime - last > 1000 || s.startTime - from > 5000) {
        run = 0;
        from = s.startTime;
      }
      last = s.startTime;
      run += s.value;
      seen.cls = Math.max(seen.cls, run);
    });
    look('longtask', (e) => {
      seen.longest = Math.max(seen.longest, e.duration);
    });
    look('largest-contentful-paint', (e) => {
      seen.lcp = e.startTime;
    });
    look('event', (e) => {
      const x = e as PerformanceEntry & { interactionId: number };
      if (x.interactionId) seen.inputs.push(e.duration);
    }, { durationThreshold: 16 });
  });
}

export const seen = (page: Page) => page.evaluate(() => window.seen as NonNullable<Window['seen']>);
export const forgetSeen = (page: Page) =>
  page.evaluate(() => {
    Object.assign(window.seen as object, { cls: 0, longest: 0, inputs: [], frames: [] });
  });

/** The scripts that were asked for before the first card was drawn: how many, and their kilobytes as they travelled. */
export const scriptsBeforeCard = (page: Page) =>
  page.evaluate(() => {
    const all = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    const before = all.filter((e) => e.name.endsWith('.js') && e.startTime < (window.seen?.card ?? 0));
    return { n: before.length, kb: before.reduce((sum, e) => sum + e.encodedBodySize, 0) / 1000 };
  });

/** Frames per second while `act` runs. */
export async function frames(page: Page, act: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const w = window as unknown as { count: number; since: number; stop?: boolean };
    w.count = 0;
    w.since = performance.now();
    w.stop = false;
    const tick = () => {
      w.count++;
      if (!w.stop) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  await act();
  return page.evaluate(() => {
    const w = window as unknown as { count: number; since: number; stop?: boolean };
    w.stop = true;
    return (w.count * 1000) / (performance.now() - w.since);
  });
}

export const percentile = (list: number[], p: number): number => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor((list.length * p) / 100))] ?? 0;

/** Milliseconds from a key to the second frame after it, which is when a person has seen the answer. */
export async function keyLatency(page: Page, press: string): Promise<number> {
  await page.evaluate(() => {
    const w = window as unknown as { took?: Promise<number> };
    w.took = new Promise<number>((done) =>
      addEventListener('keydown', (e) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - e.timeStamp))), { once: true, capture: true }),
    );
  });
  await page.keyboard.press(press);
  return page.evaluate(() => (window as unknown as { took: Promise<number> }).took);
}
