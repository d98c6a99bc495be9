import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIRequestContext, Page } from '@playwright/test';
import { clean } from './support/axe';
import { makeBoard } from './support/boards';
import { expect, test } from './support/test';

/** One red pixel. */
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==', 'base64');

async function attach(api: APIRequestContext, card: string, name: string, buffer: Buffer, mimeType = 'image/png') {
  const answer = await api.post(`/api/v1/cards/${card}/attachments`, { multipart: { file: { name, mimeType, buffer } } });
  expect(answer.status(), name).toBe(201);
  return (await answer.json()).attachment as { id: string; inline: boolean; type: string };
}

const parts = (page: Page) => page.getByRole('region', { name: 'Attachments' });

test('attachments: chosen, pasted and dropped; seen elsewhere at once; looked at, removed and brought back', async ({ as }) => {
  const ana = await as('ana');
  const goro = await as('goro');
  const { page, api } = ana;
  const b = await makeBoard(api, { cards: { Ready: ['A card with files'] } });
  const key = b.keys['A card with files'] as string;
  await page.goto(`/c/${key}`);
  await goro.page.goto(`/c/${key}`);
  const mine = parts(page);
  await expect(mine.getByText('Drop files on the card')).toBeVisible();

  await page.getByTestId('attach').setInputFiles([
    { name: 'plan.png', mimeType: 'image/png', buffer: PNG },
    { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') },
  ]);
  const plan = mine.getByRole('button', { name: 'Look at plan.png' });
  await expect(plan).toBeVisible();
  await expect(mine.getByRole('link', { name: 'Download notes.txt' })).toBeVisible();
  await expect(parts(goro.page).getByRole('button', { name: 'Look at plan.png' }), 'live').toBeVisible();
  await expect(goro.page.getByText('attached notes.txt')).toBeVisible();

  const give = (event: 'paste' | 'drop', name: string) =>
    page.evaluate(
      ([event, name, raw]) => {
        const data = new DataTransfer();
        data.items.add(new File([Uint8Array.from(atob(raw as string), (c) => c.charCodeAt(0))], name as string, { type: 'image/png' }));
        const at = document.querySelector('main h2') as HTMLElement;
        const init = { bubbles: true, cancelable: true };
        if (event === 'drop') at.dispatchEvent(new DragEvent('dragover', { ...init, dataTransfer: data }));
        at.dispatchEvent(event === 'paste' ? new ClipboardEvent('paste', { ...init, clipboardData: data }) : new DragEvent('drop', { ...init, dataTransfer: data }));
      },
      [event, name, PNG.toString('base64')],
    );
  await give('paste', 'image.png');
  await expect(mine.getByRole('button', { name: 'Look at Pasted picture.png' })).toBeVisible();
  await give('drop', 'dropped.png');
  await expect(mine.getByRole('button', { name: 'Look at dropped.png' })).toBeVisible();
  await clean(page, 'a card with attachments');

  await plan.focus();
  await page.keyboard.press('Enter');
  const box = page.getByRole('dialog', { name: 'plan.png' });
  await expect(box.getByRole('img', { name: 'plan.png' })).toBeVisible();
  expect(await box.getByRole('img').evaluate((i: HTMLImageElement) => i.complete && i.naturalWidth)).toBe(1);
  await clean(page, 'a picture looked at');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('dialog', { name: 'Pasted picture.png' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(plan, 'the focus is where it was').toBeFocused();

  await mine.getByRole('button', { name: 'Remove notes.txt' }).click();
  await expect(mine.getByRole('link', { name: 'Download notes.txt' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(mine.getByRole('link', { name: 'Download notes.txt' })).toBeVisible();

  await page.route('**/attachments', (route) => route.abort(), { times: 1 });
  await page.getByTestId('attach').setInputFiles([{ name: 'later.txt', mimeType: 'text/plain', buffer: Buffer.from('later') }]);
  await expect(mine.getByText('later.txt was not attached. The server could not be reached.')).toBeVisible();
  await mine.getByRole('button', { name: 'Try again' }).click();
  await expect(mine.getByRole('link', { name: 'Download later.txt' })).toBeVisible();
});

test('attachments: at 390 px nothing scrolls sideways and every control is large enough for a finger', async ({ as }) => {
  const { page, api } = await as('ana', { viewport: { width: 390, height: 844 }, hasTouch: true });
  const b = await makeBoard(api, { cards: { Ready: ['Card'] } });
  const key = b.keys.Card as string;
  await attach(api, key, 'a-rather-long-name-for-a-picture-of-a-whiteboard.png', PNG);
  await attach(api, key, 'notes-of-the-meeting-about-everything-that-is-not-decided-yet.txt', Buffer.from('x'));
  await page.goto(`/c/${key}`);
  await expect(parts(page).getByRole('link')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  for (const button of await parts(page).getByRole('button').all()) {
    const box = await button.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0), await button.innerText()).toBeGreaterThanOrEqual(44);
  }
});

const RUN = (name: string) => `fetch('/pwned?${name}')`;
/** Each is code to somebody: how a careless server would call it, and how it is called in by a page. */
const HOSTILE = [
  { name: 'picture.svg', careless: 'image/svg+xml', by: 'address', body: `<svg xmlns="http://www.w3.org/2000/svg" onload="${RUN('svg')}"><script>${RUN('svg')}</script></svg>` },
  { name: 'page.png', careless: 'text/html', by: 'address', body: `<!doctype html><script>${RUN('html')}</script>` },
  { name: 'xhtml.xml', careless: 'application/xhtml+xml', by: 'address', body: `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><script>${RUN('xhtml')}</script></html>` },
  { name: 'paper.pdf', careless: 'text/html', by: 'address', body: `%PDF-1.4\n<html><script>${RUN('pdf')}</script></html>` },
  // 10799 × 1 pixels by its first ten bytes, and an assignment in JavaScript
  { name: 'polyglot.gif', careless: 'text/javascript', by: 'script', body: `GIF89a/*\x01\x00*/=1;${RUN('gif')}` },
  { name: 'polyglot.html.gif', careless: 'text/html', by: 'address', body: `GIF89a/*\x01\x00<script>${RUN('gifhtml')}</script>` },
] as const;

test('attachments: hostile SVG, HTML, XML, PDF and GIF are opened in every way and no script of theirs runs', async ({ as, browser }) => {
  const { api, context } = await as('ana');
  const b = await makeBoard(api, { cards: { Ready: ['Card'] } });
  const sent = new Map<string, string>();
  for (const h of HOSTILE) sent.set(h.name, `/api/v1/attachments/${(await attach(api, b.keys.Card as string, h.name, Buffer.from(h.body, 'latin1'), h.careless)).id}`);

  // The proof that this test can fail: the same bytes from a careless server do run.
  const careless = createServer((req, res) => {
    const h = HOSTILE.find((x) => req.url === `/${x.name}`);
    res.writeHead(200, { 'Content-Type': h?.careless ?? 'text/html' });
    res.end(h ? Buffer.from(h.body, 'latin1') : '<!doctype html><title>blank</title>');
  });
  await new Promise<void>((done) => careless.listen(0, '127.0.0.1', done));
  const elsewhere = await browser.newContext();
  const tried = async (page: Page, base: string, address: string, by: string): Promise<boolean> => {
    let ran = false;
    const hear = (r: { url(): string }) => {
      ran ||= r.url().includes('/pwned?');
    };
    page.on('request', hear);
    if (by === 'address') await page.goto(base + address).catch(() => {}); // a download ends the going there
    else {
      await page.goto(`${base}/sign-in`);
      await page.evaluate((src) => new Promise<void>((done) => {
        const s = Object.assign(document.createElement('script'), { src, onload: () => done(), onerror: () => done() });
        document.head.append(s);
      }), address);
    }
    await page.waitForTimeout(150);
    page.off('request', hear);
    return ran;
  };
  try {
    const open = await elsewhere.newPage();
    const base = `http://127.0.0.1:${(careless.address() as AddressInfo).port}`;
    for (const h of HOSTILE) expect(await tried(open, base, `/${h.name}`, h.by), `${h.name} runs where nobody takes care`).toBe(true);

    const page = await context.newPage();
    const here = new URL((await api.get('/healthz')).url()).origin;
    for (const h of HOSTILE) {
      const address = sent.get(h.name) as string;
      for (const by of ['address', 'script'] as const) expect(await tried(page, here, address, by), `${h.name} by ${by}`).toBe(false);
      // and embedded in the page itself
      await page.goto(`${here}/boards`);
      let ran = false;
      page.on('request', (r) => {
        ran ||= r.url().includes('/pwned?');
      });
      await page.evaluate((src) => {
        for (const tag of ['iframe', 'embed', 'img']) document.body.append(Object.assign(document.createElement(tag), { src }));
        document.body.append(Object.assign(document.createElement('object'), { data: src }));
      }, address);
      await page.waitForTimeout(200);
      expect(ran, `${h.name} embedded`).toBe(false);

      const answer = await api.get(address);
      const head = answer.headers();
      expect(head['x-content-type-options']).toBe('nosniff');
      expect(head['content-security-policy']).toContain('sandbox');
      expect(head['content-type']).toMatch(/^(image\/gif|application\/octet-stream)$/);
      if (head['content-type'] !== 'image/gif') expect(head['content-disposition']).toMatch(/^attachment;/);
    }
  } finally {
    await elsewhere.close();
    careless.close();
  }
});
