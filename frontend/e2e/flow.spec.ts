import { clean } from './support/axe';
import { makeBoard } from './support/boards';
import { expect, ready, test } from './support/test';

// A board's Flow page: what it says first leads to the very cards, each number says how it was made, and each chart is
// also a table and can be walked by keys.

test('flow: sentences lead to cards, why, the table, the keys, and it is live', async ({ as, board }) => {
  test.setTimeout(60_000);
  const ana = await as('ana');
  const { page, api } = ana;
  const snap = await board('CHK');
  await page.goto(`/b/${snap.board.id}`);
  await ready(page);
  await page.locator(`a[href="/b/${snap.board.id}/flow"]`).click();
  await expect(page.getByRole('heading', { level: 1, name: /, flow$/ })).toBeVisible();
  await expect(page.getByText('Flow of teams and services, never of people.')).toBeVisible();
  const says = page.getByRole('list', { name: 'What the record says' });
  // one card is a link, several open as a list; which of them is said first depends on the day
  await expect(says.getByRole('link', { name: /^CHK-/ }).or(says.getByRole('button')).first()).toBeVisible();

  // why: rule, points, window and n; Esc gives the focus back
  const cycle = page.getByRole('region', { name: /% of cards finish in/ });
  const why = cycle.getByRole('button', { name: /^Why \d+ days/ });
  await why.click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('entering Shape to entering Done, first day is 1')).toBeVisible();
  await expect(dialog.getByText(/all classes but expedite, n = \d+/)).toBeVisible();
  await clean(page, 'flow with why open');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(why).toBeFocused();

  // a list that was opened from there gives the focus back too
  const through = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Throughput' }) });
  const whyThrough = through.getByRole('button', { name: /^Why/ });
  await whyThrough.click();
  await dialog.getByRole('button', { name: /^Show the/ }).click();
  const list = page.getByRole('dialog', { name: 'Throughput' });
  await expect(list.getByRole('link', { name: /^CHK-/ }).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(list).toHaveCount(0);
  await expect(whyThrough).toBeFocused();

  // the table twin has the same cards
  const twin = cycle.getByRole('button', { name: /^Table/ });
  await twin.click();
  await expect(cycle.getByRole('table').getByRole('columnheader', { name: 'Days' })).toBeVisible();
  await expect(cycle.getByRole('table').getByRole('link', { name: /^CHK-/ }).first()).toBeVisible();
  await twin.click();

  // another window is another address, and the same numbers for whoever opens it
  await page.getByRole('button', { name: /^Days:/ }).click();
  await page.getByRole('button', { name: 'Last 30 days' }).click();
  await expect(page).toHaveURL(/from=\d{4}-\d\d-\d\d/);
  await expect(page.getByRole('button', { name: /, 30 days$/ })).toBeVisible();

  // live: what somebody starts is in progress here
  const wip = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'WIP' }) }).locator('b');
  const before = Number(await wip.textContent());
  const ready1 = snap.columns.find((c) => c.name === 'Ready');
  const shape = snap.columns.find((c) => c.name === 'Shape');
  const next = snap.cards.find((c) => c.columnId === ready1?.id && c.class !== 'expedite');
  const moved = await api.post(`/api/v1/cards/${next?.id}/move`, { data: { columnId: shape?.id, reason: 'more hands' } });
  expect(moved.status(), await moved.text()).toBe(200);
  await expect(wip).toHaveText(String(before + 1));

  // point by point, and into the card
  const chart = page.getByRole('application', { name: /older than/ });
  await chart.focus();
  await page.keyboard.press('ArrowRight');
  const said = page.getByRole('status').first();
  await expect(said).toHaveText(/^CHK-\d+\. .* old, in /);
  const key = /^CHK-\d+/.exec((await said.textContent()) ?? '')?.[0];
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/c/${key}$`));
});

// the others are drawn as the charts of the overview are, or of the same bars
const WIDE = ['Forecast', 'Value stream', 'Diagnostics', 'Compare'];

test('flow: every tab says its finding, has its table, and what one asks is in the address', async ({ as, board }) => {
  test.setTimeout(60_000);
  const { page } = await as('mara');
  const snap = await board('CHK');
  await page.goto(`/b/${snap.board.id}/flow`);
  const tabs = page.getByRole('navigation', { name: 'Flow views' }).getByRole('link');
  const titles: Record<string, RegExp> = {
    'Cumulative flow': /holds|No column holds/,
    'WIP and age': /^Work in progress/,
    'Net flow': /than we|as finished/,
    Blockers: /cost most/,
    'Hand-offs': /without a hand-off/,
    'Work mix': /was unplanned/,
    Forecast: /^With 85 % confidence/,
    'Value stream': /waits longest/,
    Diagnostics: /^Little's law/,
    Compare: /^85 % of cards/,
  };
  for (const [name, title] of Object.entries(titles)) {
    await tabs.filter({ hasText: name }).click();
    const chart = page.getByRole('region', { name: title }).first();
    await expect(chart, name).toBeVisible();
    await expect(tabs.filter({ hasText: name })).toHaveAttribute('aria-current', 'page');
    await expect(page.getByRole('navigation', { name: 'Flow views' }).locator('[aria-current]')).toHaveCount(1);
    const twin = chart.getByRole('button', { name: /^Table/ });
    await twin.click();
    await expect(chart.getByRole('table').getByRole('row').nth(1), `${name} as a table`).toBeVisible();
    await twin.click();
    if (WIDE.includes(name)) await clean(page, `flow, ${name}`, [], ['light']);
    await page.setViewportSize({ width: 390, height: 800 });
    await clean(page, `flow, ${name}, on a phone`, [], ['dark']);
    expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), `${name} does not scroll sideways`).toBe(390);
    await page.setViewportSize({ width: 1440, height: 900 });
  }
  // what is drawn as rows of bars is a picture too
  await tabs.filter({ hasText: 'Blockers' }).click();
  await page.getByRole('region', { name: /cost most/ }).getByRole('button', { name: /^Why/ }).click();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Image' }).click();
  expect((await saved).suggestedFilename()).toMatch(/blockers\.png$/);
  await page.keyboard.press('Escape');
  // by kind of blocker to its cards; a forecast of so many cards is a link
  await tabs.filter({ hasText: 'Blockers' }).click();
  await page.getByRole('region', { name: /cost most/ }).getByRole('listitem').first().getByRole('button').click();
  await expect(page.getByRole('dialog').getByRole('link', { name: /^CHK-/ }).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await tabs.filter({ hasText: 'Forecast' }).click();
  const items = page.getByLabel('When will so many be done?').locator('input');
  // other than what it begins with, which depends on the day
  const many = String(Number(await items.inputValue()) + 3);
  await items.fill(many);
  await expect(page).toHaveURL(new RegExp(`items=${many}`));
  await expect(page.getByText(new RegExp(`^${many} cards by .* % likely`))).toBeVisible();
  // days that are drawn over are looked at more closely
  await tabs.filter({ hasText: 'Net flow' }).click();
  const chart = page.getByRole('application').first();
  await expect(chart.locator('svg')).toBeVisible();
  const area = (await chart.boundingBox())!;
  await page.mouse.move(area.x + area.width * 0.4, area.y + 80);
  await page.mouse.down();
  await page.mouse.move(area.x + area.width * 0.7, area.y + 90, { steps: 4 });
  await page.mouse.up();
  await expect(page).toHaveURL(/from=.*to=/);
});

test('flow of several boards: from the wall, for a team or any boards, with what each of them has', async ({ as }) => {
  const { page, api } = await as('mara');
  const made = await makeBoard(api, { name: 'Harbour', cards: { Build: ['Move the ledger'] } });
  await page.goto('/flow');
  await page.getByRole('link', { name: 'All together' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^Flow of \d+ boards$/ })).toBeVisible();
  await expect(page.getByRole('region', { name: /% of cards finish in/ })).toBeVisible();
  const each = page.getByRole('region', { name: /in progress/ });
  await expect(each.getByRole('listitem').filter({ hasText: 'Harbour' }).getByText(/In progress now/)).toBeVisible();
  await clean(page, 'flow of several boards', [], ['light']);

  await page.getByRole('button', { name: /^Boards:/ }).click();
  await page.getByRole('checkbox', { name: 'Harbour' }).uncheck();
  await expect(page).toHaveURL(/boards=/);
  await expect(each.getByText('Harbour')).toHaveCount(0);
  await page.getByRole('button', { name: 'All of the team Checkout' }).click();
  await expect(page).toHaveURL(/\/flow\/boards\?team=/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { level: 1, name: 'Checkout, flow' })).toBeVisible();
  await expect(each.getByRole('listitem')).toHaveCount(3);
  await expect(each.getByRole('link', { name: /Harbour/ })).toHaveAttribute('href', `/b/${made.id}/flow`);

  // the cards behind a number are those of all of them
  await page.getByRole('navigation', { name: 'Flow views' }).getByRole('link', { name: 'WIP and age' }).click();
  const chart = page.getByRole('application', { name: /^Work in progress/ });
  await chart.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByRole('link', { name: /Move the ledger/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('navigation', { name: 'Flow views' }).getByRole('link', { name: 'Forecast' }).click();
  await expect(page.getByRole('region', { name: /^With 85 % confidence/ })).toBeVisible();
});

test('flow: a share is reserved in the settings and held against what came; notes about the constraint are written, changed and withdrawn', async ({ as, board }) => {
  const { page } = await as('ana');
  const snap = await board('CHK');
  await page.goto(`/b/${snap.board.id}?edit=settings`);
  const settings = page.getByRole('dialog', { name: 'Board settings' });
  const more = settings.getByLabel('Reserve a share for …');
  const kind = (await more.locator('option').nth(1).textContent()) as string; // one for which nothing is reserved yet
  await more.selectOption(kind);
  await settings.getByLabel(`Percent reserved for ${kind}`).fill('7');
  await settings.getByRole('button', { name: 'Save' }).click();
  await expect(settings).toHaveCount(0);
  await page.goto(`/b/${snap.board.id}/workflow`);
  await expect(page.getByRole('region', { name: /What is reserved/ }).getByText('7 % of the work.').first()).toBeVisible();
  await page.goto(`/b/${snap.board.id}/flow?tab=mix`);
  const reserved = page.getByRole('region', { name: /reserved/i }).first();
  await expect(reserved.getByText(/7 % reserved/).last()).toBeVisible();
  await clean(page, 'flow, reserves', [], ['light']);

  await page.getByRole('navigation', { name: 'Flow views' }).getByRole('link', { name: 'Value stream' }).click();
  const steps = page.getByRole('region', { name: /^What is done about/ });
  const add = steps.getByRole('button', { name: 'Note Exploit' });
  await add.click();
  await page.getByLabel('What is done, or was seen').fill('No meetings before eleven');
  await page.getByRole('button', { name: 'Save' }).click();
  const note = steps.getByRole('listitem').filter({ hasText: /^No meetings before eleven/ });
  await expect(note).toContainText('Ana Ruiz');
  await expect(add).toBeFocused();
  await clean(page, 'flow, focusing steps', [], ['dark']);
  await note.getByRole('button', { name: /^Edit/ }).click();
  await page.getByRole('button', { name: 'Withdraw' }).click();
  await expect(note).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(note).toBeVisible();
});
