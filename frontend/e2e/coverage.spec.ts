import { clean } from './support/axe';
import { send, teamOf } from './support/boards';
import { expect, test } from './support/test';

// How operations and security stand to every team: what is to look at, which pattern would fit and why, and a contract
// that gives and takes a liaison's rights.

test('coverage: what-if changes nothing, a pattern is made, seen by others at once, changed and ended', async ({ as }) => {
  test.setTimeout(90_000);
  const [mara, ivo] = [await as('mara'), await as('ivo')];
  for (const { page } of [mara, ivo]) {
    await page.goto('/teams');
    await page.getByRole('link', { name: /Coverage/ }).click();
    await expect(page.getByText('Live', { exact: true })).toBeVisible();
  }
  const row = (page: typeof mara.page, team: string) =>
    page.getByRole('row').filter({ has: page.getByRole('button', { name: team, exact: true }) });
  await expect(row(mara.page, 'Payments').getByText('No deputy')).toBeVisible();
  await expect(row(mara.page, 'Payments').getByText(/Review was due/)).toBeVisible();

  // the sum, line by line, and what it would be if
  const panel = mara.page.getByRole('complementary', { name: 'Which pattern fits Checkout?' });
  await expect(panel.getByRole('row', { name: 'Criticality 3, times 2 6.0' })).toBeVisible();
  await expect(panel.getByText(/^After the launch the need is/)).toBeVisible();
  await panel.getByText('What if …').click();
  await panel.getByLabel('People of operations').fill('1');
  await expect(panel.getByText('1 person, less 20 % for running', { exact: false })).toBeVisible();
  await expect(panel.getByText(/never embed them/)).toBeVisible();
  // two people of operations and room to spare: the true reason is said, and stands among the rules
  await panel.getByLabel('People of operations').fill('2');
  await expect(panel.getByText('Nobody is embedded below 3 people, and there are 2.')).toBeVisible();
  await expect(panel.getByRole('row', { name: /People of operations 2 of at least 3 does not hold/ })).toBeVisible();
  // what is typed stays while it is typed; what cannot be is said at its field, and the sum keeps what it had
  const running = panel.getByLabel('Running takes, %');
  await running.focus();
  for (const key of ['End', 'Backspace', 'Backspace']) await running.press(key);
  await expect(running).toHaveValue('');
  await running.pressSequentially('35');
  await expect(running).toHaveValue('35');
  await expect(panel.getByText('2 people, less 35 % for running')).toBeVisible();
  await panel.getByLabel('Criticality', { exact: true }).fill('2.5');
  await expect(panel.getByText('A whole number from 1 to 3. The sum still takes 3.')).toBeVisible();
  await expect(panel.getByText('expected integer')).toHaveCount(0);
  await clean(mara.page, 'what if, with a number that cannot be');
  await panel.getByRole('button', { name: 'As it is' }).click();
  await expect(panel.getByText('The sum still takes')).toHaveCount(0);
  await expect(panel.getByText(/never embed them/)).toHaveCount(0);
  await clean(mara.page, 'coverage');

  // a team whose own people are of operations is no alarm; it may have a pattern all the same, and a manager sees it without asking
  await expect(row(mara.page, 'Platform').getByText('its own people')).toBeVisible();
  await expect(row(mara.page, 'Platform').getByText('Nobody yet')).toHaveCount(0);
  await row(mara.page, 'Platform').getByRole('button', { name: 'Platform', exact: true }).click();
  const change = mara.page.getByRole('button', { name: 'Change coverage' });
  await change.click();
  const dialog = mara.page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText('Choose somebody.')).toBeVisible();
  await dialog.getByLabel('Who', { exact: true }).selectOption({ label: 'Eli Katz (operations)' });
  await dialog.getByLabel('Pattern').selectOption('liaison');
  await dialog.getByLabel('Deputy').selectOption({ label: 'Bo Lind (operations)' });
  await dialog.getByRole('button', { name: 'Flow reviews' }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText('Say why, for whoever reads it later.')).toBeVisible();
  await expect(dialog.getByLabel(/^Why/)).toBeFocused();
  await dialog.getByLabel(/^Why/).fill('The build cluster moves');
  await clean(mara.page, 'pattern dialog');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(change).toBeFocused();
  for (const { page } of [mara, ivo]) await expect(row(page, 'Platform').getByText('Eli Katz')).toBeVisible();

  // by person, who is away; by day
  await mara.page.getByRole('button', { name: 'By person' }).click();
  await mara.page.getByRole('button', { name: 'When Eli Katz is away' }).click();
  const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  await dialog.getByLabel('From').fill(day(0));
  await dialog.getByLabel('To, included').fill(day(1)); // where the team is, it may be tomorrow already
  await dialog.getByRole('button', { name: 'Add' }).click();
  await expect(dialog.getByRole('button', { name: /^Take back/ })).toBeVisible();
  await mara.page.keyboard.press('Escape');
  await expect(row(ivo.page, 'Platform').getByText(/Eli Katz is away until/)).toBeVisible();
  await clean(mara.page, 'by person');
  await mara.page.getByRole('button', { name: 'Calendar', exact: true }).click();
  await expect(mara.page.getByText('Checkout launches')).toBeVisible();
  await clean(mara.page, 'by day');

  // on the team's page: the same truth, its history, and an end with a reason
  await ivo.page.goto('/teams');
  await ivo.page.getByRole('link', { name: 'Platform' }).click();
  const seats = ivo.page.getByRole('region', { name: 'Liaisons' });
  const his = seats.getByRole('button', { name: 'Change: Eli Katz' });
  await his.click();
  const end = ivo.page.getByRole('dialog');
  await end.getByRole('button', { name: 'End it …' }).click();
  await end.getByRole('button', { name: 'End it' }).click();
  await expect(end.getByText('Say why, for whoever reads it later.')).toBeVisible();
  await end.getByLabel('Why').fill('It moved');
  await end.getByRole('button', { name: 'End it' }).click();
  await expect(end).toHaveCount(0);
  await expect(his).toHaveCount(0);
  await seats.getByText('History').click();
  await expect(seats.getByText(/Ivo .* ended the pattern of Eli Katz: “It moved”/)).toBeVisible();
  await expect(seats.getByText(/made Eli Katz liaison .*“The build cluster moves”/)).toContainText('deputy Bo Lind · share 20 %');
  await clean(ivo.page, 'team page');
});

test('a liaison for another discipline is made with a contract and why, on the team’s page alone', async ({ as }) => {
  const { page } = await as('mara');
  await page.goto('/teams');
  await page.getByRole('link', { name: 'Payments', exact: true }).click();
  const seats = page.getByRole('region', { name: 'Liaisons' });
  await expect(page.getByRole('region', { name: 'Liaisons' })).toHaveCount(1);
  await seats.getByRole('button', { name: 'Another discipline' }).click();
  const dialog = page.getByRole('dialog', { name: 'A liaison for Payments' });
  await dialog.getByLabel('For which discipline').selectOption('product');
  await dialog.getByLabel('Who', { exact: true }).selectOption({ label: 'Hana Sato (product)' });
  await expect(dialog.getByRole('group', { name: 'Comes to' })).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText('Say why, for whoever reads it later.')).toBeVisible();
  await clean(page, 'a liaison for another discipline');
  await dialog.getByLabel(/^Why/).fill('Half of the asks are hers');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);
  const hers = seats.getByRole('button', { name: 'Change: Hana Sato' });
  await expect(hers).toBeVisible();
  await expect(seats.locator('.cv-history li').first()).toContainText('made Hana Sato liaison (product): “Half of the asks are hers”');
  await hers.click();
  await page.getByRole('dialog').getByRole('button', { name: 'End it …' }).click();
  await page.getByRole('dialog').getByLabel('Why').fill('They are answered');
  await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click();
  await expect(hers).toHaveCount(0);
});

test('a change of a contract says why, and its history what was before and after', async ({ as }) => {
  const { page } = await as('mara');
  await page.goto('/teams');
  await page.getByRole('link', { name: 'Search', exact: true }).click();
  const seats = page.getByRole('region', { name: 'Liaisons' });
  await seats.getByRole('button', { name: 'Change: Bo Lind' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByTestId('announcer')).toContainText('Nothing was changed, so nothing is written down.');
  await expect(dialog).toHaveCount(0);
  await seats.getByText('History').click();
  await expect(seats.locator('.cv-history li')).toHaveCount(1);

  await seats.getByRole('button', { name: 'Change: Bo Lind' }).click();
  await dialog.getByLabel('Look at it again on').fill('2020-01-01');
  await dialog.getByLabel(/^Why/).fill('Too early');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText('It is looked at again after it began')).toHaveCount(1);
  await expect(dialog.getByLabel('Look at it again on')).toHaveAttribute('aria-invalid', 'true');
  await dialog.getByLabel(/^Why/).fill('');
  await dialog.getByLabel('Look at it again on').fill('2099-01-01');
  await dialog.getByLabel('Share of the week, %').fill('50');
  await dialog.getByLabel('Deputy').selectOption({ label: 'Chidi Okoye (operations)' });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText('Say why, for whoever reads it later.')).toBeVisible();
  await dialog.getByLabel(/^Why/).fill('The index moves earlier');
  await clean(page, 'a change without a reason, mended');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(seats.locator('.cv-history li').first()).toContainText('“The index moves earlier”');
  await expect(seats.locator('.cv-history li').first()).toContainText('deputy Eli Katz to Chidi Okoye · share 20 % to 50 % · looked at again');
});

test('coverage: on a phone one card per team, the sum behind a tap', async ({ as }) => {
  const { page } = await as('mara');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/teams/coverage?discipline=security');
  await expect(page.getByText('Dara Quinn').first()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await page.getByRole('button', { name: 'Checkout', exact: true }).click();
  const sheet = page.getByRole('dialog');
  await expect(sheet.getByRole('row', { name: /^Criticality/ })).toBeVisible();
  await clean(page, 'coverage on a phone');
  await sheet.getByRole('button', { name: 'Close' }).last().click();
  await expect(sheet).toHaveCount(0);
});

test('coverage: the longest names of teams run over nothing, and nothing of a flag is cut', async ({ as }) => {
  const { page, api } = await as('mara');
  const { items } = await send<{ items: { id: string; name: string }[] }>(api, 'get', '/teams');
  const { items: people } = await send<{ items: { id: string; name: string }[] }>(api, 'get', '/people');
  for (const x of items) await send(api, 'patch', `/teams/${x.id}`, { name: `${x.name} and all that belongs to it until it is switched off for ever and ever and ever`.slice(0, 80) });
  await send(api, 'patch', `/teams/${await teamOf(api, 'SRC')}`, { name: `Search${'x'.repeat(74)}` });
  const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  await send(api, 'post', `/people/${people.find((p) => p.name === 'Bo Lind')?.id}/leaves`, { from: day(-1), to: day(13) });
  /** What reaches over the edge of where it stands. */
  const over = (inner: string, outer: string) =>
    page.evaluate(
      ([a, b]) =>
        [...document.querySelectorAll<HTMLElement>(a!)].flatMap((x) => {
          if (x.closest('.sr, svg') || x.offsetWidth === 0) return [];
          const [mine, its] = [x.getBoundingClientRect(), x.closest(b!)!.getBoundingClientRect()];
          return mine.left < its.left - 0.5 || mine.right > its.right + 0.5 ? [`${x.className} ${x.textContent}: ${mine.right} of ${its.right}`] : [];
        }),
      [inner, outer],
    );
  for (const width of [1920, 1440, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto('/teams/coverage');
    await expect(page.getByRole('listitem').filter({ hasText: /Bo Lind is away until/ }).first()).toBeVisible();
    expect(await over('.cv-flags .pill, .cv-team, .cv-who', 'td, th'), `${width}: in their columns`).toEqual([]);
    expect(await over('.cv-scroll td, .cv-scroll th', '.cv-scroll'), `${width}: the table in its place`).toEqual([]);
    const name = page.getByRole('row').getByRole('button', { name: /^Checkout/ });
    expect(await name.getAttribute('title')).toHaveLength(80);
    await clean(page, `coverage with long names, ${width}`);
    await page.getByRole('button', { name: 'By person' }).click();
    await expect(page.getByRole('button', { name: 'When Bo Lind is away' })).toBeVisible();
    expect(await over('.cv-ppl > li *', '.cv-ppl > li'), `${width}: by person, in their columns`).toEqual([]);
    const shares = page.locator('.cv-seats .num');
    for (const x of await shares.all()) expect((await x.boundingBox())?.height, `${width}: a share is one word`).toBeLessThan(20);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  }
});
