import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { clean } from './support/axe';
import { makeBoard, send, teamOf } from './support/boards';
import { startServer } from './support/server';
import { expect, PASSWORD, test } from './support/test';

// What reaches somebody how; mail itself, its hours and its retries are held by server/notice.

test('notices: chosen per kind, with quiet hours, saved as they are chosen and seen in another tab; a phone has room for all of it', async ({ as }) => {
  const { page, context } = await as('bo');
  await page.goto('/settings/notices');
  await expect(page.getByText('This installation has no mail server yet')).toBeVisible();
  const other = await context.newPage();
  await other.goto('/today');
  await expect(other.getByText('Live', { exact: true })).toBeVisible();
  await other.getByRole('link', { name: 'Settings' }).click();
  await other.getByRole('link', { name: 'Notices' }).click();
  const how = (p: typeof page) => p.getByRole('combobox', { name: 'How: A card that you watch changes' });
  await expect(how(other)).toHaveValue('inbox');

  await how(page).selectOption('Inbox and daily mail');
  await expect(how(other), 'live').toHaveValue('digest');
  await page.getByLabel('The daily mail goes at').fill('09:30');
  await page.getByLabel('Quiet hours: From').fill('18:30');
  await page.getByRole('checkbox', { name: 'Saturday and Sunday too' }).check();
  await expect(other.getByLabel('Quiet hours: From')).toHaveValue('18:30');
  await page.reload();
  await expect(how(page)).toHaveValue('digest');
  await expect(page.getByLabel('The daily mail goes at')).toHaveValue('09:30');
  await expect(page.getByRole('checkbox', { name: 'Saturday and Sunday too' })).toBeChecked();
  await page.getByRole('group', { name: 'Quiet hours' }).getByRole('button', { name: 'Off' }).click();
  await expect(page.getByLabel('Quiet hours: From')).toHaveCount(0);

  await page.setViewportSize({ width: 390, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});

test('notices: a lead connects the team’s chat, tests it and sees what arrived; the address is never shown again; the administrator reads the log', async ({ browser }) => {
  const said: string[] = [];
  const chat = createServer((req, res) => {
    let raw = '';
    req.on('data', (d) => {
      raw += d;
    });
    req.on('end', () => {
      if (req.url === '/services/SECRET') said.push((JSON.parse(raw) as { text: string }).text);
      res.writeHead(req.url === '/services/SECRET' ? 200 : 404).end('ok');
    });
  });
  await new Promise<void>((done) => chat.listen(0, '127.0.0.1', done));
  const at = `http://127.0.0.1:${(chat.address() as AddressInfo).port}/services/`;
  const server = await startServer({ env: { TRESTLE_HOOKS_INSIDE: '127.0.0.0/8' } });
  try {
    const context = await browser.newContext({ baseURL: server.url, reducedMotion: 'reduce' });
    const api = context.request;
    await api.post('/api/v1/session', { data: { email: 'mara@shop.example', password: PASSWORD } });
    const team = await teamOf(api, 'CHK');
    const page = await context.newPage();
    await page.goto(`/teams/${team}`);
    const part = page.getByRole('region', { name: 'Chat' });
    const field = part.getByLabel('Address of the incoming webhook');
    await field.fill('chat.example');
    await part.getByRole('button', { name: 'Connect' }).click();
    await expect(part.getByText('Paste the address, beginning with https://')).toBeVisible();
    await field.fill(`${at}WRONG`);
    await part.getByRole('button', { name: 'Connect' }).click();
    await expect(part.getByText('Messages go to 127.0.0.1')).toBeVisible();
    await part.getByRole('button', { name: 'Send a test' }).click();
    await expect(page.locator('.toast').getByText('The test message did not arrive: the chat answers 404', { exact: false })).toBeVisible();
    await expect(part.locator('.chat-last[data-bad]')).toContainText('the chat answers 404');

    await part.getByRole('button', { name: 'Replace the address' }).click();
    await part.getByLabel('New address').fill(`${at}SECRET`);
    await part.getByRole('button', { name: 'Save' }).click();
    await expect(part.getByLabel('New address')).toHaveCount(0);
    await part.getByRole('button', { name: 'Send a test' }).click();
    await expect.poll(() => said.length).toBe(1);
    await page.reload();
    await expect(part.getByText('Messages go to 127.0.0.1')).toBeVisible();
    expect(await page.content()).not.toContain('SECRET');
    await clean(page, 'the team with its chat');

    const { items } = (await (await api.get('/api/v1/people')).json()) as { items: { id: string; name: string }[] };
    const made = await makeBoard(api, { name: 'Told', cards: { Build: ['Waits for a certificate'] } });
    const { blocker } = await send<{ blocker: { id: string } }>(api, 'post', `/cards/${made.keys['Waits for a certificate']}/blockers`, { category: 'vendor', reason: 'No answer' });
    await send(api, 'post', `/blockers/${blocker.id}/raise`, { personId: items.find((p) => p.name.startsWith('Ana'))?.id });
    await expect.poll(() => said.length).toBe(2);
    expect(said[1]).toContain(`${server.url}/c/${made.keys['Waits for a certificate']}|`);

    await page.goto('/settings/deliveries');
    const line = page.getByRole('listitem').filter({ hasText: 'Chat of Checkout' });
    await expect(line).toHaveCount(3); // the two tests and the blocker
    await expect(line.first()).toContainText('Sent');
    await expect(line.nth(1)).toContainText('A test by Mara');
    await page.getByRole('button', { name: 'Failed' }).click();
    await expect(line).toHaveCount(1);
    await expect(line).toContainText('the chat answers 404: it does not take messages at this address');
    await page.getByRole('button', { name: 'Trying again' }).click();
    await expect(page.getByText('Nothing like that')).toBeVisible();

    await page.goto('/no-mail#made-up');
    await page.getByRole('button', { name: 'Send me no more mail' }).click();
    await expect(page.getByRole('alert')).toContainText('This link has ended');
    await clean(page, 'the end of a mail');
    await context.close();
  } finally {
    await server.stop();
    chat.close();
  }
});
