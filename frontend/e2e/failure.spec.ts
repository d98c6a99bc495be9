import { makeBoard } from './support/boards';
import { toasts } from './support/ears';
import { cardOf, expect, ready, test } from './support/test';

test('31 skeletons have the final geometry, appear only after 150 ms, and there is no full-page spinner after the first load', async ({ as }) => {
  const { page, api } = await as('ana');
  const b = await makeBoard(api, {
    columns: ['Ready', 'Shape', 'Build', 'Test', 'Deploy', 'Done'].map((name, i) => ({ name, kind: i === 0 ? 'queue' : i === 5 ? 'done' : 'active' }) as const),
    cards: { Ready: ['one', 'two'] },
  });
  await page.goto('/boards');
  await expect(page.locator('h1')).toBeVisible();
  // the code of the board is there already; only the board itself is slow
  await page.getByRole('link', { name: /Delivery/ }).first().click();
  await ready(page);
  await page.goBack();
  const seen: { at: number; what: string }[] = [];
  await page.exposeFunction('seenAt', (what: string, at: number) => seen.push({ what, at }));
  let letGo = () => {};
  const held = new Promise<void>((done) => {
    letGo = done;
  });
  await page.route(`**/api/v1/boards/${b.id}`, async (r) => {
    await held;
    await r.continue();
  });
  await page.evaluate(() => {
    const from = performance.now();
    const look = () => {
      const busy = document.querySelector('[aria-busy="true"] .bone');
      const w = window as unknown as { seenAt(what: string, at: number): void };
      if (busy) w.seenAt('skeleton', performance.now() - from);
      else requestAnimationFrame(look);
    };
    addEventListener('click', () => look(), { once: true, capture: true });
  });
  await page.getByRole('link', { name: /Made for a test/ }).first().click();
  await expect.poll(() => seen.length).toBe(1);
  expect(seen[0]?.at, 'ms until grey is shown').toBeGreaterThan(140);
  await expect(page.getByRole('navigation', { name: 'Main' }), 'the frame stays').toBeVisible();
  await expect(page.locator('header.top')).toBeVisible();
  const columns = () => page.evaluate(() => {
    const real = [...document.querySelectorAll('ul[data-cell]:not([data-strip])')];
    const grey = [...document.querySelectorAll('[class*="boneColumn"]')];
    return (real.length ? real : grey).map((e) => e.getBoundingClientRect()).map((r) => [Math.round(r.left), Math.round(r.width)]);
  });
  const grey = await columns();
  letGo();
  await ready(page);
  const real = await columns();
  expect(grey.length).toBe(real.length);
  for (const [i, [left, width]] of real.entries()) {
    expect(Math.abs((grey[i]?.[0] ?? 0) - (left ?? 0)), `column ${i}: left`).toBeLessThanOrEqual(8);
    expect(Math.abs((grey[i]?.[1] ?? 0) - (width ?? 0)), `column ${i}: width`).toBeLessThanOrEqual(16);
  }
});

test('41 errors say what happened, what was kept and what to do; the number of the request can be copied', async ({ as }) => {
  const ana = await as('ana', { permissions: ['clipboard-read', 'clipboard-write'] });
  const { page, api } = ana;
  const b = await makeBoard(api, { cards: { Ready: ['Words'] } });
  const key = b.keys.Words as string;
  // a page that cannot be read
  await page.route('**/api/v1/teams', (r) =>
    r.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify({ status: 500, code: 'internal', title: 'Internal error', detail: 'The server failed to read the teams.', requestId: 'req-4711' }) }),
  );
  await page.goto('/teams');
  await expect(page.getByText('The server failed to read the teams.')).toBeVisible({ timeout: 15_000 });
  await page.getByRole('button', { name: 'Request req-4711: copy' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('req-4711');
  await page.unroute('**/api/v1/teams');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: 'Teams', level: 1 })).toBeVisible();
  await expect(page.getByText('The server failed to read the teams.')).toBeHidden();

  // a change that is refused in the peek: the words are still there
  await page.goto(`/b/${b.id}?card=${key}`);
  await ready(page);
  await page.route('**/api/v1/cards/*/comments', (r) =>
    r.fulfill({ status: 422, contentType: 'application/problem+json', body: JSON.stringify({ status: 422, code: 'invalid', title: 'Invalid', detail: 'A comment has at most 20,000 characters.', requestId: 'req-4712' }) }),
  );
  const field = page.getByRole('textbox', { name: 'Write a comment' });
  await field.fill('What I wanted to say');
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  await expect(toasts(page).filter({ hasText: 'A comment has at most 20,000 characters.' })).toBeVisible();
  await expect(field, 'what was written is kept').toHaveValue('What I wanted to say');
});

test('42 a page that is not there offers a search; one that may not be seen says who can help', async ({ as }) => {
  const [ana, sam] = [await as('ana'), await as('sam')];
  const b = await makeBoard(ana.api, { cards: { Ready: ['Closed'] } });
  const { page } = ana;
  await page.goto('/b/brd_0000000000000000');
  const search = page.getByRole('searchbox', { name: 'Find a board' });
  await expect(search).toBeVisible();
  await search.fill('deliv');
  await page.locator('ul.found').getByRole('link', { name: /Delivery/ }).click();
  await ready(page);
  // to somebody who may not see it, a board looks like one that is not there
  const { api } = ana;
  await api.patch(`/api/v1/boards/${b.id}`, { data: { visibility: 'team' } });
  const mara = await as('wes');
  await mara.page.goto(`/b/${b.id}`);
  await expect(mara.page.getByText('only some people may see it')).toBeVisible();
  await mara.page.goto(`/c/${b.keys.Closed}`);
  await expect(mara.page.getByText(`There is no card ${b.keys.Closed} that you may see.`)).toBeVisible();
  await expect(mara.page.getByRole('link', { name: 'All boards' })).toBeVisible();
  await expect(cardOf(mara.page, b.keys.Closed as string)).toHaveCount(0);
  // one who may look but not change is told who may
  await sam.page.goto(`/c/${b.keys.Closed}`);
  await expect(sam.page.getByText('changing it is for members of Checkout')).toBeVisible();
});
