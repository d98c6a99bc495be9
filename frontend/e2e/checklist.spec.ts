import { clean } from './support/axe';
import { makeBoard, send } from './support/boards';
import { answerOf, item, open, PHONE, row, start, type View } from './support/checklists';
import { expect, type Person, test } from './support/test';

// A launch checklist between a developer, a liaison and a phone: nobody's words are lost, and a drawing is a picture.

test('a developer and a liaison at one laptop: who listens types, who explained confirms with one tap', async ({ as }) => {
  const [ana, bo] = await Promise.all([as('ana'), as('bo')]);
  const id = await start(ana);
  await open(bo.page, id, 'F1');
  await open(ana.page, id, 'F1');
  await row(bo.page, 'F1').getByRole('button', { name: 'Answer', exact: true }).click();
  const form = answerOf(bo.page, 'F1');
  await form.getByRole('textbox', { name: 'In words' }).fill('Pay with a saved card in one tap.');
  // she sees where he is, and that he types
  await expect(row(ana.page, 'F1').getByText('Bo is typing')).toBeVisible();
  await form.getByRole('combobox', { name: 'Explained by' }).selectOption({ label: 'Ana Ruiz' });
  await expect(form.getByRole('checkbox', { name: 'and I understood it' })).toBeChecked();
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(row(bo.page, 'F1')).toContainText('to confirm');
  const confirm = row(ana.page, 'F1').getByRole('button', { name: 'Confirm' });
  await confirm.click();
  await expect(row(bo.page, 'F1').getByText('Bo Lind')).toBeVisible();
  await expect.poll(async () => (await item(ana.api, id, 'F1')).state).toBe('understood');
  expect((await item(ana.api, id, 'F1')).explainedBy?.person.name).toBe('Ana Ruiz');
  await clean(bo.page, 'a checklist');
  await row(bo.page, 'F3').getByRole('button', { name: 'Answer', exact: true }).click();
  await clean(bo.page, 'an answer that is written');
  // one after the other, without looking for the next
  await answerOf(bo.page, 'F3').getByRole('textbox', { name: 'In words' }).fill('Whoever pays twice a month.');
  await answerOf(bo.page, 'F3').getByRole('button', { name: /^Save, then/ }).click();
  await expect(bo.page.getByRole('form', { name: /^Answer to (?!F3$)/ }).getByRole('textbox', { name: 'In words' })).toBeFocused();
  await expect.poll(async () => (await item(bo.api, id, 'F3')).text).toBe('Whoever pays twice a month.');
});

test('what was not read is not understood; keys go from question to question', async ({ as }) => {
  const [ana, bo] = await Promise.all([as('ana'), as('bo')]);
  const id = await start(ana);
  for (const key of ['F1', 'F3'])
    await send(ana.api, 'put', `/checklists/${id}/items/${key}/answer`, { text: `Answer ${key}. ${'It takes more than two lines to say this. '.repeat(6)}`, evidence: [], base: 0 });
  await open(bo.page, id);
  await expect(row(bo.page, 'F1').getByRole('button', { name: 'Read it first' })).toBeVisible();
  await bo.page.keyboard.press('u');
  expect((await item(bo.api, id, 'F1')).state).toBe('answered');
  await bo.page.keyboard.press('j');
  await expect(row(bo.page, 'F1').getByRole('button', { name: 'I understand' })).toBeVisible();
  await expect(bo.page, 'reloaded, it opens there').toHaveURL(/item=F1$/);
  await bo.page.keyboard.press('u');
  await expect.poll(async () => (await item(bo.api, id, 'F1')).state).toBe('understood');
  // words where a link is asked for: understood only with a reason, which stays beside them
  await send(ana.api, 'put', `/checklists/${id}/items/M1/answer`, { text: 'Payments finished, of a hundred begun.', evidence: [], base: 0 });
  await bo.page.getByRole('button', { name: /^Metrics/ }).click();
  await expect(row(bo.page, 'M1')).toContainText('Asks for a link, and there is none yet.');
  // all of it is in sight: nothing to open first
  await row(bo.page, 'M1').getByRole('button', { name: 'I understand' }).click();
  const without = bo.page.getByRole('dialog', { name: 'M1: understood without a link?' });
  await clean(bo.page, 'understood without evidence');
  await without.getByRole('textbox').fill('Saw it on the wall.');
  await without.getByRole('button', { name: 'I understand' }).click();
  await expect(row(bo.page, 'M1')).toContainText('Understood without a link, Bo Lind: “Saw it on the wall.”');
  await bo.page.getByRole('button', { name: /^Functionality/ }).click();
  await row(bo.page, 'F1').getByRole('button', { expanded: false }).click();
  // past F2, which this level does not ask
  await bo.page.keyboard.press('j');
  await expect(bo.page.getByRole('button', { name: 'Who uses it, and who hurts first if it is wrong?', exact: true })).toHaveAttribute('aria-expanded', 'true');
  // she explained it, and she is not asked to understand it
  await open(ana.page, id, 'F3');
  await expect(row(ana.page, 'F3').getByRole('button', { name: 'I understand' })).toHaveCount(0);
  // whoever it waits for is told once a day
  await ana.page.getByRole('button', { name: 'Remind' }).click();
  await expect(ana.page.getByText(/^Told: .*Bo Lind/).first()).toBeVisible();
  await ana.page.getByRole('button', { name: 'Remind' }).click();
  await expect(ana.page.getByText(/^Everybody it waits for was told today: .*Bo Lind/).first()).toBeVisible();
  await expect.poll(async () => JSON.stringify(await send(bo.api, 'get', '/notices'))).toContain('asks: One-tap pay waits for you');
});

test('a question asked back is answered on a phone', async ({ as }) => {
  const [ana, bo] = await Promise.all([as('ana', PHONE), as('bo')]);
  const id = await start(ana);
  await send(ana.api, 'put', `/checklists/${id}/items/O3/answer`, { text: 'We page.', evidence: [], base: 0 });
  await open(bo.page, id, 'O3');
  await row(bo.page, 'O3').getByRole('button', { name: 'Push back' }).click();
  const dialog = bo.page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Push back' }).click();
  await expect(dialog).toContainText('Ask something.');
  await dialog.getByRole('textbox').fill('And what happens until somebody is awake?');
  await clean(bo.page, 'asking back');
  await dialog.getByRole('button', { name: 'Push back' }).click();
  await expect(row(bo.page, 'O3')).toContainText('pushed back');

  await ana.page.goto(`/checklists/${id}?item=O3`);
  await expect(ana.page.getByText('And what happens until somebody is awake?')).toBeVisible();
  await clean(ana.page, 'a checklist on a phone');
  await ana.page.locator('.pc-btns').getByRole('button', { name: 'Answer', exact: true }).tap();
  const form = answerOf(ana.page, 'O3');
  await form.getByRole('textbox', { name: 'In words' }).fill('A typed card, no retry; the flag hides it after 5 s.');
  await form.getByRole('button', { name: 'Save', exact: true }).tap();
  await expect(row(bo.page, 'O3')).toContainText('the flag hides it after 5 s');
  await expect(row(bo.page, 'O3').getByRole('button', { name: /Read it first|I understand/ })).toBeVisible();
});

test('two people write the same answer: nobody loses a word', async ({ as }) => {
  const [ana, goro] = await Promise.all([as('ana'), as('goro')]);
  const id = await start(ana);
  for (const { page } of [ana, goro]) {
    await open(page, id, 'F3');
    await row(page, 'F3').getByRole('button', { name: 'Answer', exact: true }).click();
  }
  const words = ({ page }: Person) => answerOf(page, 'F3').getByRole('textbox', { name: 'In words' });
  await words(ana).fill('Shoppers with an account.');
  await words(goro).fill('Guests are not touched.');
  await answerOf(ana.page, 'F3').getByRole('button', { name: 'Save', exact: true }).click();
  // it is said while he still writes, and his words stay
  const both = goro.page.getByRole('alert', { name: /Ana Ruiz changed the answer to F3/ });
  await expect(both).toContainText('Shoppers with an account.');
  await expect(both).toContainText('Guests are not touched.');
  await clean(goro.page, 'yours and theirs');
  await both.getByRole('button', { name: 'Put both together' }).click();
  await expect(words(goro)).toHaveValue('Shoppers with an account.\n\nGuests are not touched.');
  await answerOf(goro.page, 'F3').getByRole('button', { name: 'Save', exact: true }).click();
  await expect.poll(async () => (await item(ana.api, id, 'F3')).text).toBe('Shoppers with an account.\n\nGuests are not touched.');
  // different questions do not meet at all
  await row(ana.page, 'F1').getByRole('button', { name: 'Answer', exact: true }).click();
  await row(goro.page, 'F5').getByRole('button', { name: 'Answer', exact: true }).click();
  await answerOf(ana.page, 'F1').getByRole('textbox', { name: 'In words' }).fill('One tap.');
  await answerOf(goro.page, 'F5').getByRole('textbox', { name: 'In words' }).fill('The button does nothing.');
  await answerOf(ana.page, 'F1').getByRole('button', { name: 'Save', exact: true }).click();
  await expect(row(goro.page, 'F1')).toContainText('One tap.');
  await expect(answerOf(goro.page, 'F5').getByRole('textbox', { name: 'In words' })).toHaveValue('The button does nothing.');
});

test.describe('on a wire that is cut', () => {
  test.use({ wired: true });
  test('an answer waits here and is sent when the connection is back; a half-written one outlives a reload', async ({ as, wire }) => {
    const ana = await as('ana');
    const id = await start(ana);
    await open(ana.page, id, 'F1');
    wire.cut();
    await row(ana.page, 'F1').getByRole('button', { name: 'Answer', exact: true }).click();
    await answerOf(ana.page, 'F1').getByRole('textbox', { name: 'In words' }).fill('Written in the train.');
    await answerOf(ana.page, 'F1').getByRole('button', { name: 'Save', exact: true }).click();
    await expect(row(ana.page, 'F1')).toContainText('Written in the train.');
    await expect(row(ana.page, 'F1')).toContainText('not sent yet');
    wire.mend();
    await expect(row(ana.page, 'F1')).not.toContainText('not sent yet', { timeout: 20_000 });
    expect((await item(ana.api, id, 'F1')).text).toBe('Written in the train.');

    await row(ana.page, 'F3').getByRole('button', { name: 'Answer', exact: true }).click();
    await answerOf(ana.page, 'F3').getByRole('textbox', { name: 'In words' }).fill('Half a sen');
    await ana.page.reload();
    await row(ana.page, 'F3').getByRole('button', { name: 'Go on' }).click();
    await expect(answerOf(ana.page, 'F3').getByRole('textbox', { name: 'In words' })).toHaveValue('Half a sen');
  });
});

test('a service is answered once; its feature only says that it is still true; the whole is frozen and kept in words', async ({ as }) => {
  const [ana, bo] = await Promise.all([as('ana'), as('bo')]);
  await ana.page.goto('/services');
  await ana.page.getByRole('button', { name: 'New service' }).click();
  const form = ana.page.getByRole('dialog');
  await form.getByRole('textbox', { name: 'Name' }).fill('token-vault');
  await form.getByRole('textbox', { name: 'Links' }).fill('Runbook javascript:alert(1)');
  await form.getByRole('textbox', { name: 'Why so' }).fill('Whoever changes it carries its pager');
  await form.getByRole('button', { name: 'Add it' }).click();
  await expect(form).toContainText('Line 1 has no address');
  await form.getByRole('textbox', { name: 'Links' }).fill('Runbook https://run.example/vault');
  await form.getByRole('button', { name: 'Add it' }).click();
  await expect(ana.page.getByRole('link', { name: 'Runbook' })).toHaveAttribute('href', 'https://run.example/vault');
  await clean(ana.page, 'a service');
  await ana.page.getByRole('button', { name: 'Start its checklist' }).click();
  await ana.page.getByRole('dialog').getByRole('button', { name: 'Start the checklist' }).click();
  await expect(ana.page).toHaveURL(/\/checklists\/lst_/);
  const standing = ana.page.url().split('/').pop()!;
  await send(ana.api, 'put', `/checklists/${standing}/items/O9/answer`, { text: 'Its certificate renews itself.', evidence: [], base: 0 });
  await send(bo.api, 'post', `/checklists/${standing}/items/O9/open`, {});
  await send(bo.api, 'post', `/checklists/${standing}/items/O9/understand`, { rev: 1 });

  // what was checked long ago does not count, though it was understood; checked again, it does
  const day = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);
  const understood = async (rev: number) => {
    await send(bo.api, 'post', `/checklists/${standing}/items/M9/open`, {});
    await send(bo.api, 'post', `/checklists/${standing}/items/M9/understand`, { rev });
  };
  const roster = { type: 'link', value: 'https://oncall.example/vault', verifiedOn: day(-60) };
  await send(ana.api, 'put', `/checklists/${standing}/items/M9/answer`, { text: 'Ana and Bo in turns.', evidence: [roster], base: 0 });
  await understood(1);
  await open(ana.page, standing, 'M9');
  await expect(row(ana.page, 'M9')).toContainText('out of date since');
  await row(ana.page, 'M9').getByRole('button', { name: 'Answer', exact: true }).click();
  await answerOf(ana.page, 'M9').getByLabel('Checked on').fill(day(-45));
  await answerOf(ana.page, 'M9').getByRole('button', { name: 'Save', exact: true }).click();
  await expect.poll(async () => (await item(ana.api, standing, 'M9')).rev).toBe(2);
  await row(ana.page, 'M9').getByRole('button', { name: 'Still good' }).click();
  await expect(row(ana.page, 'M9')).toContainText('good until');
  await understood(3);
  await expect(row(ana.page, 'M9')).toContainText('Bo Lind');

  const services = await send<{ items: { id: string; name: string; teamId: string }[] }>(ana.api, 'get', '/services');
  const vault = services.items.find((s) => s.name === 'token-vault')!;
  const id = (await send<View>(ana.api, 'post', '/checklists', { kind: 'launch', name: 'Saved cards', teamId: vault.teamId, level: 'critical', phase: 'pre_prod', services: [vault.id], launchOn: '2027-01-14' })).id;
  await open(ana.page, id, 'O9');
  await expect(row(ana.page, 'O9')).toContainText('From service token-vault: still true for this feature?');
  await row(ana.page, 'O9').getByRole('button', { name: 'Still true' }).click();
  await expect(row(ana.page, 'O9')).toContainText('Still true for this feature, Ana Ruiz');
  // answering leads to what is only to be confirmed, and on from there; what differs begins with what the service says
  await open(ana.page, id, 'M8');
  await row(ana.page, 'M8').getByRole('button', { name: 'Answer', exact: true }).click();
  await answerOf(ana.page, 'M8').getByRole('textbox', { name: 'In words' }).fill('No gap.');
  await answerOf(ana.page, 'M8').getByRole('button', { name: 'Save, then M9' }).click();
  await expect(row(ana.page, 'M9').getByRole('button', { name: 'Still true' })).toBeFocused();
  await row(ana.page, 'M9').getByRole('button', { name: 'Differs' }).click();
  await expect(answerOf(ana.page, 'M9').getByRole('textbox', { name: 'In words' })).toHaveValue('Ana and Bo in turns.');
  await clean(ana.page, 'what differs from a service');
  await answerOf(ana.page, 'M9').getByRole('button', { name: 'Cancel' }).click();
  await row(ana.page, 'M9').getByRole('button', { name: 'Still true' }).click();
  await expect(row(ana.page, 'M9')).toContainText('Still true for this feature, Ana Ruiz');

  await open(ana.page, id, 'O9');
  // a second service stands beside the first with its own answer and its own stamp, and is not hidden by it
  const mail = await send<{ id: string }>(ana.api, 'post', '/services', {
    teamId: vault.teamId,
    name: 'card-mail',
    kind: 'digital',
    criticality: 'standard',
    operatingModel: 'team',
    operatingModelWhy: 'The team is on call for it',
  });
  const its = (await send<View>(ana.api, 'post', '/checklists', { kind: 'service', serviceId: mail.id })).id;
  await send(ana.api, 'patch', `/checklists/${id}`, { services: [vault.id, mail.id] });
  const second = row(ana.page, 'O9').getByRole('listitem').filter({ hasText: 'card-mail' });
  await expect(second).toContainText('not answered yet');
  await expect(row(ana.page, 'O9')).toContainText('1 of 2 still true');
  await expect(second.getByRole('link', { name: 'O9 in the checklist of card-mail' })).toHaveAttribute('href', `/checklists/${its}?item=O9`);
  await clean(ana.page, 'two services behind one question');
  await send(ana.api, 'put', `/checklists/${its}/items/O9/answer`, { text: 'It keeps no certificate.', evidence: [], base: 0 });
  await send(bo.api, 'post', `/checklists/${its}/items/O9/open`, {});
  await send(bo.api, 'post', `/checklists/${its}/items/O9/understand`, { rev: 1 });
  await second.getByRole('button', { name: 'What card-mail answers is still true' }).click();
  await expect(row(ana.page, 'O9')).toContainText('2 of 2 still true');

  await ana.page.getByRole('button', { name: 'Export' }).click();
  await ana.page.getByRole('menuitem', { name: 'Freeze as it stands' }).click();
  await clean(ana.page, 'freezing');
  await ana.page.getByRole('dialog').getByRole('button', { name: 'Freeze' }).click();
  await expect(ana.page.getByText(/^Frozen on/)).toBeVisible();
  await expect(ana.page.getByRole('button', { name: 'Answer', exact: true })).toHaveCount(0);
  await clean(ana.page, 'a frozen checklist');
  await ana.page.emulateMedia({ media: 'print', colorScheme: 'light' });
  await ana.page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await expect(ana.page.locator('.ck-print h2')).toHaveCount(7);
  await expect(ana.page.locator('.rail')).toBeHidden();

  await bo.page.goto('/checklists');
  await clean(bo.page, 'the list of checklists');
  await bo.page.goto('/services');
  await clean(bo.page, 'the list of services');
});

const HOSTILE = [
  'flowchart LR\n  A --> B\n  click A href "javascript:window.__ran=1"',
  'flowchart LR\n  A["<img src=x onerror=window.__ran=1>"] --> B["<script>window.__ran=1</script>"]',
  '%%{init: {"securityLevel":"loose","htmlLabels":true,"flowchart":{"htmlLabels":true},"themeCSS":"@import url(https://evil.example/a.css);*{background:url(https://evil.example/b.png)}"}}%%\nflowchart LR\n  A["<b onclick=window.__ran=1>x</b>"] --> B\n  click A call boom()',
  '---\nconfig:\n  securityLevel: loose\n---\nflowchart LR\n  A["<iframe src=https://evil.example></iframe>"] --> B',
  'flowchart LR\n  A --> B\n  style A fill:url(https://evil.example/c.svg#x)',
  'flowchart LR\n  A@{ img: "https://evil.example/d.png", label: "x" } --> B',
  'sequenceDiagram\n  participant A as <img src=x onerror=window.__ran=1>\n  A->>B: <script>window.__ran=1</script>\n  link A: Go @ javascript:window.__ran=1',
  'classDiagram\n  class A["</style><script>window.__ran=1</script>"]\n  click A href "https://evil.example" _self',
  'stateDiagram-v2\n  s1: <svg onload=window.__ran=1>\n  s1 --> s2',
  'erDiagram\n  A ||--o{ B : "<img src=x onerror=window.__ran=1>"',
];

test('a hostile drawing draws nothing harmful', async ({ as, address }) => {
  test.slow();
  const ana = await as('ana');
  const id = await start(ana, 'critical');
  const asked: string[] = [];
  ana.page.on('request', (r) => {
    if (!r.url().startsWith(address) && !r.url().startsWith('data:') && !r.url().startsWith('blob:')) asked.push(r.url());
  });
  await open(ana.page, id, 'O1');
  await send(ana.api, 'put', `/checklists/${id}/items/O1/answer`, {
    text: '',
    evidence: [{ type: 'diagram', value: 'flowchart LR\n  A[Browser] --> B[Edge]' }],
    base: 0,
  });
  const drawn = row(ana.page, 'O1').locator('img');
  await expect(drawn).toBeVisible({ timeout: 20_000 });
  let rev = 1;
  for (const value of HOSTILE) {
    await send(ana.api, 'put', `/checklists/${id}/items/O1/answer`, { text: '', evidence: [{ type: 'diagram', value }], base: rev++ });
    await ana.page.reload();
    const figure = row(ana.page, 'O1').locator('figure[aria-busy="false"]');
    await expect(figure, value).toBeVisible({ timeout: 20_000 });
    // what there is is a picture or a sentence: nothing of the text is in the page's own tree
    expect(await figure.evaluate((el) => el.querySelectorAll('svg:not(.lucide), script, iframe, a, foreignObject').length), value).toBe(0);
    if (await drawn.isVisible()) {
      const svg = decodeURIComponent((await drawn.getAttribute('src')) ?? '');
      expect(svg).toMatch(/^data:image\/svg\+xml/);
      expect(svg, value).not.toMatch(/<script|<iframe|<image|<foreignObject|javascript:|evil\.example[^<]*["')]|\son\w+=/i);
      await row(ana.page, 'O1').getByRole('button', { name: /Drawing/ }).click();
      await ana.page.keyboard.press('Escape');
    }
    expect(await ana.page.evaluate(() => (window as unknown as { __ran?: number }).__ran), value).toBeUndefined();
  }
  expect(asked).toEqual([]);
  await expect(ana.page.locator('.ck-stage')).toHaveCount(0);
});

test('what cannot be read says in which line, and the last good drawing stays', async ({ as }) => {
  const ana = await as('ana');
  const id = await start(ana, 'critical');
  await open(ana.page, id, 'O1');
  await row(ana.page, 'O1').getByRole('button', { name: 'Answer', exact: true }).click();
  const source = answerOf(ana.page, 'O1').getByRole('textbox', { name: 'Drawing, as Mermaid text' });
  await source.fill('flowchart LR\n  A[Browser] --> B[Edge]');
  const drawn = answerOf(ana.page, 'O1').locator('img');
  await expect(drawn).toBeVisible({ timeout: 20_000 });
  await source.fill('%% ours\nflowchart LR\n  A[Browser] --> B[Edge\n  B --> C');
  await expect(answerOf(ana.page, 'O1').getByRole('status')).toContainText(/Line \d cannot be read.*last drawing/);
  await expect(drawn).toBeVisible();
  await source.fill('pie title Pets');
  await expect(answerOf(ana.page, 'O1').getByRole('status')).toContainText('The first line says what is drawn');
  // what cannot be drawn proves nothing: it is kept here, and not saved
  await answerOf(ana.page, 'O1').getByRole('button', { name: 'Save', exact: true }).click();
  await expect(answerOf(ana.page, 'O1').getByRole('alert')).toContainText('A drawing is saved once it can be drawn');
  expect((await item(ana.api, id, 'O1')).state).toBe('unanswered');
  // sooner than it is drawn beside the text
  await source.fill('flowchart LR\n  A[Browser] --> B[Edge');
  await source.press('ControlOrMeta+Enter');
  await expect(answerOf(ana.page, 'O1').getByRole('alert')).toContainText(/Line \d cannot be read.* A drawing is saved once/);
  expect((await item(ana.api, id, 'O1')).state).toBe('unanswered');
  await source.fill('flowchart LR\n  A[Browser] --> B[Edge]');
  await source.press('ControlOrMeta+Enter');
  await expect.poll(async () => (await item(ana.api, id, 'O1')).state).toBe('answered');
  // its size is kept with it
  const [proof] = (await item(ana.api, id, 'O1')).proof;
  expect(proof?.drawn?.width).toBeGreaterThan(150);
  expect(proof?.drawn?.height).toBeGreaterThan(30);
});

test('a file is evidence: attached to the card, or to a checklist without one, from the answer, and opened from there', async ({ as }) => {
  const ana = await as('ana');
  const { items } = (await (await ana.api.get('/api/v1/boards')).json()) as { items: { id: string; teamKey: string }[] };
  const board = items.find((b) => b.teamKey === 'CHK')!.id;
  const { columns } = (await (await ana.api.get(`/api/v1/boards/${board}`)).json()) as { columns: { id: string }[] };
  const { card } = await send<{ card: { id: string } }>(ana.api, 'post', `/boards/${board}/cards`, {
    title: 'Load test',
    columnId: columns[0]!.id,
  });
  const { id } = await send<View>(ana.api, 'post', '/checklists', { kind: 'card', cardId: card.id });
  await open(ana.page, id, 'F1');
  await row(ana.page, 'F1').getByRole('button', { name: 'Answer', exact: true }).click();
  const form = answerOf(ana.page, 'F1');
  await form.getByRole('button', { name: 'File', exact: true }).click();
  await form
    .getByTestId('evidence-file')
    .setInputFiles({ name: 'load.csv', mimeType: 'text/csv', buffer: Buffer.from('at,rate\n1,420\n') });
  await expect(form.getByRole('combobox', { name: 'File' }).getByRole('option', { name: 'load.csv' })).toBeAttached();
  await expect(form.getByRole('combobox', { name: 'File' })).not.toHaveValue('');
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  const file = row(ana.page, 'F1').getByRole('link', { name: 'load.csv' });
  await expect(file).toHaveAttribute('href', /\/api\/v1\/attachments\/\w+$/);
  const got = await ana.api.get((await file.getAttribute('href'))!);
  expect(got.headers()['content-disposition']).toContain('attachment');

  // a launch is about no card: there the file hangs at the checklist itself
  await open(ana.page, await start(ana), 'F1');
  await row(ana.page, 'F1').getByRole('button', { name: 'Answer', exact: true }).click();
  await form.getByRole('button', { name: 'File', exact: true }).click();
  await form.getByTestId('evidence-file').setInputFiles({ name: 'rate.csv', mimeType: 'text/csv', buffer: Buffer.from('rate\n420\n') });
  await expect(form.getByRole('combobox', { name: 'File' })).not.toHaveValue('');
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  const own = row(ana.page, 'F1').getByRole('link', { name: 'rate.csv' });
  expect(await (await ana.api.get((await own.getAttribute('href'))!)).text()).toBe('rate\n420\n');

  // it is taken off when no answer shows it any more, and comes back
  const off = ana.page.getByRole('region', { name: 'Files' }).getByRole('button', { name: 'Take rate.csv off this checklist' });
  await off.click();
  await expect(ana.page.getByText('The answer to F1 shows this file.')).toBeVisible();
  await clean(ana.page, 'a checklist with a file');
  await ana.page.getByRole('button', { name: 'Go to F1', exact: true }).click();
  await row(ana.page, 'F1').getByRole('button', { name: 'Edit the answer' }).click();
  await form.getByRole('button', { name: 'Remove File' }).click();
  await form.getByRole('textbox', { name: 'In words' }).fill('420 a second');
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(own).toHaveCount(0);
  await off.click();
  await expect(off).toHaveCount(0);
  await ana.page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(off).toBeVisible();
});

test('a checklist is begun on its card; the result of a check is read from a signal of the card', async ({ as }) => {
  const ana = await as('ana');
  const made = await makeBoard(ana.api, { cards: { Build: ['Gift cards by post'] } });
  const card = made.keys['Gift cards by post'] as string;
  await send(ana.api, 'put', `/cards/${card}/signals/scan`, { state: 'ok', text: 'No open critical finding' });
  // begun on the card: the usual level is chosen, and that of a critical service once it is named, until somebody says another
  await ana.page.goto(`/c/${card}`);
  await ana.page.getByRole('region', { name: 'Launch checklist' }).getByRole('button', { name: 'Start' }).click();
  const dialog = ana.page.getByRole('dialog', { name: `Checklist for ${card}` });
  const level = (name: RegExp) => dialog.getByRole('radio', { name });
  await expect(level(/^Standard/)).toBeChecked();
  await dialog.getByRole('checkbox', { name: 'checkout-api' }).check();
  await expect(dialog.getByText('because checkout-api is critical')).toBeVisible();
  await expect(level(/^Critical/)).toBeChecked();
  await level(/^Light/).check();
  await dialog.getByRole('checkbox', { name: 'order-mail' }).check();
  await dialog.getByRole('checkbox', { name: 'order-mail' }).uncheck();
  await expect(level(/^Light/), 'what somebody said stays').toBeChecked();
  await level(/^Critical/).check();
  await dialog.getByRole('radio', { name: /^Pre-production/ }).check();
  await clean(ana.page, 'a checklist that is begun');
  await dialog.getByRole('button', { name: 'Start the checklist' }).click();
  await expect(ana.page.getByText('Pre-production, 2 of 3')).toBeVisible();
  const list = { id: ana.page.url().split('/').pop()!.split('?')[0]! };
  await open(ana.page, list.id, 'X4');
  await row(ana.page, 'X4').getByRole('button', { name: 'Answer', exact: true }).click();
  const form = answerOf(ana.page, 'X4');
  await form.getByRole('combobox', { name: 'Result of a check' }).selectOption({ label: 'scan: ok No open critical finding' });
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(row(ana.page, 'X4')).toContainText('scan: ok: No open critical finding');
  await expect.poll(async () => (await item(ana.api, list.id, 'X4')).state).toBe('answered');
  // what ran out at the service is looked at again from here, and has to be understood there
  await open(ana.page, list.id, 'M9');
  await expect(row(ana.page, 'M9')).toContainText('out of date');
  await row(ana.page, 'M9').getByRole('button', { name: 'Still good' }).click();
  await expect(row(ana.page, 'M9')).toContainText('to understand');
});
