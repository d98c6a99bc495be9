import { expect, keysIn, linkOf, ready, test } from './support/test';

const ROUNDS = 50;

test(`18 two people race for the last slot of a hard column ${ROUNDS} times: exactly one wins each time`, async ({ as }) => {
  test.setTimeout(240_000);
  const [ana, goro] = [await as('ana'), await as('goro')];
  const team = (await (await ana.api.get('/api/v1/teams')).json()).items.find((t: { key: string }) => t.key === 'CHK').id;
  const made = await (
    await ana.api.post('/api/v1/boards', {
      data: {
        teamId: team,
        name: 'Race',
        columns: [
          { name: 'Ready', kind: 'queue' },
          { name: 'One', kind: 'active', wip: { mode: 'hard', max: 1 } },
          { name: 'Done', kind: 'done' },
        ],
      },
    })
  ).json();
  const ready_ = made.columns[0].id;
  const keys: string[] = [];
  for (const title of ['of Ana', 'of Goro'])
    keys.push((await (await ana.api.post(`/api/v1/boards/${made.id}/cards`, { data: { title, columnId: ready_ } })).json()).key);
  for (const p of [ana, goro]) {
    await p.page.goto(`/b/${made.id}`);
    await ready(p.page);
  }
  const snapshot = async () => (await ana.api.get(`/api/v1/boards/${made.id}`)).json();
  const wins: Record<string, number> = {};
  for (let round = 0; round < ROUNDS; round++) {
    // both press at once; each page shows its own card moving before the server has decided
    await linkOf(ana.page, keys[0] as string).focus();
    await linkOf(goro.page, keys[1] as string).focus();
    await Promise.all([ana.page.keyboard.press('Shift+ArrowRight'), goro.page.keyboard.press('Shift+ArrowRight')]);
    let inside: string[] = [];
    await expect
      .poll(async () => {
        inside = keysIn(await snapshot(), 'One');
        return inside.length;
      })
      .toBe(1);
    const winner = inside[0] as string;
    wins[winner] = (wins[winner] ?? 0) + 1;
    // both pages come to show what is true, the loser's card back in Ready
    for (const p of [ana, goro]) {
      await expect(p.page.getByRole('list', { name: /One/ }).locator('[data-card]')).toHaveCount(1);
      await expect(p.page.getByRole('list', { name: /Ready/ }).locator('[data-card]')).toHaveCount(1);
      await expect(p.page.getByRole('list', { name: /One/ }).getByText(winner, { exact: true })).toBeVisible();
    }
    const back = await ana.api.post(`/api/v1/cards/${winner}/move`, {
      data: { columnId: ready_, returnReason: { category: 'other' } },
    });
    expect(back.status()).toBe(200);
    for (const p of [ana, goro])
      await expect(p.page.getByRole('list', { name: /Ready/ }).locator('[data-card]')).toHaveCount(2);
  }
  expect((wins[keys[0] as string] ?? 0) + (wins[keys[1] as string] ?? 0)).toBe(ROUNDS);
});
