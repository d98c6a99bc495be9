import type { Page } from '@playwright/test';
import { clean } from './support/axe';
import { makeBoard, send, teamOf } from './support/boards';
import { at } from './support/pointer';
import { expect, type Person, test } from './support/test';
import { outside, sizes, TV } from './support/tv';

// What a team does again and again besides its standup: two people at once, on the same picture.

interface View {
  series: { id: string };
  sitting?: { id: string };
  last?: { id: string };
}

const setUp = ({ api }: Person, boardId: string, kind: string) => send<View>(api, 'post', '/rituals', { boardId, kind });
const order = (page: Page) => page.locator('.rp-card .rp-title').evaluateAll((all) => all.map((el) => el.textContent?.replace(/^.*-\d+\s*/, '')));

test('a replenishment by two: both see the same order and words, and the cards are told', async ({ as }) => {
  test.setTimeout(60_000);
  const ana = await as('ana');
  const made = await makeBoard(ana.api, {
    name: 'Replenished',
    columns: [
      { name: 'Options', kind: 'queue' },
      { name: 'Ready', kind: 'queue' },
      { name: 'Build', kind: 'active', wip: { mode: 'warn', max: 2 } },
      { name: 'Done', kind: 'done' },
    ],
    cards: {
      Options: ['Alerts that say what to do'],
      Ready: ['One', 'Two', { title: 'Three', dueOn: '2026-01-05' }],
      Build: ['In work'],
    },
  });
  const { series } = await setUp(ana, made.id, 'replenishment');
  await ana.page.goto(`/rituals/${series.id}`);
  await ana.page.getByRole('button', { name: 'Start the replenishment' }).click();
  await expect(ana.page.getByText('Room for one ends here')).toBeVisible();

  await expect(ana.page.getByText(/overdue: .*5 Jan/)).toBeVisible();

  const bo = await as('bo');
  await bo.page.goto(`/rituals/${series.id}`);
  await expect(bo.page.locator('.rp-card')).toHaveCount(3);
  await bo.page.getByRole('button', { name: `${made.keys.Two}: not yet, because…` }).click();
  await bo.page.getByRole('textbox').fill('nobody can restore it');
  await bo.page.getByRole('button', { name: 'Say it' }).click();
  await expect(ana.page.getByText('nobody can restore it')).toBeVisible();

  // by the keyboard, by the menu and from the options; the other one sees each
  await ana.page.keyboard.press('j');
  await ana.page.keyboard.press('j');
  await ana.page.keyboard.press('j');
  await ana.page.keyboard.press('Shift+ArrowUp');
  await expect.poll(() => order(bo.page)).toEqual(['One', 'Three', 'Two']);
  await ana.page.keyboard.press('y');
  await expect(bo.page.getByText('Ana Ruiz says yes')).toBeAttached();
  await ana.page.getByRole('button', { name: `Take ${made.keys['Alerts that say what to do']} into Ready` }).click();
  await expect(bo.page.locator('.rp-card')).toHaveCount(4);
  await bo.page.getByRole('button', { name: `More for ${made.keys['Alerts that say what to do']}` }).click();
  await bo.page.getByRole('menuitem', { name: 'To the top' }).click();
  await expect.poll(() => order(ana.page)).toEqual(['Alerts that say what to do', 'One', 'Three', 'Two']);
  await clean(ana.page, 'replenishment');

  // with the mouse: the line shows where it goes
  const row = (title: string) => bo.page.locator('.rp-card').filter({ hasText: title });
  const [from, to] = [await at(row('Two')), await at(row('One'), 0.5, 0.1)];
  await bo.page.mouse.move(from.x, from.y);
  await bo.page.mouse.down();
  await bo.page.mouse.move(from.x, from.y - 12, { steps: 3 });
  await bo.page.mouse.move(to.x, to.y, { steps: 8 });
  await bo.page.mouse.move(to.x + 1, to.y);
  await expect(row('One')).toHaveAttribute('data-edge', 'top');
  await bo.page.mouse.up();
  await expect.poll(() => order(ana.page)).toEqual(['Alerts that say what to do', 'Two', 'One', 'Three']);

  await ana.page.getByRole('button', { name: 'Agree on this order' }).click();
  await ana.page.getByRole('button', { name: 'Agree and end' }).click();
  await expect(bo.page.getByText('3 placed, 1 not yet')).toBeVisible();
  const told = await send<{ comments: { text: string }[] }>(ana.api, 'get', `/cards/${made.keys.Two}`);
  expect(told.comments[0]?.text).toContain('Not yet: Bo Lind (nobody can restore it)');
  await bo.page.locator('.row-link').first().click();
  await expect(bo.page.getByRole('heading', { name: 'Ready, in order' })).toBeVisible();
});

test('a demo by two: one picture, marks that stand on the card, what was not shown comes back', async ({ as }) => {
  test.setTimeout(60_000);
  const ana = await as('ana');
  const made = await makeBoard(ana.api, {
    name: 'Shown',
    columns: [
      { name: 'Ready', kind: 'queue' },
      { name: 'Build', kind: 'active' },
      { name: 'Done', kind: 'done' },
    ],
    cards: { Build: ['Refunds by the customer', 'Alerts by service'] },
  });
  for (const key of Object.values(made.keys)) await send(ana.api, 'post', `/cards/${key}/move`, { columnId: made.columns.Done });
  const extra = await send<{ card: { key: string } }>(ana.api, 'post', `/boards/${made.id}/cards`, { title: 'A typo', columnId: made.columns.Done });
  const { series } = await setUp(ana, made.id, 'demo');
  // chosen beforehand: one of three stays away
  await ana.page.goto(`/rituals/${series.id}`);
  await expect(ana.page.getByRole('heading', { name: '3 of 3 finished cards will be shown' })).toBeVisible();
  await clean(ana.page, 'before a demo');
  await ana.page.getByRole('checkbox', { name: /A typo/ }).uncheck();
  await expect(ana.page.getByRole('heading', { name: '2 of 3 finished cards will be shown' })).toBeVisible();
  await ana.page.getByRole('button', { name: `Never show ${extra.card.key} in a demo` }).click();
  await expect(ana.page.getByText('1 card is not for a demo')).toBeVisible();
  await send(ana.api, 'post', `/rituals/${series.id}/start`);
  const bo = await as('bo');
  await Promise.all([ana.page.goto(`/rituals/${series.id}`), bo.page.goto(`/rituals/${series.id}`)]);
  const stage = (page: Page) => page.locator('.rd-stage h2');
  await expect(stage(ana.page)).toHaveText('Refunds by the customer');
  await expect(stage(bo.page)).toHaveText('Refunds by the customer');
  await expect(ana.page.locator('.rd-mark').filter({ hasText: 'Operations' })).toContainText('Bo Lind');

  await bo.page.locator('.rd-mark').filter({ hasText: 'Operations' }).click();
  await expect(ana.page.locator('.rd-mark').filter({ hasText: 'Operations' })).toHaveAttribute('aria-pressed', 'true');
  // a word of the one to whom it is shown; what was begun stays with its card while the demo goes on
  const said = (page: Page) => page.getByLabel('What was said?');
  await bo.page.route('**/notes', (r) => r.fetch().then(() => r.abort()), { times: 1 }); // it arrives, its answer does not
  await said(bo.page).fill('Show it to the help desk');
  await bo.page.keyboard.press('Enter');
  await expect(bo.page.locator('.rd-say').getByRole('alert')).toBeVisible();
  await said(bo.page).press('Enter');
  await expect(said(bo.page)).toHaveValue('');
  const words = ana.page.getByRole('region', { name: 'What was said' });
  await expect(words).toContainText('Bo Lind Show it to the help desk');
  await expect(words.getByText('Show it to the help desk'), 'said again, it counts once').toHaveCount(1);
  await said(bo.page).fill('A runbook is missing');
  // who comes from outside the team is there by name, from the whole workspace
  await ana.page.getByLabel('Somebody else is here…').selectOption({ label: 'Kai Moreno' });
  await expect(bo.page.getByText('Kai Moreno').first()).toBeVisible();
  await clean(ana.page, 'demo');
  await ana.page.keyboard.press('Space');
  await expect(stage(bo.page)).toHaveText('Alerts by service');
  await expect(bo.page.getByText(`On ${made.keys['Refunds by the customer']}`)).toBeVisible();
  await bo.page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(said(bo.page)).toHaveValue('');
  await bo.page.getByRole('button', { name: 'Next time' }).click();
  await expect(ana.page.getByRole('img', { name: 'next time' }), 'next time leaves a mark').toBeVisible();
  await expect(stage(ana.page)).toHaveText('That was all');
  await expect(ana.page.getByText(`Come back next time: ${made.keys['Alerts by service']}`)).toBeVisible();
  await ana.page.locator('.rd-acts').getByRole('button', { name: 'End the demo' }).click();
  const end = ana.page.getByRole('dialog').getByRole('button', { name: 'End the demo' });
  await expect(end, 'nothing is lost by it').not.toHaveClass(/danger/);
  await end.click();
  await expect(bo.page.getByText('1 shown, 1 to operations, 1 next time')).toBeVisible();
  await bo.page.getByRole('link', { name: 'Read the summary' }).click();
  for (const words of ['Bo Lind: Show it to the help desk', 'Bo Lind: A runbook is missing']) await expect(bo.page.getByText(words)).toBeVisible();
  const again = await send<{ sitting: { demo: { cards: { key: string; again: boolean }[] } } }>(ana.api, 'post', `/rituals/${series.id}/start`);
  expect(again.sitting.demo.cards).toMatchObject([{ key: made.keys['Alerts by service'], again: true }]);
  await ana.page.goto(`/c/${made.keys['Refunds by the customer']}`);
  await expect(ana.page.getByRole('region', { name: 'Shown' })).toContainText('to operations');
  await expect(ana.page.getByText('A runbook is missing')).toBeVisible();
});

test('what another lead changed meanwhile is not written over; words that did not arrive are still there', async ({ as }) => {
  const ana = await as('ana');
  const made = await makeBoard(ana.api, {
    name: 'Twice at once',
    columns: [
      { name: 'Ready', kind: 'queue' },
      { name: 'Build', kind: 'active' },
      { name: 'Done', kind: 'done' },
    ],
    cards: { Ready: ['One'] },
  });
  const { series } = await setUp(ana, made.id, 'replenishment');
  await ana.page.goto(`/rituals/${series.id}`);
  await ana.page.getByRole('button', { name: 'Settings' }).click();
  const dialog = ana.page.getByRole('dialog');
  await expect(dialog.getByLabel('Name', { exact: true })).toHaveValue('Twice at once replenishment');
  await send(ana.api, 'patch', `/rituals/${series.id}`, { name: 'Renamed meanwhile' });
  await expect(ana.page.locator('h1')).toHaveText('Renamed meanwhile');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Somebody changed the settings');
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  await send(ana.api, 'post', `/rituals/${series.id}/start`);
  await ana.page.getByRole('button', { name: `${made.keys.One}: not yet, because…` }).click();
  await ana.page.getByRole('textbox').fill('nobody can restore it');
  await ana.page.route('**/say', (route) => route.abort('internetdisconnected'));
  const failed = ana.page.waitForEvent('requestfailed', (r) => r.url().endsWith('/say'));
  await ana.page.getByRole('button', { name: 'Say it' }).click();
  await failed;
  await expect(ana.page.getByRole('textbox')).toHaveValue('nobody can restore it');
  await ana.page.unroute('**/say');
  await ana.page.getByRole('button', { name: 'Say it' }).click();
  await expect(ana.page.getByRole('dialog')).toHaveCount(0);
  await expect(ana.page.locator('.rp-no')).toContainText('nobody can restore it');
});

test('a ritual that was put away says so and comes back; a board that has one of a kind leads to it', async ({ as }) => {
  const { page, api } = await as('ana');
  const made = await makeBoard(api, { name: 'Put away' });
  const { series } = await setUp({ page, api } as Person, made.id, 'demo');
  const far = await as('goro', { timezoneId: 'Asia/Kolkata' });
  await send(api, 'patch', `/rituals/${series.id}`, { schedule: { days: [2], at: '14:00', timeZone: 'Europe/Berlin' } });
  await far.page.goto(`/rituals/${series.id}`);
  await expect(far.page.getByText('Tue at 14:00 (Europe/Berlin)')).toBeVisible();
  await page.goto(`/rituals/${series.id}`);
  await page.getByRole('button', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog');
  const putAway = async () => {
    await dialog.getByRole('button', { name: 'Put it away' }).click();
    await dialog.last().getByRole('button', { name: 'Put it away' }).last().click();
  };
  await putAway();
  await expect(far.page.getByText(/Put away on \d/)).toBeVisible();
  await expect(far.page.getByRole('button', { name: 'Bring back' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(far.page.getByRole('button', { name: 'Start the demo' })).toBeVisible();
  await page.getByRole('button', { name: 'Settings' }).click();
  await putAway();
  await expect(page.getByText(/Put away on \d/)).toBeVisible(); // said and answered, before the page is left
  await page.goto('/rituals');
  await page.getByText('Put away (1)').click();
  await page.getByRole('link', { name: 'Put away demo' }).click();
  await page.getByRole('button', { name: 'Bring back' }).click();
  await expect(page.getByRole('button', { name: 'Start the demo' })).toBeVisible();

  await page.goto('/rituals');
  await page.getByRole('button', { name: 'Set up a ritual' }).click();
  await dialog.getByRole('combobox').first().selectOption(made.id);
  await expect(dialog.getByRole('radio', { name: 'Demo' })).toBeDisabled();
  await clean(page, 'setting a ritual up');
  await dialog.getByRole('link', { name: 'Put away demo' }).click();
  await expect(page).toHaveURL(new RegExp(series.id));
});

test('a flow review by two: the same question, a decision that the queue’s checks let in, and it is a card', async ({ as }) => {
  test.setTimeout(60_000);
  const ana = await as('ana');
  const made = await makeBoard(ana.api, {
    name: 'Reviewed',
    columns: [
      { name: 'Ready', kind: 'queue', checks: ['It can be measured'] },
      { name: 'Build', kind: 'active', wip: { mode: 'warn', max: 1 } },
      { name: 'Done', kind: 'done' },
    ],
    cards: { Build: ['Old one', 'Second one'] },
  });
  const { series } = await setUp(ana, made.id, 'flow_review');
  await ana.page.goto(`/rituals/${series.id}`);
  await ana.page.getByRole('button', { name: 'Start the flow review' }).click();
  const bo = await as('bo');
  await bo.page.goto(`/rituals/${series.id}`);
  const asked = (page: Page) => page.locator('.rd-stage h2');
  await expect(asked(bo.page)).toHaveText('Do we start more than we finish?');
  await expect(bo.page.locator('.rd-stage')).toContainText('2');
  await ana.page.keyboard.press('Space');
  await expect(asked(bo.page)).toHaveText('What has become old, and what finishes it?');
  await clean(bo.page, 'flow review');

  await ana.page.keyboard.press('d');
  const dialog = ana.page.getByRole('dialog');
  await dialog.getByLabel('What do we do?').fill('Two limits become one');
  await dialog.getByLabel('How will we know?').fill('Build is never over');
  await dialog.getByRole('button', { name: 'Decide' }).click();
  await dialog.getByRole('checkbox', { name: 'It can be measured' }).check();
  await expect(dialog.getByLabel('Why')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Decide' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(bo.page.getByText('Two limits become one')).toBeVisible();
  await ana.page.getByRole('button', { name: 'End the review' }).click();
  await dialog.getByRole('button', { name: 'End the review' }).click();
  await expect(bo.page.getByRole('button', { name: 'Start the flow review' })).toBeVisible();
  const { cards } = await made.snapshot();
  expect(cards.find((c) => c.title === 'Two limits become one')).toMatchObject({ type: 'improvement', columnId: made.columns.Ready });
});

test('on the wall: three rituals by a screen’s link, readable from four metres, driven from a laptop', async ({ as, browser }) => {
  test.setTimeout(60_000);
  const { page, api } = await as('ana');
  const made = await makeBoard(api, {
    name: 'Walled',
    columns: [
      { name: 'Ready for whoever comes next', kind: 'queue' },
      { name: 'Build', kind: 'active', wip: { mode: 'warn', max: 3 } },
      { name: 'Review and test together', kind: 'active', wip: { mode: 'warn', max: 2 } },
      { name: 'Done', kind: 'done' },
    ],
    cards: {
      'Ready for whoever comes next': Array.from({ length: 12 }, (_, i) => `Number ${i + 1} survives a failover of the second region without a restart of anything that holds a session`),
      Build: [
        { title: 'Alerts by service say what to do first, and whom to wake when nobody answers within ten minutes', description: 'What it is. '.repeat(40) },
        'Refunds',
        'Keys',
        'Canary',
        'Shards',
      ],
    },
  });
  const built = Object.entries(made.keys).filter(([title]) => !title.startsWith('Number'));
  for (const [, key] of built) await send(api, 'post', `/cards/${key}/move`, { columnId: made.columns.Done });
  const ids: Record<string, string> = {};
  for (const kind of ['replenishment', 'demo', 'flow_review']) {
    ids[kind] = (await setUp({ page, api } as Person, made.id, kind)).series.id;
    await send(api, 'post', `/rituals/${ids[kind]}/start`);
  }
  const first = Object.keys(made.keys).find((title) => title.startsWith('Number 1 ')) ?? '';
  await send(api, 'post', `/rituals/${ids.replenishment}/say`, { cardId: made.keys[first], says: 'not_yet', because: 'nobody has tried to restore it, '.repeat(8) });
  const demo = await send<{ sitting: { demo: { cards: { cardId: string }[] } } }>(api, 'get', `/rituals/${ids.demo}`);
  const note = { cardId: demo.sitting.demo.cards[0]?.cardId, text: 'Show it to the help desk before the sale. '.repeat(9) };
  await send(api, 'post', `/rituals/${ids.demo}/notes`, note);
  await send(api, 'post', `/rituals/${ids.flow_review}/decisions`, { title: 'The limit of review is two, and whoever is third helps', dueOn: '2026-12-04' });

  const link = await send<{ url: string }>(api, 'post', `/teams/${await teamOf(api, 'CHK')}/device-links`, { name: 'Wall' });
  const wall = await browser.newContext({ baseURL: new URL(link.url).origin, viewport: TV, locale: 'en-GB' });
  const screen = await wall.newPage();
  await screen.goto(link.url);
  await screen.getByRole('link', { name: 'Walled' }).click();
  await expect(screen.getByRole('link', { name: /^Walled / }).first()).toBeVisible();
  for (const kind of ['replenishment', 'demo', 'flow_review']) {
    await screen.goto(`/screen/rituals/${ids[kind]}`);
    const steps = kind === 'flow_review' ? 8 : 1;
    for (let n = 0; n < steps; n++) {
      if (kind === 'flow_review') await expect(screen.locator('.step')).toHaveText(`${n + 1} of 8`);
      await expect(screen.locator('.tv-live')).toHaveText('live');
      for (const size of [TV, { width: 3840, height: 2160 }]) {
        await screen.setViewportSize(size);
        const found = await sizes(screen);
        const what = `${kind} ${n} at ${size.width}`;
        expect(found.length, what).toBeGreaterThan(6);
        expect(found.filter((x) => x.size < 41.9), what).toEqual([]);
        expect(await outside(screen), what).toEqual([]);
      }
      if (n < steps - 1) await send(api, 'post', `/rituals/${ids[kind]}/advance`, { from: n, to: n + 1 });
    }
    await expect(screen.getByRole('button')).toHaveCount(0);
    await expect(screen.locator('.tv a')).toHaveCount(0);
  }
  await screen.goto(`/screen/rituals/${ids.demo}`);
  await expect(screen.locator('.tv-now h2')).toContainText('Alerts by service');

  await page.goto(`/rituals/${ids.demo}`);
  await page.getByRole('link', { name: 'On the screen' }).click();
  await expect(page.locator('.tv-now h2')).toContainText('Alerts by service');
  await page.keyboard.press('Space');
  await expect(screen.locator('.tv-now h2')).toHaveText('Refunds');
  await expect(screen.getByText('1 of 5 shown')).toBeVisible();
  await clean(page, 'a demo on the wall');
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(new RegExp(`/rituals/${ids.demo}$`));
  await wall.close();
});
