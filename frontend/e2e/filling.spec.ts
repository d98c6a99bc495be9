import { clean } from './support/axe';
import { send } from './support/boards';
import { answerOf, item, open, PHONE, row, start, type View } from './support/checklists';
import { expect, type Person, test } from './support/test';

// A developer fills a checklist: from question to question without the mouse, and nothing is typed that is known already.

const words = ({ page }: Person, key: string) => answerOf(page, key).getByRole('textbox', { name: 'In words' });
/** A checklist of a service that Checkout knows, at the phase in which most is asked. */
const ofKnown = async (by: Person) => {
  const services = await send<{ items: { id: string; name: string }[] }>(by.api, 'get', '/services');
  return start(by, 'standard', { phase: 'pre_prod', services: [services.items.find((s) => s.name === 'checkout-api')!.id] });
};

test('one question leads to the next, also where one does not apply; keys are enough', async ({ as }) => {
  const ana = await as('ana');
  const { page, api } = ana;
  const id = await start(ana);
  await open(page, id, 'X2');
  await row(page, 'X2').getByRole('button', { name: 'Answer', exact: true }).click();
  const begin = answerOf(page, 'X2').getByRole('button', { name: 'Begin with this' });
  const before = await words(ana, 'X2').boundingBox();
  await begin.click();
  await expect(words(ana, 'X2')).toHaveValue(/^Customers by session/);
  await expect(begin, 'it stays to be read, and nothing is written over').toBeDisabled();
  expect((await words(ana, 'X2').boundingBox())!.y, 'nothing jumps under the pointer').toBe(before!.y);
  await answerOf(page, 'X2').getByRole('button', { name: 'Save, then F1' }).click();
  await words(ana, 'F1').fill('Pay in one tap.');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(words(ana, 'F3')).toBeFocused();
  await expect.poll(async () => (await item(api, id, 'F1')).text).toBe('Pay in one tap.');
  await answerOf(page, 'F3').getByRole('button', { name: 'Not applicable' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('Nobody uses it yet');
  await page.getByRole('dialog').getByRole('button', { name: 'Not applicable' }).click();
  await expect(words(ana, 'F5')).toBeFocused();
  await expect.poll(async () => (await item(api, id, 'F3')).state).toBe('na');
  // who corrects an answer stays with it
  await row(page, 'F1').getByRole('button', { name: 'What will users be able to do that they cannot do today?' }).click();
  await row(page, 'F1').getByRole('button', { name: 'Edit' }).click();
  await words(ana, 'F1').fill('Pay with a saved card.');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect.poll(async () => (await item(api, id, 'F1')).text).toBe('Pay with a saved card.');
  await expect(page.getByRole('form', { name: /^Answer to/ })).toHaveCount(0);
});

test('after the last question somebody says so', async ({ as }) => {
  const ana = await as('ana');
  const { page, api } = ana;
  const id = await start(ana, 'light');
  const asked = async () => ((await (await api.get(`/api/v1/checklists/${id}`)).json()) as View).topics.flatMap((x) => x.items).filter((i) => i.blocks && i.why === 'to_answer');
  const keys = (await asked()).map((i) => i.key);
  expect(keys.length).toBeGreaterThan(2);
  await open(page, id, keys[0]);
  await row(page, keys[0]!).getByRole('button', { name: 'Answer', exact: true }).click();
  for (const key of keys) {
    await expect(words(ana, key)).toBeFocused();
    await page.keyboard.type('As it was.');
    await page.keyboard.press('ControlOrMeta+Enter');
  }
  await expect(page.locator('.toast')).toHaveText('That was the last one: you have nothing more to answer or confirm here.');
  await expect.poll(async () => (await asked()).length).toBe(0);
});

test('what the service links to is to hand, and a field that is added is where one writes', async ({ as }) => {
  const [ana, bo] = await Promise.all([as('ana'), as('bo')]);
  const { page, api } = ana;
  const id = await ofKnown(ana);
  await open(page, id, 'M3');
  await row(page, 'M3').getByRole('button', { name: 'Answer', exact: true }).click();
  const form = answerOf(page, 'M3');
  await expect(form.getByRole('group', { name: 'Evidence: a link' })).toBeVisible();
  await clean(page, 'an answer with the links of its service');
  await form.getByRole('button', { name: 'Runbook' }).click();
  const address = form.getByRole('textbox', { name: 'Address' });
  await expect(address).toHaveValue('https://wiki.shop.example/runbooks/checkout-api');
  await expect(address, 'the button is gone, and the focus with it').toBeFocused();
  await expect(form.getByRole('button', { name: 'Dashboard' })).toHaveCount(0);
  await form.getByRole('button', { name: 'Number', exact: true }).click();
  await expect(form.getByRole('textbox', { name: 'Number' })).toBeFocused();
  await page.keyboard.type('2');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect.poll(async () => (await item(api, id, 'M3')).state).toBe('answered');
  // what only has to be confirmed comes in its turn, and Enter is enough
  await expect(row(page, 'M7').getByRole('button', { name: 'Still true' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(row(page, 'M7')).toContainText('Still true for this feature, Ana Ruiz');
  // where it is good still, nothing sends one elsewhere to say so
  await expect(row(page, 'M9').getByRole('button', { name: 'Still good' })).toBeFocused();
  await expect(row(page, 'M9').getByRole('link', { name: 'M9 in the checklist of checkout-api' })).toHaveText('See it there');
  await page.keyboard.press('Enter');
  // one tap says that nothing is new: the questions that hang on it are not asked
  await expect(words(ana, 'D1')).toBeFocused();
  await expect.poll(async () => (await item(api, id, 'M9')).why).toBe('to_understand');
  // and the liaison reads it where it is missed
  await open(bo.page, id, 'M9');
  await row(bo.page, 'M9').getByRole('button', { name: 'I understand' }).click();
  await expect(row(bo.page, 'M9')).toContainText('still true for this feature?');
  await expect.poll(async () => (await item(api, id, 'M9')).why).toBe('to_confirm');
  await words(ana, 'D1').fill('No new database, but a new vendor');
  await expect(answerOf(page, 'D1')).toContainText('As it reads now, D2 is asked');
  await expect(answerOf(page, 'D1').getByRole('button', { name: 'Save, then D2' })).toBeVisible();
  await words(ana, 'D1').fill('No, nothing new.');
  await expect(answerOf(page, 'D1')).toContainText('Read as “None”: D2 needs no answer');
  await words(ana, 'D1').fill('A vendor');
  await answerOf(page, 'D1').getByRole('button', { name: 'None', exact: true }).click();
  await expect(words(ana, 'D1')).toHaveValue('None');
  await answerOf(page, 'D1').getByRole('button', { name: 'Put my words back' }).click();
  await expect(words(ana, 'D1')).toHaveValue('A vendor');
  await answerOf(page, 'D1').getByRole('button', { name: 'None', exact: true }).click();
  await clean(page, 'an answer that says none');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(words(ana, 'I1')).toBeFocused();
});

test('on a phone the fields stand one below the other, and the way leads on', async ({ as }) => {
  const ana = await as('ana', PHONE);
  const { page, api } = ana;
  const id = await ofKnown(ana);
  await page.goto(`/checklists/${id}?item=M1`);
  await page.getByRole('button', { name: 'Answer', exact: true }).tap();
  const form = answerOf(page, 'M1');
  const [panel, fields] = [await page.locator('.pc-item').first().boundingBox(), await form.boundingBox()];
  expect(fields!.x + fields!.width, 'nothing stands out of its panel').toBeLessThanOrEqual(panel!.x + panel!.width);
  await words(ana, 'M1').fill('Letters to support about refunds.');
  await form.getByRole('button', { name: 'Dashboard' }).tap();
  const [text, address] = [await words(ana, 'M1').boundingBox(), await form.getByRole('textbox', { name: 'Address' }).boundingBox()];
  expect(address!.y).toBeGreaterThan(text!.y + text!.height);
  await clean(page, 'an answer on a phone');
  await form.getByRole('button', { name: 'Save, then M3' }).tap();
  await expect(words(ana, 'M3')).toBeVisible();
  await expect.poll(async () => (await item(api, id, 'M1')).text).toBe('Letters to support about refunds.');
});
