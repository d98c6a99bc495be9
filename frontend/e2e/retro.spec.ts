import type { Page } from '@playwright/test';
import { clean } from './support/axe';
import { makeBoard, send } from './support/boards';
import { expect, type Person, test } from './support/test';

// One retro from its first page to its summary, in four browsers, with what goes wrong in a real one.

interface View {
  retro: { id: string; phase: string; next: string; code: string };
  notes: { id: string; text?: string; mine: boolean; groupId?: string }[];
  groups: { id: string; title: string; votes?: number; myVotes: number; noteIds: string[] }[];
  people: { name: string; done: boolean; here: boolean; facilitator: boolean }[];
  actions: { title: string; cardKey: string; signal: string }[];
  carried: { state: string }[];
  close: { n: number; roti?: { n: number } };
  me: { votesLeft: number; done: boolean };
}

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
/** How long the wire is cut. */
const CUT_MS = 20_000;
const DUE = '2027-01-15';

/** The phase of the strip that this page says is now. */
const now = (page: Page) => page.getByRole('navigation', { name: 'Phases' }).locator('[aria-current="step"]');
const at = (page: Page, phase: string) => expect(now(page)).toHaveText(phase, { timeout: 15_000 });
const field = (page: Page, column: string) => page.locator('.rt-in').getByRole('textbox', { name: `A note for ${column}` });

async function write(page: Page, column: string, ...texts: string[]) {
  for (const text of texts) {
    await field(page, column).fill(text);
    await field(page, column).press('Enter');
    await expect(page.getByText(text, { exact: true }).first()).toBeVisible();
  }
}

/** All that a page was told by the server: answers and frames of its socket. */
function listenIn(page: Page) {
  const heard: Promise<string>[] = [];
  page.on('response', (r) => {
    if (r.url().includes('/api/')) heard.push(r.text().catch(() => ''));
  });
  page.on('websocket', (s) => s.on('framereceived', (f) => heard.push(Promise.resolve(String(f.payload)))));
  return async () => (await Promise.all(heard)).join('\n');
}

const board = ({ api }: Person) =>
  makeBoard(api, {
    name: 'Looked back on',
    columns: [
      { name: 'Ready', kind: 'queue' },
      { name: 'Build', kind: 'active', wip: { mode: 'warn', max: 3 } },
      { name: 'Done', kind: 'done' },
    ],
    cards: { Build: ['A card'] },
  });

/** A retro that is over and has left an action. */
async function before({ api }: Person, boardId: string, ownerId: string, dueOn = DUE) {
  const { retro } = await send<View>(api, 'post', '/retros', { boardId, templateKey: 'plus_delta', title: 'Last time' });
  for (;;) {
    const { retro: r } = await send<View>(api, 'get', `/retros/${retro.id}`);
    if (r.phase === 'commit')
      await send(api, 'post', `/retros/${retro.id}/actions`, { title: 'Say who owns the alert', ownerId, dueOn, signal: 'a name in the runbook' });
    if (r.phase === 'published') return;
    await send(api, 'post', `/retros/${retro.id}/phase`, { from: r.phase, to: r.next });
  }
}

test.describe('with a wire', () => {
  test.use({ wired: true });

  test('a whole retro in four browsers, with a cut wire and a restart in it: nothing is lost, nobody reads too early', async ({ as, wire, server }) => {
    test.setTimeout(240_000);
    const ana = await as('ana');
    const bo = await as('bo');
    const phone = await as('goro', PHONE);
    const made = await board(ana);
    const { person } = await send<{ person: { id: string } }>(ana.api, 'get', '/me');
    await before(ana, made.id, person.id);
    const heard = listenIn(bo.page);

    // begin: the board's retro, from a template, anonymous
    await ana.page.goto('/retro');
    await ana.page.getByRole('link', { name: 'Start a retro' }).click();
    await ana.page.getByLabel('Board', { exact: true }).selectOption({ label: 'Checkout, Looked back on' });
    await ana.page.getByRole('radio', { name: /^Start, stop, continue/ }).check();
    await expect(ana.page.getByText('What costs more than it gives?')).toBeVisible();
    await clean(ana.page, 'a new retro');
    await ana.page.getByLabel('Title').fill('The week of the alert');
    await ana.page.getByRole('button', { name: 'Start', exact: true }).click();
    await expect(ana.page).toHaveURL(/\/retro\/ret_\w+$/);
    const id = ana.page.url().match(/ret_\w+/)?.[0] ?? '';
    const look = (who: Person = ana) => send<View>(who.api, 'get', `/retros/${id}`);
    const turn = (name: string) =>
      ana.page
        .getByRole('banner')
        .getByRole('button', { name: new RegExp(`^(Next: )?${name}$`) })
        .click();
    await at(ana.page, 'Last actions');
    await expect(ana.page.getByText('Anonymous, for good', { exact: true }).first()).toBeVisible();

    // by code, and by the address
    await bo.page.goto('/retro');
    await bo.page.getByLabel('Join with a code').fill((await look()).retro.code.toLowerCase());
    await bo.page.getByRole('button', { name: 'Join', exact: true }).click();
    await at(bo.page, 'Last actions');
    await phone.page.goto(`/retro/${id}`);
    await at(phone.page, 'Last actions');
    await expect.poll(async () => (await look()).people.length).toBe(3);

    // last time's actions come first, and stay in the way of writing
    await clean(ana.page, 'last actions');
    await turn('Check-in');
    await at(bo.page, 'Check-in');
    await bo.page.getByLabel('Your answer').fill('Windy');
    await bo.page.getByRole('button', { name: 'Answer' }).click();
    await expect(bo.page.getByText('You said: Windy')).toBeVisible();
    await clean(ana.page, 'check-in');
    await turn('Write');
    await expect(ana.page.getByText(/Last time's actions come first/).first()).toBeVisible();
    await ana.page.getByRole('navigation', { name: 'Phases' }).getByRole('button', { name: 'Last actions' }).click();
    await ana.page.getByRole('group', { name: /Say who owns the alert/ }).getByRole('button', { name: 'Keep' }).click();
    await expect.poll(async () => (await look()).carried[0]?.state).toBe('kept');
    await ana.page.getByRole('button', { name: 'Follow: Check-in' }).click();
    await turn('Write');
    await at(bo.page, 'Write');
    await at(phone.page, 'Write');

    // writing: with the keyboard, on a phone, and through a reload
    await write(ana.page, 'Start', 'Ask ops before the design is done', 'Rotate who reviews access');
    await write(ana.page, 'Stop', 'Muting alerts for weeks');
    await write(bo.page, 'Start', 'Write down who owns what');
    await phone.page.getByRole('button', { name: /^Stop/ }).tap();
    await phone.page.getByRole('textbox', { name: 'A note for Stop' }).fill('Alerts that nobody reads');
    await phone.page.getByRole('button', { name: 'Add', exact: true }).tap();
    await expect(phone.page.getByText('Alerts that nobody reads')).toBeVisible();
    await field(bo.page, 'Continue').fill('A half written thought');
    await bo.page.reload();
    await expect(field(bo.page, 'Continue')).toHaveValue('A half written thought');
    await expect(bo.page.getByText(/Someone’s note/).first()).toBeAttached();

    // the wire is cut: what is written waits, in sight, and a reload does not lose it
    wire.cut();
    await write(bo.page, 'Stop', 'Deploying on Friday evenings');
    await expect(bo.page.locator('.rt-unsent')).toBeVisible();
    await ana.page.getByRole('button', { name: 'Pause the timer' }).click();
    await expect(ana.page.getByRole('timer', { name: /^paused at/ })).toBeVisible();
    await expect(ana.page.getByText(/Something you did is not sent yet/)).toBeVisible({ timeout: 10_000 });
    await ana.page.waitForTimeout(CUT_MS);
    wire.mend();
    await expect(bo.page.locator('.rt-unsent')).toHaveCount(0, { timeout: 25_000 });
    await expect(bo.page.getByRole('timer', { name: /^paused at/ }), 'who leads paused while the wire was cut').toBeVisible({ timeout: 25_000 });
    await expect(ana.page.getByText('The server could not be reached')).toHaveCount(0);
    await ana.page.getByRole('button', { name: 'Go on with the timer' }).click();
    await expect.poll(async () => (await look()).notes.length).toBe(6);

    // the server is gone and comes again
    await server.crash();
    await write(ana.page, 'Continue', 'Pairing on the failover test');
    await server.restart();
    await expect(ana.page.locator('.rt-unsent')).toHaveCount(0, { timeout: 25_000 });
    await expect.poll(async () => (await look()).notes.length, 'sent once').toBe(7);
    await field(bo.page, 'Continue').press('Enter');
    await expect.poll(async () => (await look()).notes.length).toBe(8);
    await expect(bo.page.locator('.rt-note[data-shape]')).toHaveCount(5, { timeout: 15_000 });
    await clean(bo.page, 'write');
    await clean(phone.page, 'write on a phone');

    // done, seen by who leads
    await bo.page.getByRole('button', { name: 'I am done' }).first().click();
    await expect(ana.page.locator('.rt-done')).toContainText('1 of 3 done', { timeout: 15_000 });

    // nothing of what others wrote has reached this page, by no way
    const early = await heard();
    expect(early).toContain('Write down who owns what');
    for (const text of ['Ask ops before', 'Rotate who reviews', 'Muting alerts', 'Alerts that nobody reads', 'Pairing on the failover']) expect(early).not.toContain(text);

    await turn('Reveal all');
    await at(bo.page, 'Reveal');
    await expect(bo.page.getByText('Pairing on the failover test')).toBeVisible();
    await clean(bo.page, 'reveal');

    // who comes late lands where the others are
    const late = await as('fay');
    await late.page.goto(`/retro/${id}`);
    await at(late.page, 'Reveal');
    await expect(late.page.getByText('Muting alerts for weeks')).toBeVisible();

    // grouping: by the menu with the keyboard, and by dragging
    await turn('Group');
    await at(bo.page, 'Group');
    await bo.page.getByRole('button', { name: 'Put together with…: Alerts that nobody reads' }).focus();
    await bo.page.keyboard.press('Enter');
    await bo.page.getByRole('dialog').getByRole('button', { name: /Muting alerts/ }).focus();
    await bo.page.keyboard.press('Enter');
    await expect.poll(async () => (await look()).groups.map((g) => g.noteIds.length)).toEqual([2]);
    const spot = (text: string) => late.page.locator('[data-notes]').filter({ hasText: text });
    await spot('Rotate who reviews access').dragTo(spot('Write down who owns what'));
    await expect.poll(async () => (await look()).groups.length).toBe(2);
    await late.page.getByRole('button', { name: /^Rename the group Write down/ }).click();
    await late.page.getByLabel('Name of the group').fill('Who owns what');
    await late.page.keyboard.press('Enter');
    await expect(phone.page.locator('.rt-grp h3', { hasText: 'Who owns what' })).toBeAttached({ timeout: 15_000 });
    await clean(late.page, 'group');

    // votes: + and −, why not, and no totals
    await turn('Vote');
    await at(phone.page, 'Vote');
    for (let i = 0; i < 2; i++) await phone.page.getByRole('button', { name: /^Vote for Who owns what/ }).tap();
    await expect(phone.page.getByText('1 vote left')).toBeVisible();
    for (let i = 0; i < 3; i++) await ana.page.getByRole('button', { name: /^Vote for Who owns what/ }).click();
    await expect(ana.page.getByRole('button', { name: /it has as many of your votes as one topic takes|you have no votes left/ }).first()).toHaveAttribute('aria-disabled', 'true');
    await ana.page.getByRole('button', { name: 'Take a vote back from Who owns what' }).click();
    await expect(ana.page.getByText('1 vote left')).toBeVisible();
    await expect.poll(async () => (await look()).groups.find((g) => g.title === 'Who owns what')?.myVotes).toBe(2);
    await expect.poll(async () => (await look(phone)).groups.find((g) => g.title === 'Who owns what')?.myVotes).toBe(2);
    expect((await look()).groups.every((g) => g.votes === undefined)).toBe(true);
    await clean(ana.page, 'vote');
    // looking back, and back to where the others are
    await late.page.getByRole('navigation', { name: 'Phases' }).getByRole('button', { name: 'Reveal' }).click();
    await expect(late.page.getByText('You are looking at Reveal')).toBeVisible();
    await late.page.getByRole('button', { name: 'Follow: Vote' }).click();

    // discuss, most votes first
    await turn('Discuss');
    await at(bo.page, 'Discuss');
    await expect(bo.page.getByRole('heading', { name: 'Who owns what', level: 2 })).toBeVisible();
    await bo.page.getByRole('button', { name: /^Go on/ }).click();
    await expect(ana.page.getByRole('button', { name: 'Go on 1' })).toBeVisible({ timeout: 15_000 });
    await ana.page.getByLabel('What was said').fill('The runbook says it from now on');
    await ana.page.getByRole('button', { name: 'Pause the timer' }).click();
    await expect(bo.page.getByRole('timer', { name: /^paused at/ })).toBeVisible({ timeout: 15_000 });
    await clean(ana.page, 'discuss');
    await ana.page.getByRole('button', { name: 'Next topic' }).click();
    await expect(bo.page.locator('.rt-topics')).toContainText('discussed', { timeout: 15_000 });
    await turn('Commit');
    await at(ana.page, 'Commit');

    // commit: owner, day, sign
    await ana.page.getByRole('button', { name: 'New action' }).click();
    await clean(ana.page, 'an action');
    await ana.page.getByLabel('What will we do?').fill('Put owners into the runbook');
    await ana.page.getByLabel('Who sees to it?').selectOption({ label: 'Fay Wong' }).catch(() => ana.page.getByLabel('Who sees to it?').selectOption({ index: 1 }));
    await ana.page.getByLabel('Until when?').fill(DUE);
    await ana.page.getByLabel('How will we know?').fill('nobody asks twice');
    await ana.page.getByRole('button', { name: 'Add the action' }).click();
    await expect(late.page.getByText('Put owners into the runbook').first()).toBeVisible({ timeout: 15_000 });
    await clean(ana.page, 'commit');
    const key = (await look()).actions[0]?.cardKey ?? '';
    await turn('Close');

    // close: one tap each
    await at(phone.page, 'Close');
    await phone.page.getByRole('group', { name: 'Was this time well spent?' }).getByRole('button', { name: '4 Good' }).tap();
    await ana.page.getByRole('group', { name: 'Was this time well spent?' }).getByRole('button', { name: '5 Great' }).click();
    await ana.page.getByRole('group', { name: 'Could you say what you think?' }).getByRole('button', { name: '5 Freely' }).click();
    await expect.poll(async () => (await look()).close.n).toBe(2);
    await clean(ana.page, 'close');
    await turn('Publish');
    await ana.page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();

    // published: everybody reads it, and nothing is missing
    for (const page of [ana.page, bo.page, phone.page, late.page]) {
      const summary = page.getByRole('article', { name: 'Summary' });
      await expect(summary).toContainText('Put owners into the runbook', { timeout: 20_000 });
      for (const text of ['A half written thought', 'Deploying on Friday evenings', 'Pairing on the failover test', 'Alerts that nobody reads', 'The runbook says it from now on', key]) await expect(summary).toContainText(text);
    }
    await clean(ana.page, 'published');
    await expect(ana.page.getByRole('link', { name: 'CSV' })).toHaveAttribute('href', `/api/v1/retros/${id}/export.csv`);
    expect((await (await ana.api.get(`/api/v1/retros/${id}/export.csv`)).text()).split('\n').filter((l) => l.startsWith('note,'))).toHaveLength(8);
    expect((await send<{ card: { type: string } } & Record<string, unknown>>(ana.api, 'get', `/cards/${key}`)) && key).toMatch(/^CHK-\d+$/);
    await ana.page.getByRole('link', { name: 'Checkout' }).click();
    await expect(ana.page.getByRole('link', { name: 'The week of the alert' })).toBeVisible();
    await clean(ana.page, 'the list');
  });
});

test('a retro is open for days: each writes alone, who was there is nobody\'s to know, and the meeting shows all at once', async ({ as }) => {
  const ana = await as('ana');
  const bo = await as('bo', PHONE);
  await board(ana);
  await ana.page.goto('/retro/new');
  await ana.page.getByLabel('Board', { exact: true }).selectOption({ label: 'Checkout, Looked back on' });
  await ana.page.getByRole('radio', { name: /^Plus, delta/ }).check();
  await ana.page.getByRole('button', { name: 'Over days first' }).click();
  await expect(ana.page.getByLabel('Write until')).toHaveValue(/T17:00$/);
  await ana.page.getByRole('button', { name: 'Open it' }).click();
  await at(ana.page, 'Collect');
  await bo.page.goto('/retro');
  await bo.page.getByRole('link', { name: 'Plus, delta' }).first().tap();
  await at(bo.page, 'Collect');
  const heard = listenIn(ana.page);
  await bo.page.getByRole('textbox', { name: 'A note for Plus' }).fill('Written on a train');
  await bo.page.getByRole('button', { name: 'Add', exact: true }).tap();
  await expect(bo.page.getByText('1 note by 1 person so far')).toBeVisible();
  await expect(ana.page.getByText('1 note by 1 person so far')).toBeVisible({ timeout: 15_000 });
  await expect(ana.page.locator('.rt-note')).toHaveCount(0);
  await expect(ana.page.locator('.rt-done li')).toHaveCount(1);
  expect(await heard()).not.toContain('Written on a train');
  await clean(ana.page, 'open');
  await clean(bo.page, 'open on a phone');
  await ana.page.getByRole('banner').getByRole('button', { name: 'Start the meeting' }).click();
  await at(bo.page, 'Check-in');
  await expect(ana.page.locator('.rt-done li')).toHaveCount(2, { timeout: 15_000 });
});

test('a team makes a template of its own from a copy, and a retro begins with it', async ({ as }) => {
  const mara = await as('mara');
  await board(mara);
  const { page } = mara;
  await page.goto('/retro');
  await page.getByRole('link', { name: 'Templates of your own' }).click();
  await page.getByRole('button', { name: 'New template' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Begin with').selectOption({ label: 'Plus, delta' });
  await dialog.getByLabel('Team').selectOption({ label: 'Checkout' });
  await dialog.getByLabel('Name').fill('Friday look back');
  await dialog.getByRole('button', { name: 'Add a column' }).click();
  await dialog.getByLabel('Title of column 3').fill('Thanks');
  await clean(page, 'a template');
  await dialog.getByRole('button', { name: 'Make it' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.locator('.row-a', { hasText: 'Friday look back' })).toContainText('Thanks');
  await page.goto('/retro/new');
  await page.getByLabel('Board', { exact: true }).selectOption({ label: 'Checkout, Looked back on' });
  await page.getByRole('radio', { name: /^Friday look back/ }).check();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('navigation', { name: 'Phases' }).getByRole('button', { name: 'Write' }).click();
  await expect(page.getByRole('heading', { name: /^Thanks/ })).toBeVisible();
  await page.goto('/retro/templates');
  await page.getByRole('button', { name: 'Archive Friday look back' }).click();
  await expect(page.getByRole('button', { name: 'Bring Friday look back back' })).toBeVisible();
});

test('who leads can let others lead; with names a note that came too late is added and says so, and one that was not finished is kept for its writer', async ({ as }) => {
  const ana = await as('ana');
  const made = await board(ana);
  const { retro } = await send<View>(ana.api, 'post', '/retros', { boardId: made.id, templateKey: 'plus_delta', anonymity: 'named', phases: [{ key: 'checkin', enabled: false }] });
  const bo = await as('bo');
  await ana.page.goto(`/retro/${retro.id}`);
  await bo.page.goto(`/retro/${retro.id}`);
  await at(bo.page, 'Write');
  await expect(ana.page.getByText('With names').first()).toBeVisible();
  await expect(bo.page.getByRole('button', { name: 'Reveal all' })).toHaveCount(0);
  await ana.page.getByRole('button', { name: 'Who leads' }).click();
  await ana.page.getByRole('dialog').getByRole('button', { name: /^Bo/ }).click();
  await ana.page.keyboard.press('Escape');
  await expect(bo.page.getByRole('button', { name: 'Reveal all' })).toBeVisible({ timeout: 15_000 });
  await ana.page.getByRole('button', { name: 'Invite' }).click();
  await expect(ana.page.getByRole('img', { name: /Address of this retro as a code/ })).toBeVisible();
  await clean(ana.page, 'the invitation');
  await ana.page.keyboard.press('Escape');

  // ana cannot reach the server while bo reveals
  await ana.page.route('**/api/v1/retros/*/notes', (r) => r.abort('internetdisconnected'));
  await write(ana.page, 'Plus', 'Written a moment too late');
  await expect(ana.page.locator('.rt-unsent')).toBeVisible();
  await field(bo.page, 'Delta').fill('Not finished when all was');

  // the time ends in a word, and nothing moves
  await send(ana.api, 'post', `/retros/${retro.id}/timer`, { seconds: 2 });
  await expect(bo.page.getByRole('timer')).toHaveText('time', { timeout: 15_000 });
  await at(bo.page, 'Write');
  await bo.page.getByRole('button', { name: '1 min' }).click(); // what ana does waits behind the note
  await expect(ana.page.getByRole('timer')).toHaveText(/^0:5\d|1:00$/, { timeout: 15_000 });

  await bo.page.getByRole('banner').getByRole('button', { name: 'Reveal all' }).click();
  await at(ana.page, 'Reveal');
  await ana.page.unroute('**/api/v1/retros/*/notes');
  const late = bo.page.getByRole('listitem').filter({ hasText: 'Written a moment too late' });
  await expect(late).toContainText('added later', { timeout: 20_000 });
  await expect(bo.page.locator('.rt-late')).toContainText('Not finished when all was');
  await bo.page.reload();
  await expect(bo.page.locator('.rt-late')).toContainText('Not finished when all was');
  await bo.page.getByRole('button', { name: 'Let them go' }).click();
  await expect(bo.page.getByText('Came too late')).toHaveCount(0);
  await bo.page.getByRole('button', { name: 'Add a late thought' }).click();
  await bo.page.getByLabel('Add a late thought').fill('Come to think of it');
  await clean(bo.page, 'a late thought');
  await bo.page.keyboard.press('Enter');
  await expect(ana.page.getByRole('listitem').filter({ hasText: 'Come to think of it' })).toContainText('Bo');
});

test('what is late is kept until another day; publishing asks calmly, shows the summary, and looking back afterwards says so', async ({ as }) => {
  const ana = await as('ana');
  const { page, api } = ana;
  const made = await board(ana);
  const { person } = await send<{ person: { id: string } }>(api, 'get', '/me');
  await before(ana, made.id, person.id, '2026-01-15');
  const { retro } = await send<View>(api, 'post', '/retros', { boardId: made.id, templateKey: 'plus_delta', title: 'This time' });
  await page.goto(`/retro/${retro.id}`);
  await at(page, 'Last actions');
  const action = page.locator('.rt-last li').filter({ hasText: 'Say who owns the alert' }).first();
  await action.getByRole('button', { name: 'Keep', exact: true }).click();
  await action.getByLabel('Due from now on').fill('2099-01-01');
  await action.getByRole('button', { name: 'Keep until then' }).click();
  await expect(action).toContainText(/due Thu,? 1 Jan 2099 · was Thu,? 15 Jan/);
  await action.getByRole('button', { name: /^Move the day/ }).click();
  await action.getByLabel('Due from now on').fill('2099-02-02');
  await action.getByRole('button', { name: 'Save' }).click();
  await expect(action).toContainText(/due Mon,? 2 Feb 2099 · was Thu,? 15 Jan/);
  await clean(page, 'a moved day');

  for (let r = (await send<View>(api, 'get', `/retros/${retro.id}`)).retro; r.phase !== 'close'; r = (await send<View>(api, 'get', `/retros/${retro.id}`)).retro)
    await send(api, 'post', `/retros/${retro.id}/phase`, { from: r.phase, to: r.next });
  await at(page, 'Close');
  await page.getByRole('button', { name: 'Publish' }).click();
  const sure = page.getByRole('dialog').getByRole('button', { name: 'Publish' });
  await expect(sure).not.toHaveClass(/danger/);
  await sure.click();
  const summary = page.getByRole('article', { name: 'Summary' });
  await expect(summary).toBeInViewport();
  await expect(summary).toContainText('due 2 Feb 2099 instead of 15 Jan 2026');
  await page.getByRole('navigation', { name: 'Phases' }).getByRole('button', { name: 'Commit' }).click();
  await expect(page.getByText('You are looking back at Commit.')).toBeVisible();
  await page.getByRole('button', { name: 'To the summary' }).click();
  await expect(summary).toBeVisible();
});
