import { bigBoard } from './support/boards';
import { focusedKey, heard, listen } from './support/ears';
import { forgetSeen, frames, keyLatency, percentile, scriptsBeforeCard, seen, watch } from './support/measure';
import { at, drag } from './support/pointer';
import { cardOf, expect, linkOf, ready, type Snapshot, test } from './support/test';

// What is asserted is a generous multiple of the budget, so that a busy machine does not fail it; the table has the
// real figures of this run.

interface Row {
  what: string;
  budget: string;
  here: string;
  n: number;
}

function table(title: string, rows: Row[]) {
  const wide = (k: keyof Row) => Math.max(...rows.map((r) => String(r[k]).length), k.length);
  const line = (r: Row) => `  ${r.what.padEnd(wide('what'))}  ${r.budget.padStart(wide('budget'))}  ${r.here.padStart(wide('here'))}  n = ${r.n}`;
  console.log([`\n${title}`, ...rows.map(line)].join('\n'));
}

const ms = (x: number) => `${x.toFixed(0)} ms`;

test('budgets of a first view and of moving, dropping and opening on a board of 2,000 cards', async ({ as }) => {
  test.setTimeout(120_000);
  const { page, api, context } = await as('ana');
  const id = await bigBoard(api, 2000);
  const rows: Row[] = [];
  await watch(page);

  const loads: { lcp: number; cls: number; longest: number; card: number }[] = [];
  const scripts: { n: number; kb: number }[] = [];
  const fonts = new Set<string>();
  const sizes = new Map<string, number>();
  page.on('response', async (r) => {
    if (!/\.woff2/.test(r.url())) return;
    if (!sizes.has(r.url())) sizes.set(r.url(), (await r.body()).length);
    fonts.add(r.url());
  });
  const cdp = await context.newCDPSession(page);
  for (let i = 0; i < 3; i++) {
    await cdp.send('Network.clearBrowserCache');
    await page.goto(`/b/${id}`);
    await ready(page);
    await page.waitForLoadState('networkidle');
    loads.push(await seen(page));
    scripts.push(await scriptsBeforeCard(page));
  }
  const median = (pick: (l: (typeof loads)[number]) => number) => percentile(loads.map(pick), 50);
  const [lcp, cls, longest] = [median((l) => l.lcp), median((l) => l.cls), median((l) => l.longest)];
  const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
  const bytes = [...sizes.values()].reduce((a, b) => a + b, 0);
  rows.push(
    { what: 'largest contentful paint', budget: '1200 ms', here: ms(lcp), n: 3 },
    { what: 'layout shift while loading', budget: '0.02', here: cls.toFixed(4), n: 3 },
    { what: 'first card drawn', budget: '-', here: ms(median((l) => l.card)), n: 3 },
    { what: 'scripts before the first card', budget: '10, 172 kB', here: `${scripts[0]?.n}, ${scripts[0]?.kb.toFixed(1)} kB`, n: 3 },
    { what: 'longest task while loading', budget: '-', here: ms(longest), n: 3 },
    { what: 'fonts on first view', budget: '2, 55 kB', here: `${fonts.size}, ${(bytes / 1000).toFixed(1)} kB`, n: 3 },
    { what: 'DOM nodes', budget: '< 9000', here: String(nodes), n: 1 },
  );
  expect.soft(lcp).toBeLessThan(6_000);
  expect.soft(cls, 'layout shift while loading').toBeLessThan(0.05);
  // what tools/size.mjs counts is what the browser waits for: the rest follows the first view
  for (const { n, kb } of scripts) {
    expect.soft(n, 'scripts before the first card').toBeLessThanOrEqual(10);
    expect.soft(kb, 'kB of scripts before the first card').toBeLessThan(172);
    expect.soft(kb).toBeGreaterThan(50);
  }
  expect.soft(fonts.size, 'fonts on the first view').toBeLessThanOrEqual(2);
  expect.soft(bytes).toBeLessThan(60_000);
  expect.soft(nodes).toBeLessThan(9_000);

  // key moves, opening the card, drops: to the second frame after the input, and what the browser counts as INP
  await forgetSeen(page);
  const first = await page.locator('[data-card] a[href^="/c/"]').first().getAttribute('href');
  const key = (first ?? '').replace('/c/', '');
  await linkOf(page, key).focus();
  const moves: number[] = [];
  for (let i = 0; i < 12; i++) {
    moves.push(await keyLatency(page, i % 4 === 3 ? 'Control+Shift+ArrowUp' : 'Shift+ArrowDown'));
    await expect.poll(() => focusedKey(page)).toBe(key);
  }
  const movesInp = percentile((await seen(page)).inputs, 75);
  await forgetSeen(page);
  const opens: number[] = [];
  for (let i = 0; i < 6; i++) {
    opens.push(await keyLatency(page, 'Enter'));
    await expect(page.locator('aside h2').first()).toBeFocused();
    await page.keyboard.press('Escape');
    await expect.poll(() => focusedKey(page)).toBe(key);
  }
  const opensInp = percentile((await seen(page)).inputs, 75);
  await forgetSeen(page);
  const shown = await page.locator('ul[data-cell]:not([data-strip])').first().locator('[data-card]').count();
  expect(shown).toBeGreaterThan(3);
  for (let i = 0; i < 5; i++) await drag(page, key, () => at(page.locator('ul[data-cell]:not([data-strip])').first().locator('li[aria-posinset="3"] [data-card]'), 0.5, 0.8));
  await page.waitForTimeout(200);
  const dropTask = (await seen(page)).longest;
  rows.push(
    { what: 'key move, p75 to the second frame', budget: '100 ms', here: ms(percentile(moves, 75)), n: moves.length },
    { what: 'key move, p75 event duration', budget: '100 ms', here: ms(movesInp), n: moves.length },
    { what: 'open a card, p75 to the second frame', budget: '100 ms', here: ms(percentile(opens, 75)), n: opens.length },
    { what: 'open a card, p75 event duration', budget: '100 ms', here: ms(opensInp), n: opens.length },
    { what: 'drag and drop, longest task', budget: '100 ms', here: ms(dropTask), n: 5 },
  );
  table('Board of 2,000 cards', rows);
  expect.soft(percentile(moves, 75)).toBeLessThan(400);
  expect.soft(percentile(opens, 75)).toBeLessThan(400);
  expect.soft(dropTask).toBeLessThan(600);
});

test('24 heights vary without jumps while a board of 2,000 cards is scrolled', async ({ as }) => {
  const { page, api } = await as('ana');
  const id = await bigBoard(api, 2000);
  await watch(page);
  await page.goto(`/b/${id}`);
  await ready(page);
  await page.waitForLoadState('networkidle');
  const heights = await page.locator('[data-card]').evaluateAll((cards) => new Set(cards.map((c) => Math.round(c.getBoundingClientRect().height))).size);
  expect(heights, 'heights do differ').toBeGreaterThan(1);
  await forgetSeen(page);
  const box = await page.locator('[data-board]').last().boundingBox();
  if (!box) throw new Error('no board');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  // CLS does not see what a transform moves, so each card's place in the content is also followed frame by frame
  await page.evaluate(() => {
    const w = window as unknown as { jumps: number[] };
    w.jumps = [];
    const scroller = [...document.querySelectorAll('[data-board]')].at(-1) as HTMLElement;
    let old = new Map<Element, number>();
    const look = () => {
      const now = new Map<Element, number>();
      for (const card of document.querySelectorAll('[data-card]')) {
        const r = card.getBoundingClientRect();
        if (r.bottom < 150 || r.top > innerHeight) continue;
        const place = r.top + scroller.scrollTop;
        const before = old.get(card);
        if (before !== undefined && Math.abs(before - place) > 2) w.jumps.push(Math.abs(before - place));
        now.set(card, place);
      }
      old = now;
      requestAnimationFrame(look);
    };
    look();
  });
  const jumps = () =>
    page.evaluate(() => {
      const w = window as unknown as { jumps: number[] };
      return w.jumps.splice(0);
    });
  const scroll = async (by: number, times: number) => {
    for (let i = 0; i < times; i++) await page.mouse.wheel(0, by);
    await page.waitForTimeout(200);
  };
  let slow: number[] = [];
  let fast: number[] = [];
  const fps = await frames(page, async () => {
    await scroll(100, 40);
    await scroll(-100, 10);
    slow = await jumps();
    for (const by of [900, -500, 1500]) await scroll(by, 8);
    fast = await jumps();
  });
  const top = await page.locator('[data-board]').last().evaluate((e) => e.scrollTop);
  expect(top).toBeGreaterThan(3_000);
  const { cls } = await seen(page);
  table('Scrolling a board of 2,000 cards', [
    { what: 'layout shift', budget: '0.02', here: cls.toFixed(4), n: 74 },
    { what: 'frames per second', budget: '40', here: fps.toFixed(0), n: 74 },
    { what: 'cards that jumped at reading speed', budget: '0', here: String(slow.length), n: 50 },
    { what: 'cards that jumped in leaps of a screen', budget: '-', here: `${fast.length}${fast.length ? `, up to ${Math.max(...fast).toFixed(0)} px` : ''}`, n: 24 },
  ]);
  expect(cls).toBeLessThan(0.02);
  expect(slow, 'cards on the screen stand still in their column').toEqual([]);
});

test('39 fifty updates a second: frames, input and the screen reader keep up, and 5,000 cards stay below 9,000 nodes', async ({ as, server }) => {
  test.setTimeout(180_000);
  const [ana, goro] = [await as('ana'), await as('goro')];
  const { page } = ana;
  await listen(page);
  await watch(page);
  const rows: Row[] = [];
  for (const size of [2000, 5000]) {
    const id = await bigBoard(ana.api, size);
    await page.goto(`/b/${id}`);
    await ready(page);
    await page.waitForLoadState('networkidle');
    const snap = (await (await ana.api.get(`/api/v1/boards/${id}`)).json()) as Snapshot;
    const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
    const heap = await page.evaluate(() => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize / 1e6);
    rows.push({ what: `${size} cards: DOM nodes`, budget: '< 9000', here: String(nodes), n: 1 }, { what: `${size} cards: heap`, budget: '< 60 MB', here: `${heap.toFixed(1)} MB`, n: 1 });
    expect.soft(nodes).toBeLessThan(9_000);
    expect.soft(heap).toBeLessThan(120);
    if (size === 5000) break;

    const onScreen = await page.locator('[data-card]').evaluateAll((all) => all.map((c) => c.getAttribute('data-card')));
    const key = snap.cards.find((c) => c.id === onScreen[0])?.key as string;
    const others = snap.cards.filter((c) => c.key !== key);
    await linkOf(page, key).focus();
    await forgetSeen(page);
    const before = (await heard(page)).length;
    const latencies: number[] = [];
    let sent = 0;
    let pushing = true;
    // half of them on the screen; each is a change of one card, as people and pipelines make them
    const push = async () => {
      const from = Date.now();
      const inFlight: Promise<unknown>[] = [];
      while (pushing && Date.now() - from < 5_000) {
        const due = Math.floor(((Date.now() - from) / 1000) * 50);
        while (sent < due) {
          const card = sent % 2 ? others[(sent * 37) % others.length] : others.find((c) => c.id === onScreen[1 + (sent % (onScreen.length - 1))]);
          inFlight.push(goro.api.put(`${server.url}/api/v1/cards/${card?.key}/signals/ci`, { data: { state: sent % 3 ? 'running' : 'ok', text: `Build ${sent}` } }));
          sent++;
        }
        await new Promise((r) => setTimeout(r, 10));
      }
      await Promise.all(inFlight);
      return (Date.now() - from) / 1000;
    };
    let seconds = 5;
    const fps = await frames(page, async () => {
      const done = push().then((s) => {
        seconds = s;
      });
      for (let i = 0; i < 12; i++) {
        latencies.push(await keyLatency(page, i % 2 ? 'ArrowUp' : 'ArrowDown'));
        await page.waitForTimeout(300);
      }
      await done;
    });
    pushing = false;
    const measured = await seen(page);
    const said = (await heard(page)).slice(before);
    rows.push(
      { what: 'updates a second that came in', budget: '50', here: (sent / seconds).toFixed(0), n: sent },
      { what: 'frames per second meanwhile', budget: '>= 40', here: fps.toFixed(0), n: Math.round(fps * seconds) },
      { what: 'key to the second frame, p75', budget: '< 200 ms', here: ms(percentile(latencies, 75)), n: latencies.length },
      { what: 'longest task', budget: '100 ms', here: ms(measured.longest), n: sent },
      { what: 'layout shift', budget: '0.02', here: measured.cls.toFixed(4), n: sent },
      { what: 'sentences to the screen reader', budget: '1 per 5 s', here: String(said.length), n: Math.round(seconds) },
    );
    expect.soft(fps, 'frames per second').toBeGreaterThan(20);
    expect.soft(percentile(latencies, 75), 'key to the screen').toBeLessThan(400);
    expect.soft(said.length, 'summaries').toBeLessThanOrEqual(Math.ceil(seconds / 5) + 1);
    await expect.poll(() => page.evaluate(() => /Build 2\d\d/.test(document.body.textContent ?? '')), 'and the page shows them').toBe(true);
    await expect(cardOf(page, key)).toBeVisible();
  }
  table('Fifty updates a second on 2,000 cards; 5,000 cards at rest', rows);
});
