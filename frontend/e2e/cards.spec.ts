import { makeBoard, send } from './support/boards';
import { focusedKey, toasts } from './support/ears';
import { cardOf, expect, linkOf, ready, test } from './support/test';

test('22 a card shows shape, key, age, title, what blocks it, two tags, to-dos, signals and one face, and nothing else', async ({ as }) => {
  const { page, api } = await as('ana');
  const people = (await (await api.get('/api/v1/people')).json()).items as { id: string; name: string }[];
  const owners = people.filter((p) => ['Ana Ruiz', 'Goro Ito', 'Fay Wong'].includes(p.name)).map((p) => p.id);
  const b = await makeBoard(api, {
    cards: { Build: [{ title: 'Everything at once', description: 'A long description', labels: ['one', 'two', 'three'], ownerIds: owners, size: 5, type: 'defect', discipline: 'security' }, 'Bare'] },
  });
  const [full, bare] = [b.keys['Everything at once'] as string, b.keys.Bare as string];
  await send(api, 'post', `/cards/${full}/blockers`, { category: 'vendor', reason: 'Licence is missing' });
  await send(api, 'post', `/cards/${full}/comments`, { text: 'A comment that stays inside' });
  for (const text of ['first', 'second']) await send(api, 'post', `/cards/${full}/todos`, { text });
  for (const [key, state, text] of [['ci', 'failed', 'CI failed'], ['deploy', 'running', 'Canary 5 %'], ['scan', 'ok', 'Scan'], ['docs', 'info', 'Docs']])
    await send(api, 'put', `/cards/${full}/signals/${key}`, { state, text });
  await page.goto(`/b/${b.id}`);
  await ready(page);
  const card = cardOf(page, full);
  await expect(card.getByText('Blocked · Licence is missing')).toBeVisible();
  await expect(card.locator('svg').first()).toBeVisible();
  // the one face says in its name that there are more
  await expect(card.getByRole('button', { name: new RegExp(`^${full} is with Ana Ruiz, `) })).toBeVisible();
  // what can be seen, without what is only for screen readers
  const seen = await card.evaluate((el) => {
    const out: string[] = [];
    const walk = document.createTreeWalker(el, NodeFilter.SHOW_TEXT);
    for (let n = walk.nextNode(); n; n = walk.nextNode()) if (!n.parentElement?.closest('.sr, title') && n.textContent?.trim()) out.push(n.textContent.trim());
    return out.join(' | ');
  });
  expect(seen).toBe([full, '1 d', 'Everything at once', 'Blocked · Licence is missing', 'one', 'two', '0 | / | 2', 'CI failed', 'Canary 5 %', 'AR'].join(' | '));
  const plain = await cardOf(page, bare).evaluate((el) => (el as HTMLElement).innerText.replace(/\s+/g, ' ').trim());
  expect(plain).toContain(bare);
  expect(plain).toContain('Bare');
  await expect(cardOf(page, bare).locator('[class*="blocked"], [class*="tag"], [class*="meta"]')).toHaveCount(0);
});

test('23 the title is edited in place with a double click or T: Enter saves, Esc reverts, empty is refused', async ({ as }) => {
  const { page, api } = await as('ana');
  const b = await makeBoard(api, { cards: { Build: ['Old words'] } });
  const key = b.keys['Old words'] as string;
  await page.goto(`/b/${b.id}`);
  await ready(page);
  const field = page.getByRole('textbox', { name: `Title of ${key}` });
  await page.getByText('Old words').dblclick();
  await expect(field).toBeFocused();
  await field.fill('Never said');
  await page.keyboard.press('Escape');
  await expect(linkOf(page, key)).toHaveText('Old words');
  await expect(page, 'a double click does not open the card').not.toHaveURL(/card=/);
  await expect.poll(() => focusedKey(page)).toBe(key);
  await page.keyboard.press('t');
  await expect(field).toBeFocused();
  await field.fill('   ');
  await page.keyboard.press('Enter');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(cardOf(page, key).getByRole('alert')).toBeVisible();
  await field.fill('New words');
  await page.keyboard.press('Enter');
  await expect(linkOf(page, key)).toHaveText('New words');
  await expect.poll(async () => (await b.snapshot()).cards[0]?.title).toBe('New words');
  await expect.poll(() => focusedKey(page)).toBe(key);
});

test('28 the key in mono copies a deep link, which works cold, after a move and for an archived card', async ({ as, server }) => {
  const ana = await as('ana', { permissions: ['clipboard-read', 'clipboard-write'] });
  const { page, api } = ana;
  const b = await makeBoard(api, { cards: { Ready: ['Linked'] } });
  const key = b.keys.Linked as string;
  await page.goto(`/b/${b.id}`);
  await ready(page);
  const button = page.getByRole('button', { name: `${key}: copy link` });
  expect(await button.evaluate((e) => getComputedStyle(e).fontFamily)).toMatch(/mono/i);
  await button.click();
  await expect(toasts(page)).toContainText(`Link to ${key} copied`);
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toBe(`${server.url}/c/${key}`);
  const opened = async () => {
    const cold = await (await as('goro')).page;
    await cold.goto(link);
    await expect(cold.getByRole('heading', { name: 'Linked', level: 2 })).toBeVisible();
    return cold;
  };
  await opened();
  await send(api, 'post', `/cards/${key}/move`, { columnId: b.columns.Test });
  await expect((await opened()).getByText('Test', { exact: true }).first()).toBeVisible();
  await send(api, 'delete', `/cards/${key}`);
  await expect((await opened()).getByText(/^Archived .*It is not on the board/)).toBeVisible();
});

test('32 cards are archived, not deleted, and that can be undone for 30 s', async ({ as }) => {
  const { page, api } = await as('ana');
  await page.clock.install();
  const b = await makeBoard(api, { cards: { Ready: ['Gone', 'Stays'] } });
  const key = b.keys.Gone as string;
  await page.goto(`/b/${b.id}`);
  await ready(page);
  for (const way of ['key', 'peek']) {
    if (way === 'key') {
      await linkOf(page, key).focus();
      await page.keyboard.press('Delete');
    } else {
      await page.goto(`/b/${b.id}?card=${key}`);
      await page.locator('aside').getByRole('button', { name: 'Archive' }).click();
    }
    await expect(cardOf(page, key), `${way}: nothing is asked`).toHaveCount(0);
    await expect(page.locator('dialog[open]')).toHaveCount(0);
    const toast = toasts(page).filter({ hasText: `${key} archived` });
    await expect(toast).toBeVisible();
    await page.clock.fastForward(25_000);
    await expect(toast, `${way}: still offered after 25 s`).toBeVisible();
    await toast.getByRole('button', { name: 'Undo' }).click();
    await expect(cardOf(page, key)).toBeVisible();
    await expect.poll(() => b.order('Ready')).toContain(key);
  }
});

for (const [days, peek] of [
  [1, false],
  [480, false],
  [2501, false],
  [2501, true],
] as const)
  test(`22 the first row of a card stays one row: seven columns at 1440, four disciplines, ${days} d${peek ? ', the card open beside' : ''}`, async ({ as }) => {
    const { page, api } = await as('ana');
    const involves = { discipline: 'development', involves: ['operations', 'security', 'product'] };
    const names = ['Ready', 'Shape', 'Build', 'Test', 'Review', 'Deploy', 'Done'];
    const b = await makeBoard(api, {
      columns: names.map((name, i) => ({ name, kind: i === 0 ? 'queue' : i === 6 ? 'done' : 'active' }) as const),
      cards: Object.fromEntries(names.map((name) => [name, [{ title: `${name} one`, ...involves }, { title: `${name} two`, discipline: 'security' }]])),
    });
    const key = b.keys['Ready one'] as string;
    await page.clock.setFixedTime(Date.now() + days * 86_400_000);
    await page.goto(`/b/${b.id}${peek ? `?card=${key}` : ''}`);
    await ready(page);
    await expect(cardOf(page, key)).toContainText(`waiting ${new Intl.NumberFormat('en-GB').format(days)} d`);
    const rows = await page.locator('[data-card]').evaluateAll((cards) =>
      cards.map((card) => {
        const box = (el: Element) => el.getBoundingClientRect();
        const top = card.firstElementChild as HTMLElement;
        const parts = [...top.children].filter((el) => box(el).width > 0);
        return {
          what: card.textContent?.slice(0, 60),
          card: box(card).width,
          height: box(top).height,
          clipped: parts.some((el) => [...el.querySelectorAll(':scope > :not(.sr)')].some((x) => box(x).width > 0 && (box(x).left < box(el).left - 0.5 || box(x).right > box(el).right + 0.5))),
          overlap: parts.some((el, i) => i > 0 && box(el).left < box(parts[i - 1] as Element).right - 0.5),
          outside: parts.some((el) => box(el).right > box(card).right || box(el).left < box(card).left),
        };
      }),
    );
    expect(rows).toHaveLength(14);
    for (const row of rows) {
      expect(row.card, row.what).toBeGreaterThanOrEqual(150);
      expect({ ...row, height: row.height <= 20 }).toEqual({ ...row, height: true, clipped: false, overlap: false, outside: false });
    }
  });
