import type { Browser } from '@playwright/test';
import { startServer } from './support/server';
import { cardOf, expect, inHead, test } from './support/test';

// What somebody meets who has read nothing: every step by what stands on the page, none through the interface of programs.

const PASSWORD = 'walk-the-board';

for (const [name, width, height] of [
  ['a desk', 1440, 900],
  ['a phone', 390, 844],
] as const)
  test(`first day: from an empty workspace to an accepted ask, at ${name}`, async ({ browser }) => {
    test.slow();
    const phone = width < 700;
    const server = await startServer({ empty: true });
    const open = async (b: Browser) => {
      const context = await b.newContext({
        baseURL: server.url,
        viewport: { width, height },
        hasTouch: phone,
        isMobile: phone,
        reducedMotion: 'reduce',
      });
      return { context, page: await context.newPage() };
    };
    const ada = await open(browser);
    const ben = await open(browser);
    try {
      const a = ada.page;
      await test.step('the first person sets up', async () => {
        await a.goto('/');
        await a.getByLabel('Workspace').fill('Northwind');
        await a.getByLabel('Your name').fill('Ada Lund');
        await a.getByLabel('E-mail').fill('ada@northwind.example');
        await a.getByLabel('Discipline').selectOption({ label: 'Operations' });
        await a.getByLabel('Password', { exact: true }).fill(PASSWORD);
        await a.getByRole('button', { name: 'Create the workspace' }).click();
        await expect(a).toHaveURL(/\/today$/);
        if (!phone) await expect(a.getByRole('button', { name: 'Search or run a command' })).toContainText('Search');
      });

      await test.step('a team of their own, with them in it, and its board', async () => {
        await a.getByRole('link', { name: 'Make a team' }).click();
        const form = a.getByRole('dialog', { name: 'New team' });
        await form.getByLabel('Name').fill('Payments');
        await expect(form.getByLabel('I am in this team')).toBeChecked();
        await form.getByRole('button', { name: 'Create the team' }).click();
        const members = a.getByRole('region', { name: /^Members/ });
        await expect(members.getByText('Ada Lund')).toBeVisible();
        await expect(members.getByLabel('Role of Ada Lund')).toHaveValue('lead');
        await a.getByRole('link', { name: 'Today' }).click();
        await a.getByRole('link', { name: 'Make its board' }).click();
        const board = a.getByRole('dialog', { name: 'New board' });
        await board.getByLabel('Name').fill('Delivery');
        await board.getByRole('button', { name: 'Create the board' }).click();
        await expect(a).toHaveURL(/\/b\//);
      });

      await test.step('a limit, two cards and a blocker', async () => {
        if (phone) {
          await a.getByRole('button', { name: 'Column after' }).click();
          await a.getByRole('button', { name: 'Column after' }).click();
          await a.getByRole('button', { name: 'Column Build: more' }).click();
        } else {
          const count = a.locator('[data-head]').filter({ hasText: 'Build' }).getByText('0 / 6');
          const before = await count.boundingBox();
          await count.hover();
          expect(await count.boundingBox(), 'the limit stays under the pointer').toEqual(before);
          await inHead(a, 'Column Build: more');
        }
        await a.getByRole('menuitem', { name: 'Edit column' }).click();
        await a.getByLabel('At most').fill('2');
        await a.getByRole('button', { name: 'Save' }).click();
        await expect(a.getByText('0 / 2').first()).toBeVisible();
        if (phone) for (const _ of [1, 2]) await a.getByRole('button', { name: 'Column before' }).click();
        await a.getByRole('button', { name: 'Add the first card' }).click();
        for (const title of ['Refund within one hour', 'Rotate the database password']) {
          await a.keyboard.type(title);
          await a.keyboard.press('Enter');
          await expect(a.getByRole('link', { name: title })).toBeVisible();
        }
        await a.keyboard.press('Escape');
        await a.getByRole('link', { name: 'Rotate the database password' }).click();
        await expect(a.getByRole('combobox', { name: 'Leading' })).toHaveValue('operations');
        await a.getByRole('button', { name: 'Block …' }).click();
        await a.getByRole('textbox', { name: 'Why' }).fill('No window from the hosts');
        await a.getByRole('button', { name: 'Block this card' }).click();
        await expect(cardOf(a, 'PAY-2').getByText(/Blocked/)).toBeAttached();
      });

      let link = '';
      await test.step('a second team, and somebody invited to it', async () => {
        await a.goto('/teams');
        await a.getByRole('button', { name: 'New team' }).click();
        const form = a.getByRole('dialog', { name: 'New team' });
        await form.getByLabel('Name').fill('Security');
        await expect(form.getByLabel('I am in this team')).not.toBeChecked();
        await form.getByRole('button', { name: 'Create the team' }).click();
        await a.getByRole('link', { name: 'Invite somebody to this team' }).click();
        await expect(a.getByRole('link', { name: 'Invitations' })).toHaveAttribute('aria-current', 'page');
        await a.getByLabel('E-mail').fill('ben@northwind.example');
        await a.getByLabel('Role in the team').selectOption({ label: 'Lead' });
        await a.getByRole('button', { name: 'Make an invitation' }).click();
        const made = a.locator('input[readonly]');
        await expect(made).toHaveValue(/\/invite#/);
        link = await made.inputValue();
      });

      const b = ben.page;
      await test.step('they come in, make their board and ask', async () => {
        await b.goto(link);
        await b.getByLabel('Your name').fill('Ben Okoye');
        await b.getByLabel('Discipline').selectOption({ label: 'Security' });
        await b.getByLabel('Password', { exact: true }).fill(PASSWORD);
        await b.getByRole('button', { name: 'Join' }).click();
        await b.getByRole('link', { name: 'Make its board' }).click();
        const board = b.getByRole('dialog', { name: 'New board' });
        await board.getByLabel('Name').fill('Security work');
        await board.getByRole('radio', { name: /Security work/ }).check();
        await board.getByRole('button', { name: 'Create the board' }).click();
        await expect(b).toHaveURL(/\/b\//);
        if (phone) {
          await b.getByRole('button', { name: /, more$/ }).click();
          await b.getByRole('menuitem', { name: 'Asks' }).click();
        } else await b.getByRole('link', { name: 'Asks' }).click();
        await b.getByLabel('Team', { exact: true }).selectOption({ label: 'Payments' });
        await b.getByLabel('What do you need?').fill('Card tokens are encrypted at rest');
        await b.getByRole('button', { name: 'Ask Payments' }).click();
        await expect(b.getByRole('region', { name: 'My asks' }).getByText('Card tokens are encrypted')).toBeVisible();
      });

      await test.step('it is accepted in one press and stands on both boards, under the name of who asked', async () => {
        await a.getByRole('link', { name: 'Today' }).click();
        const waiting = a.getByRole('region', { name: /^Waiting for me/ });
        await waiting.getByRole('button', { name: 'Accept' }).click();
        await expect(waiting.getByText('Nothing waits for you.')).toBeVisible();
        await b.getByRole('link', { name: 'Boards' }).click();
        await b.getByRole('link', { name: 'Security work' }).click();
        const mirror = cardOf(b, 'PAY-3');
        await expect(mirror.getByText('In Ready')).toBeVisible();
        await expect(mirror.getByTitle(/Assign/), 'no way to take what is not theirs').toHaveCount(0);
        await mirror.getByRole('link').first().click();
        await expect(b.getByText(/by Ben Okoye$/)).toBeVisible();
      });
    } finally {
      await ada.context.close();
      await ben.context.close();
      await server.stop();
    }
  });
