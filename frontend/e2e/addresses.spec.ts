import { expect, test } from './support/test';

// Whatever stands in the address, the page says in its own words that there is nothing.

test('an address that nothing can have is answered by the page, inside its frame', async ({ as }) => {
  const { page } = await as('ana');
  for (const path of ['/checklists/%00', '/c/%00', '/services/%00', '/boards/%00', '/b/%00', '/teams/%00', '/%ff', '/c/%C3%28', '/today?team=%00']) {
    const answer = await page.goto(path);
    expect([path, answer?.status(), answer?.headers()['content-type']]).toEqual([path, 404, 'text/html; charset=UTF-8']);
    await expect(page.getByRole('main').getByText('There is nothing at this address'), path).toBeVisible();
    await expect(page.getByRole('navigation').first()).toBeVisible();
  }
  const api = await page.request.get('/api/v1/checklists/%00');
  expect([api.status(), (await api.json()).code]).toEqual([400, 'bad_request']);
  // and the way out works
  await page.getByRole('link', { name: 'All boards' }).click();
  await expect(page).toHaveURL('/boards');
  await expect(page.getByText('There is nothing at this address')).toHaveCount(0);
});
