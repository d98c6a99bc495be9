import type { Page } from '@playwright/test';
import { clean } from './support/axe';
import { makeBoard, send, teamOf } from './support/boards';
import { cardOf, expect, type Person, ready, test } from './support/test';
import { outside, sizes, TV } from './support/tv';

// A standup on the board: one picture on a wall, one phone that drives it, everybody else on the board.

interface View {
  series: { id: string; boardId: string };
  meeting?: { id: string; state: string; at: number; startedBy: { id: string }; steps: { n: number; kind: string; cardId?: string; helpers: { id: string }[] }[] };
  last?: { id: string };
  parked: { text: string; outcome?: string; outcomeKey?: string }[];
}

const step = (page: Page) => page.locator('.tv-now-h .step');
/** How long the wire is cut in the middle of a standup. */
const CUT_MS = 20_000;
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** A board on which six cards want a word, and two do not. */
async function board({ api }: Person) {
  const made = await makeBoard(api, {
    name: 'Walked',
    columns: [
      { name: 'Ready', kind: 'queue' },
      { name: 'Shape & split', kind: 'active', wip: { mode: 'warn', max: 4 } },
      { name: 'Build', kind: 'active', wip: { mode: 'warn', max: 5 } },
      { name: 'Review & test', kind: 'active', wip: { mode: 'warn', max: 2 } },
      { name: 'Deploy', kind: 'active' },
      { name: 'Done', kind: 'done' },
    ],
    cards: {
      'Shape & split': ['Canary for the scoring service'],
      Build: [
        { title: 'Checkout 502', class: 'expedite' },
        'Shard the sessions table before the sale',
        'Flags survive a failover of the second region without a restart of anything that holds a session',
        'Idempotency keys',
      ],
      'Review & test': ['Rate limits on login', 'Log retention of ninety days, everywhere', 'Pen test'],
    },
  });
  const blocked = (title: string, reason: string) =>
    send(api, 'post', `/cards/${made.keys[title]}/blockers`, { category: 'other', reason });
  await blocked('Shard the sessions table before the sale', 'The window of the database team is on Tuesday, and nobody knows yet who asks');
  await blocked('Flags survive a failover of the second region without a restart of anything that holds a session', 'No test region');
  return made;
}

const open = async (page: Page, id: string) => {
  await page.goto(`/b/${id}`);
  await ready(page);
};

test.describe('with a wire', () => {
  test.use({ wired: true });

  test('a whole standup in four browsers, with the wire cut in the middle: nothing is lost, nothing counts twice', async ({ as, browser, wire }) => {
    test.setTimeout(120_000);
    const ana = await as('ana');
    const walked = await board(ana);
    await open(ana.page, walked.id);
    // Present on this very laptop
    await ana.page.getByRole('button', { name: 'Present' }).click();
    await expect(ana.page).toHaveURL(/\/standup\/std_\w+\/screen$/);
    const series = ana.page.url().match(/std_\w+/)?.[0] ?? '';
    const now = () => send<View>(ana.api, 'get', `/standups/${series}`);
    await expect(ana.page.getByText('Ops brief')).toBeVisible();

    // the wall, by a screen's link
    const link = await send<{ url: string }>(ana.api, 'post', `/teams/${await teamOf(ana.api, 'CHK')}/device-links`, { name: 'Wall' });
    const wall = await browser.newContext({ baseURL: new URL(link.url).origin, viewport: TV, timezoneId: 'Europe/Berlin', locale: 'en-GB' });
    const screen = await wall.newPage();
    await screen.goto(link.url);
    await screen.getByRole('link', { name: 'Walked' }).click();
    await ready(screen);
    await screen.getByRole('link', { name: 'Standup', exact: true }).click();
    await expect(screen.getByText('Ops brief')).toBeVisible();
    await expect(screen.getByRole('img', { name: /Address of the remote/ })).toBeVisible();
    await expect(screen.getByRole('button')).toHaveCount(0);

    // a phone, and somebody on the board
    const bo = await as('goro', PHONE);
    await bo.page.goto(`/standup/${series}/remote`);
    const next = bo.page.getByRole('button', { name: 'Next', exact: true });
    await expect(bo.page.getByText('live · Ana drives')).toBeVisible();
    await bo.page.getByRole('button', { name: 'Take over' }).tap();
    await expect(bo.page.getByText('live · you drive')).toBeVisible();
    const fay = await as('fay');
    await open(fay.page, walked.id);
    const bar = fay.page.getByRole('complementary', { name: 'Standup' });
    await expect(bar).toContainText('Ops brief');
    await bar.getByRole('button', { name: 'Follow', exact: true }).click();

    await next.tap();
    await expect(step(screen)).toHaveText(/^1 of \d+$/);
    await expect(step(ana.page)).toHaveText(/^1 of \d+$/);
    await expect(bar).toContainText(/1 of \d+ · CHK-/);
    const first = (await now()).meeting?.steps[1];
    await expect(fay.page).toHaveURL(/card=CHK-/);
    // looking around is allowed: another card is opened, and the walk goes on without
    await fay.page.getByRole('button', { name: 'Close card' }).click();
    await expect(bar.getByRole('button', { name: 'Follow', exact: true })).toBeVisible();

    // a helper, a note, something parked
    await bo.page.getByRole('button', { name: 'Help needed' }).tap();
    await bo.page.getByRole('dialog').getByRole('button', { name: /Fay/ }).tap();
    await bo.page.getByRole('dialog').getByRole('button', { name: 'Done' }).tap();
    await expect(screen.getByText('Helper:')).toContainText('Helper: Fay');
    await bo.page.getByRole('button', { name: 'Note' }).tap();
    await bo.page.getByLabel('What was said?').fill('The vendor answers by noon');
    await bo.page.getByRole('button', { name: 'Add the note' }).tap();
    await bo.page.getByRole('button', { name: 'Park it' }).tap();
    await bo.page.getByLabel('What is to be talked about?').fill('Who owns the alert after March?');
    await bo.page.getByRole('dialog').getByRole('button', { name: 'Park it' }).tap();
    await expect(screen.getByText(/parked/)).toContainText('parked 1');

    // two remotes press Next in the same moment: one order
    await expect.poll(async () => (await now()).meeting?.at).toBe(1);
    await Promise.all([next.tap(), ana.page.keyboard.press('Space')]);
    await expect.poll(async () => (await now()).meeting?.at).toBeGreaterThanOrEqual(2);
    await ana.page.waitForTimeout(500);
    const at = (await now()).meeting?.at ?? 0;
    await expect(step(screen)).toHaveText(`${at} of ${(await now()).meeting?.steps.filter((s) => s.kind === 'card').length}`);

    // the wire is cut: three taps are kept, the wall says how old it is
    wire.cut();
    for (let i = 0; i < 3; i++) await next.tap();
    await expect(bo.page.getByText('trying, 3 taps kept')).toBeVisible();
    await expect(bo.page.locator('.rm-k .step')).toHaveText(new RegExp(`^${at + 3} of`));
    await expect(screen.locator('.tv-live')).toHaveText(/stale \d+ s|offline/, { timeout: 15_000 });
    await ana.page.waitForTimeout(CUT_MS);
    wire.mend();
    await expect(step(screen)).toHaveText(new RegExp(`^${at + 3} of`), { timeout: 25_000 });
    await expect(screen.locator('.tv-live')).toHaveText('live', { timeout: 25_000 });
    await expect(bo.page.getByText('live · you drive')).toBeVisible({ timeout: 25_000 });
    await expect.poll(async () => (await now()).meeting?.at).toBe(at + 3);

    // who comes late lands where the others are
    const late = await as('dara');
    await open(late.page, walked.id);
    await expect(late.page.getByRole('complementary', { name: 'Standup' })).toContainText(`${at + 3} of`);
    await late.page.getByRole('button', { name: 'Follow', exact: true }).click();
    await expect.poll(async () => JSON.stringify((await now()).meeting)).toContain('"joined"');

    // to the end: the healthy ones, anything else, the 16th minute
    const steps = (await now()).meeting?.steps ?? [];
    for (let i = at + 3; i < steps.length - 1; i++) {
      await next.tap();
      await expect.poll(async () => (await now()).meeting?.at).toBe(i + 1);
      if (steps[i + 1]?.kind === 'healthy') {
        await bo.page.getByRole('button', { name: 'Show their titles on the screen' }).tap();
        await expect(screen.locator('.tv-list.two li').first()).toBeVisible();
      }
    }
    await expect(screen.getByText('Anyone else need something?')).toBeVisible();
    await bo.page.getByRole('button', { name: 'Finish' }).tap();
    await expect(screen.getByRole('heading', { name: '16th minute' })).toBeVisible();
    await expect(late.page.getByRole('complementary', { name: 'Standup' })).toContainText('16th minute');
    await bo.page.getByRole('group', { name: /Who owns the alert/ }).getByRole('button', { name: 'A card' }).tap();
    await expect.poll(async () => (await now()).parked[0]?.outcome).toBe('card');
    const key = (await now()).parked[0]?.outcomeKey ?? '';
    await expect(screen.getByText(key)).toBeVisible();
    await bo.page.getByRole('button', { name: 'End' }).tap();
    await expect(bo.page.getByText('No standup runs now')).toBeVisible();
    await expect(bo.page.getByRole('link', { name: 'See the summary' })).toBeVisible();
    await expect(screen.getByText('in progress', { exact: true })).toBeVisible();
    // whoever went along on the board is led to it as well
    await expect(late.page.getByRole('complementary', { name: 'Standup' }).getByRole('link', { name: 'See the summary' })).toBeVisible();

    // nothing was lost: the note, the helper's line, the parked card, and the summary that tells of them
    const { comments } = await send<{ comments: { text: string }[] }>(ana.api, 'get', `/cards/${first?.cardId}`);
    expect(comments.filter((c) => c.text === 'The vendor answers by noon')).toHaveLength(1);
    expect(comments.filter((c) => c.text.includes('helps with this'))).toHaveLength(1);
    await open(late.page, walked.id);
    await expect(cardOf(late.page, key)).toBeVisible();
    await fay.page.goto(`/standup/${series}`);
    await fay.page.getByRole('table').getByRole('link').first().click();
    await expect(fay.page).toHaveURL(/\/summary\/mtg_\w+$/);
    await fay.page.getByRole('article').getByRole('link', { name: key }).click();
    await expect(fay.page).toHaveURL(new RegExp(`/c/${key}$`));
    await wall.close();
  });
});

test('the picture can be read from four metres: nothing is under 42 units, and nothing runs over the edge', async ({ as }) => {
  const ana = await as('ana', { viewport: TV });
  const { page, api } = ana;
  const walked = await board(ana);
  const { series } = await send<View>(api, 'post', '/standups', { boardId: walked.id });
  await page.goto(`/standup/${series.id}/screen`);
  const look = async (what: string) => {
    await expect(page.locator('.tv-top')).toBeVisible();
    const found = await sizes(page);
    expect(found.length, what).toBeGreaterThan(8);
    expect(found.filter((x) => x.size < 42), what).toEqual([]);
    expect(await outside(page), what).toEqual([]);
    return found;
  };
  const of = (found: { text: string; size: number }[], text: string | RegExp) => found.find((x) => x.text.match(text))?.size;
  await expect(page.getByText('Ops brief')).toBeVisible();
  await look('brief');
  for (const size of [TV, { width: 3840, height: 2160 }]) {
    await page.setViewportSize(size);
    await page.keyboard.press('PageDown');
    await expect(step(page)).toBeVisible();
    const found = await look(`card at ${size.height}`);
    // the table of the interface: title 88, clock 92, people 50, names of what is next 46
    expect(of(found, /^\d+:\d\d$/)).toBe(92);
    expect(found.some((x) => [88, 72, 60].includes(x.size))).toBe(true);
    expect(of(found, 'Nobody yet')).toBe(50);
  }
  await page.setViewportSize(TV);
  for (let i = 0; i < 12; i++) {
    if (await page.getByText('Anyone else need something?').isVisible()) break;
    await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(250);
    await look(`step ${i}`);
  }
  await page.keyboard.press('Space');
  await expect(page.getByText('Next standup')).toBeVisible();
  await look('between two standups');
});

test('axe: picture, remote and its sheets, list, one standup, settings, the bar on the board', async ({ as }) => {
  test.setTimeout(120_000);
  const ana = await as('ana');
  const walked = await board(ana);
  const { series } = await send<View>(ana.api, 'post', '/standups', { boardId: walked.id });
  await send(ana.api, 'post', `/standups/${series.id}/park`, { text: 'Who owns the alert?' });
  await send(ana.api, 'post', `/standups/${series.id}/advance`, { from: 0, to: 2 });
  await ana.page.goto('/standup');
  await expect(ana.page.getByRole('button', { name: 'Join' })).toBeVisible();
  await clean(ana.page, 'the list');
  await ana.page.getByRole('link', { name: 'Walked standup' }).click();
  await expect(ana.page.getByText('It runs now')).toBeVisible();
  await clean(ana.page, 'one standup');
  // who comes from outside the team is told once how it works
  const bo = await as('bo');
  await bo.page.goto(`/standup/${series.id}`);
  await expect(bo.page.getByRole('region', { name: 'How walking the board works' })).toBeVisible();
  await clean(bo.page, 'how it works');
  await bo.page.getByRole('button', { name: 'Got it' }).click();
  await bo.page.reload();
  await bo.page.getByRole('button', { name: 'How this works' }).click();
  await expect(bo.page.getByRole('dialog', { name: 'How walking the board works' })).toBeVisible();
  const mara = await as('mara');
  await mara.page.goto(`/standup/${series.id}`);
  await mara.page.getByRole('button', { name: 'Settings' }).click();
  await clean(mara.page, 'settings');
  await mara.page.getByRole('button', { name: 'Mon' }).click();
  await mara.page.getByLabel('Name').fill('Morning walk');
  await mara.page.getByRole('button', { name: 'Save' }).click();
  await expect(ana.page.getByRole('heading', { name: 'Morning walk' })).toBeVisible();
  await open(ana.page, walked.id);
  await expect(ana.page.getByRole('complementary', { name: 'Standup' })).toBeVisible();
  await clean(ana.page, 'the bar on the board');
  await ana.page.goto(`/standup/${series.id}/screen`);
  await expect(step(ana.page)).toBeVisible();
  await clean(ana.page, 'the picture');
  const phone = await as('goro', PHONE);
  await phone.page.goto(`/standup/${series.id}/screen`);
  await phone.page.getByRole('button', { name: 'Open the remote' }).tap();
  await expect(phone.page).toHaveURL(/\/remote$/);
  await expect(phone.page.locator('.rm-k')).toBeVisible();
  await clean(phone.page, 'the remote');
  for (const name of ['Help needed', 'Park it', 'Blocked', 'Move', 'Note', 'End']) {
    await phone.page.getByRole('button', { name, exact: true }).or(phone.page.getByRole('button', { name: `${name} 1`, exact: true })).first().tap();
    await expect(phone.page.getByRole('dialog')).toBeVisible();
    await clean(phone.page, name);
    await phone.page.keyboard.press('Escape');
    await expect(phone.page.getByRole('dialog')).toHaveCount(0);
  }
});

test('the roster of a team: a shift by hand, seen elsewhere at once, taken out and put back; a calendar that does not answer says so', async ({ as }) => {
  const ana = await as('ana');
  const goro = await as('goro');
  const team = await teamOf(ana.api, 'CHK');
  for (const { page } of [ana, goro]) await page.goto(`/teams/${team}`);
  const now = (page: Page) => page.getByRole('list', { name: 'Now' });
  await expect(goro.page.getByRole('heading', { name: 'On call' })).toBeVisible();
  await expect(goro.page.getByRole('button', { name: 'Add a shift' })).toHaveCount(0);
  await ana.page.getByRole('button', { name: 'Add a shift' }).click();
  const form = ana.page.getByRole('dialog');
  await form.getByLabel('Who').selectOption({ label: 'Somebody without an account…' });
  await form.getByLabel('Name').fill('Duty desk');
  await form.getByLabel('Service').fill('checkout-api');
  await form.getByLabel('From').fill('2020-01-01T08:00');
  await form.getByRole('button', { name: 'Add the shift' }).click();
  await expect(form.getByText('A shift takes at most a year')).toBeVisible();
  const hour = (by: number) => new Date(Date.now() + by * 3_600_000).toISOString().slice(0, 13);
  await form.getByLabel('From').fill(`${hour(-3)}:00`);
  await form.getByLabel('To', { exact: true }).fill(`${hour(30)}:00`);
  await clean(ana.page, 'a shift');
  await form.getByRole('button', { name: 'Add the shift' }).click();
  await expect(form).toHaveCount(0);
  for (const { page } of [ana, goro]) await expect(now(page)).toContainText('Duty deskfirst, checkout-api');
  await ana.page.getByRole('button', { name: /Remove the shift of Duty desk/ }).click();
  await expect(now(goro.page)).not.toContainText('Duty desk');
  await ana.page.getByRole('button', { name: 'Undo' }).click();
  await expect(now(goro.page)).toContainText('Duty desk');
  // who takes the time of somebody else can give it back
  await ana.page.getByRole('button', { name: 'Add a shift' }).click();
  await form.getByLabel('Who').selectOption({ label: 'Goro Ito' });
  await form.getByLabel('Service').fill('checkout-api');
  await form.getByLabel('From').fill(`${hour(-2)}:00`);
  await form.getByLabel('To', { exact: true }).fill(`${hour(20)}:00`);
  await form.getByRole('button', { name: 'Add the shift' }).click();
  await form.getByRole('button', { name: /Replace/ }).click();
  await expect(form).toHaveCount(0);
  await expect(now(goro.page)).toContainText('Goro Itofirst, checkout-api');
  await ana.page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(now(goro.page)).toContainText('Duty deskfirst, checkout-api');
  await expect(now(goro.page)).not.toContainText('Goro Itofirst, checkout-api');
  await ana.page.getByRole('button', { name: 'Read from a calendar' }).click();
  await form.getByLabel('Address').fill('https://calendar.invalid/oncall.ics');
  await clean(ana.page, 'a calendar');
  await form.getByRole('button', { name: 'Read it' }).click();
  await expect(goro.page.getByText('calendar.invalid', { exact: true })).toBeVisible();
  await expect(goro.page.getByText(/The calendar could not be read/)).toBeVisible({ timeout: 20_000 });
});

test('a round: everybody in turn with their cards, passed on by the phone; taps that wait outlive a reload', async ({ as }) => {
  const ana = await as('ana', { viewport: TV });
  const walked = await board(ana);
  const owned = walked.keys['Idempotency keys'] ?? '';
  const { items } = await send<{ items: { id: string; name: string }[] }>(ana.api, 'get', '/people');
  const fay = items.find((p) => p.name.startsWith('Fay'))!;
  await send(ana.api, 'patch', `/cards/${owned}`, { ownerIds: [fay.id] });
  const { series } = await send<View>(ana.api, 'put', `/boards/${walked.id}/standup`, {});
  await send(ana.api, 'patch', `/standups/${series.id}`, { mode: 'round_robin' });
  await send(ana.api, 'post', '/standups', { seriesId: series.id });
  const now = () => send<View>(ana.api, 'get', `/standups/${series.id}`);
  await ana.page.goto(`/standup/${series.id}/screen`);
  const goro = await as('goro', PHONE);
  const phone = goro.page;
  await phone.goto(`/standup/${series.id}/remote`);
  const next = phone.getByRole('button', { name: 'Next', exact: true });
  // the order is drawn: whoever comes first, this one does
  await phone.getByRole('button', { name: 'Pass to' }).tap();
  await clean(phone, 'who is next');
  await phone.getByRole('dialog').getByRole('button', { name: fay.name }).tap();
  await expect(ana.page.getByRole('heading', { name: fay.name })).toBeVisible();
  await expect(step(ana.page)).toHaveText(/^1 of \d+$/);
  await expect(ana.page.locator('.tv-turn')).toContainText(owned);
  await clean(ana.page, 'a turn');
  expect((await sizes(ana.page)).filter((x) => x.size < 42)).toEqual([]);
  expect(await outside(ana.page)).toEqual([]);
  await expect(phone.getByRole('button', { name: new RegExp(owned) })).toHaveAttribute('aria-pressed', 'true');
  await clean(phone, 'the remote in a round');
  const at = (await now()).meeting?.at ?? 0;
  await phone.route('**/advance', (route) => route.abort());
  await next.tap();
  await next.tap();
  await expect(phone.getByText('trying, 2 taps kept')).toBeVisible();
  await phone.reload();
  await expect(phone.getByText('trying, 2 taps kept')).toBeVisible();
  expect((await now()).meeting?.at).toBe(at);
  await phone.unroute('**/advance');
  await expect.poll(async () => (await now()).meeting?.at, { timeout: 12_000 }).toBe(at + 2);
});

test('who is here counts without a tap, whoever presses drives, and a meeting is really arranged', async ({ as }) => {
  test.setTimeout(60_000);
  const ana = await as('ana');
  const walked = await board(ana);
  await open(ana.page, walked.id);
  await ana.page.getByRole('button', { name: 'Present' }).click();
  await expect(ana.page.getByText('Ops brief')).toBeVisible();
  const series = ana.page.url().match(/std_\w+/)?.[0] ?? '';
  const goro = await as('goro', PHONE);
  const phone = goro.page;
  await phone.goto(`/standup/${series}/remote`);
  await phone.getByRole('button', { name: 'Next', exact: true }).tap();
  await expect(phone.getByText('live · you drive')).toBeVisible();
  // two on devices; the third is tapped, and one without an account is counted
  await phone.getByRole('button', { name: '2 people here' }).tap();
  const who = phone.getByRole('dialog', { name: 'Who is here' });
  await expect(who.getByRole('button', { name: /Ana Ruiz/, pressed: true })).toContainText('on a device');
  await who.getByRole('button', { name: /Fay Wong/ }).tap();
  await who.getByRole('button', { name: 'One more' }).tap();
  await expect(who.getByRole('button', { name: /Fay Wong/, pressed: true })).toBeVisible();
  await clean(phone, 'who is here');
  await phone.keyboard.press('Escape');
  await expect(phone.getByRole('button', { name: '4 people here' })).toBeVisible();
  await ana.page.mouse.move(300, 300);
  await ana.page.getByRole('button', { name: '4 here' }).click();
  await expect(ana.page.getByRole('dialog', { name: 'Who is here' })).toBeVisible();
  await ana.page.keyboard.press('Escape');
  // the sixteenth minute
  const began = (await send<View>(ana.api, 'get', `/standups/${series}`)).meeting?.startedBy.id;
  await send(goro.api, 'post', `/standups/${series}/park`, { text: 'Name the sale', personIds: [began] });
  await send(goro.api, 'post', `/standups/${series}/finish`, {});
  await phone.getByRole('button', { name: 'A meeting' }).tap();
  const meet = phone.getByRole('dialog', { name: 'Arrange a meeting' });
  await expect(meet.getByRole('button', { name: 'Ana Ruiz', pressed: true })).toBeVisible();
  await clean(phone, 'arrange a meeting');
  await meet.getByRole('button', { name: 'Arrange it' }).tap();
  const [file] = await Promise.all([phone.waitForEvent('download'), phone.getByRole('link', { name: 'Add to your calendar' }).tap()]);
  expect(file.suggestedFilename()).toBe('meeting.ics');
  await send(goro.api, 'post', `/standups/${series}/end`, {});
  await ana.page.goto(`/standup/${series}`);
  const arranged = ana.page.getByRole('region', { name: 'Arranged' });
  await expect(arranged).toContainText('Name the sale');
  await arranged.getByRole('button', { name: /Call off/ }).click();
  await expect(arranged).toHaveCount(0);
  await expect(ana.page.getByRole('region', { name: 'Parked' })).toContainText('Name the sale');
});

test('in writing: who is asked writes, others read it at once; the words may be changed', async ({ as }) => {
  const ana = await as('ana');
  const walked = await board(ana);
  const { series } = await send<View>(ana.api, 'put', `/boards/${walked.id}/standup`, {});
  await ana.page.goto(`/standup/${series.id}`);
  await ana.page.getByRole('button', { name: 'Settings' }).click();
  await ana.page.getByRole('radio', { name: /In writing/ }).check();
  await ana.page.getByRole('button', { name: 'Save' }).click();
  await expect(ana.page.getByText('In writing it needs at least one day.')).toBeVisible();
  await clean(ana.page, 'settings of a standup in writing');
  for (const d of ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']) await ana.page.getByRole('button', { name: d, exact: true }).click();
  // everybody's clock in this workspace stands in Berlin or says nothing: this very minute
  await expect.poll(() => new Date().getSeconds(), { timeout: 15_000, message: 'the minute is not at its end' }).toBeLessThan(48);
  const at = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', hour: '2-digit', minute: '2-digit' }).format(Date.now());
  await ana.page.getByLabel('Time', { exact: true }).fill(at);
  await ana.page.getByLabel('Time zone').fill('Europe/Berlin');
  await ana.page.getByRole('button', { name: 'Save' }).click();
  const finishes = ana.page.getByLabel('What finishes next?');
  await expect(finishes).toBeVisible({ timeout: 15_000 });
  const goro = await as('goro');
  await goro.page.goto(`/standup/${series.id}`);
  await expect(goro.page.getByText(/^0 of \d+ wrote/)).toBeVisible();
  await finishes.fill('The canary');
  await ana.page.reload();
  await expect(finishes).toHaveValue('The canary');
  await ana.page.getByRole('button', { name: 'Send' }).click();
  await expect(goro.page.getByText('The canary')).toBeVisible();
  await ana.page.getByLabel('What could use help?').fill('The limits');
  await ana.page.getByRole('button', { name: 'Change' }).click();
  await expect(goro.page.getByText('The limits')).toBeVisible();
  await expect(goro.page.getByText(/^1 of \d+ wrote/)).toBeVisible();
  await clean(goro.page, 'a standup in writing');
  // nobody begins a meeting of it without being asked
  await open(goro.page, walked.id);
  await goro.page.getByRole('button', { name: 'Present' }).click();
  const asks = goro.page.getByRole('dialog', { name: 'This standup is held in writing' });
  await expect(asks).toBeVisible();
  await clean(goro.page, 'a meeting all the same');
  await asks.getByRole('button', { name: 'Cancel' }).click();
  await expect(goro.page.getByRole('button', { name: 'Present' })).toBeFocused();
  expect((await send<View>(goro.api, 'get', `/standups/${series.id}`)).meeting).toBeUndefined();
});
