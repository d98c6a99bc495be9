import { clean } from './support/axe';
import { makeBoard, send } from './support/boards';
import { expect, test } from './support/test';

// The rituals of all teams: who agreed to come, one invitation, and an address for other calendars.

test('calendar: next week, an agreement that everybody sees at once, an invitation, a feed that ends when it is revoked', async ({ as, request }) => {
  const [ana, bo] = [await as('ana'), await as('bo')];
  await bo.page.goto('/calendar');
  await ana.page.goto('/calendar?team=all');
  for (const { page } of [ana, bo]) await expect(page.getByText('Live', { exact: true })).toBeVisible();
  const weeks = ana.page.getByRole('region', { name: 'Weeks' });
  const next = new Date(Date.now() + 7 * 86_400_000);
  const monday = new Date(next.getTime() - ((next.getDay() + 6) % 7) * 86_400_000);
  await ana.page.goto(`/calendar?team=all&week=${monday.toISOString().slice(0, 10)}`);
  await expect(weeks.locator('[aria-current]')).toHaveCount(1);
  const first = ana.page.getByRole('button', { name: /Payments flow standup/ }).first();
  await first.click();
  const dialog = ana.page.getByRole('dialog');
  await expect(dialog.getByText('Bo Lind')).toBeVisible();
  await ana.page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(first, 'the focus is where it was').toBeFocused();

  // what Ana agrees, Bo sees without asking
  const hers = ana.page.getByRole('region', { name: 'Operations and security' });
  await hers.getByRole('button', { name: 'Agree for Checkout' }).click();
  await dialog.getByLabel('To what').selectOption({ label: 'All flow reviews' });
  await dialog.getByLabel('Discipline').selectOption('security');
  await dialog.getByRole('button', { name: 'Wed' }).click();
  await dialog.getByRole('button', { name: 'Agree', exact: true }).click();
  const line = 'All flow reviews on Wed: somebody of security';
  await expect(hers.getByText(line)).toBeVisible();
  await expect(bo.page.getByText(line)).toBeVisible();
  await hers.getByRole('button', { name: `End: ${line}` }).click();
  await dialog.getByRole('button', { name: 'End it' }).click();
  await expect(bo.page.getByText(line)).toHaveCount(0);

  // one invitation to one standup
  await ana.page.getByRole('button', { name: /Delivery standup/ }).last().click();
  await dialog.getByLabel('Invite somebody').selectOption({ label: 'Kai Moreno' });
  await dialog.getByRole('button', { name: 'Invite', exact: true }).click();
  await expect(dialog.getByText('Kai Moreno is told.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Take the invitation of Kai Moreno back' }).click();
  await expect(dialog.getByRole('button', { name: 'Take the invitation of Kai Moreno back' })).toHaveCount(0);
  await ana.page.keyboard.press('Escape');

  // a calendar elsewhere reads it without a session, until it is revoked
  await ana.page.getByRole('button', { name: 'Subscribe' }).click();
  await dialog.getByRole('button', { name: 'Make an address' }).click();
  const url = new URL(await dialog.getByLabel('The new address').inputValue());
  const address = new URL(url.pathname, ana.page.url()).href;
  const feed = await request.get(address);
  expect([feed.status(), feed.headers()['content-type']]).toEqual([200, 'text/calendar; charset=utf-8']);
  expect(await feed.text()).toContain('SUMMARY:Delivery standup\\, Checkout');
  await dialog.getByRole('button', { name: 'Revoke' }).first().click();
  await ana.page.getByRole('dialog').last().getByRole('button', { name: 'Revoke' }).last().click();
  await expect.poll(async () => (await request.get(address)).status()).toBe(404);

  await ana.page.goto('/calendar/trends');
  await expect(ana.page.getByRole('row', { name: /Standup, median minutes/ })).toContainText('of 15');
});

test('calendar: the page of a team says when its rituals are, by its clock and by that of whoever reads it, and how to join', async ({ as }) => {
  const [ana, far] = await Promise.all([as('ana'), as('ana', { timezoneId: 'America/New_York' })]);
  const made = await makeBoard(ana.api, { team: 'CHK', name: 'Two clocks' });
  const plan = { days: [2, 4], at: '14:00', timeZone: 'Europe/Berlin' };
  await send(ana.api, 'post', '/rituals', { boardId: made.id, kind: 'demo', name: 'Two clocks demo', meetingUrl: 'https://meet.example/two', schedule: plan });
  await send(ana.api, 'post', '/rituals', { boardId: made.id, kind: 'flow_review', name: 'Two clocks review' });
  const rows = async ({ page }: typeof ana) => {
    await page.goto(`/teams/${made.teamId}`);
    const part = page.getByRole('region', { name: 'Rituals' });
    await expect(part.getByRole('listitem').filter({ hasText: 'Two clocks review' })).toContainText('no fixed time');
    return part.getByRole('listitem').filter({ hasText: 'Two clocks demo' });
  };
  const here = await rows(ana);
  await expect(here).toContainText(/Tue, Thu at 14:00 · next (Tue|Thu) \d/);
  await expect(here.getByRole('link', { name: /^Call/ })).toHaveAttribute('href', 'https://meet.example/two');
  await clean(ana.page, 'team page with rituals');
  await expect(await rows(far)).toContainText(/Tue, Thu at 14:00 \(Europe\/Berlin\), 0[89]:00 for you/);
  await ana.page.setViewportSize({ width: 390, height: 844 });
  expect(await ana.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});
