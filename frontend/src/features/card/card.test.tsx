import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Detail } from '../../api/types';
import { api } from '../../lib/api';
import { readDraft, writeDraft } from '../../lib/drafts';
import { MemoryStorage, ModelServer, Tab } from '../../live/testing/server';
import { commentsOf, todosOf } from './model';
import { NotApplied } from './NotApplied';
import { Peek, type PeekProps } from './Peek';

let server: ModelServer;
let ana: Tab;
let bo: Tab;
let description: string;

function detailOf(id: string): Detail {
  const face = server.cards.get(id)!;
  return {
    card: {
      ...face,
      boardId: 'b',
      boardName: 'Payments',
      teamId: 't',
      description,
      descriptionHtml: `<p>${description}</p>`,
      createdAt: '2026-11-01T08:00:00.000Z',
    },
    comments: [
      {
        id: 'k1',
        authorId: 'ana',
        authorName: 'Ana',
        text: 'mine',
        html: '<p>mine</p>',
        at: '2026-11-02T08:00:00.000Z',
      },
      {
        id: 'k2',
        authorId: 'bo',
        authorName: 'Bo',
        text: 'his',
        html: '<p>his</p>',
        at: '2026-11-03T08:00:00.000Z',
      },
    ],
    blockers: [],
    todos: [
      { id: 't1', list: '', text: 'write it', done: true },
      { id: 't2', list: '', text: 'test it', done: false },
    ],
    mirrors: [],
    waitsFor: [],
    blocks: [],
    fields: [],
    family: { children: [] },
    links: [],
    watching: false,
    watchers: [],
    history: [
      {
        seq: 1,
        at: '2026-11-02T08:00:00.000Z',
        actorName: 'Bo',
        type: 'card.moved',
        text: 'moved it from Ready to Build',
      },
    ],
    seq: server.seq,
  };
}

beforeEach(async () => {
  localStorage.clear();
  description = 'What to **do**';
  server = new ModelServer();
  ana = new Tab(server, 'ana', new MemoryStorage());
  bo = new Tab(server, 'bo', new MemoryStorage());
  vi.spyOn(api, 'get').mockImplementation(async (path: string) => {
    const ref = decodeURIComponent(path.split('/')[2] ?? '');
    const id = [...server.cards.values()].find((c) => c.key === ref || c.id === ref)?.id;
    return detailOf(id!) as never;
  });
  await waitFor(() => expect(ana.store.status()).toBe('ready'));
  await waitFor(() => expect(bo.store.status()).toBe('ready'));
});
afterEach(() => {
  cleanup();
  ana.close();
  bo.close();
  vi.restoreAllMocks();
});

function open(more: Partial<PeekProps> = {}) {
  const props: PeekProps = {
    store: ana.store,
    cardKey: 'PAY-c0',
    rights: { work: true, comment: true },
    me: { id: 'ana', name: 'Ana' },
    onClose: vi.fn(),
    onOpen: vi.fn(),
    ...more,
  };
  return { props, user: userEvent.setup(), ...render(<Peek {...props} />) };
}

it('shows the card in a region with its heading in focus', async () => {
  open();
  expect(await screen.findByRole('complementary', { name: /PAY-c0/ })).toBeTruthy();
  expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Card c0' }));
  expect(await screen.findByText('mine')).toBeTruthy();
  expect(screen.getByText('1 of 2 done')).toBeTruthy();
});

it('offers only what the person may do', async () => {
  open({ rights: { work: false, comment: false } });
  await screen.findByText('mine');
  for (const name of ['Rename', 'Archive', 'Edit the description', 'Block …', 'Comment'])
    expect(screen.queryByRole('button', { name })).toBeNull();
  expect(screen.queryByRole('combobox')).toBeNull();
});

it('a change by somebody else arrives without touching what is being written', async () => {
  const { user } = open();
  await user.click(await screen.findByRole('button', { name: 'Edit the description' }));
  const field = screen.getByRole('textbox', { name: 'Description' });
  await user.type(field, ' today');
  await bo.store.patch('c0', { title: 'By Bo' });
  expect(await screen.findByRole('heading', { name: 'By Bo' })).toBeTruthy();
  expect(document.activeElement).toBe(field);
  expect((field as HTMLTextAreaElement).value).toBe('What to **do** today');
  expect(readDraft('c0.description')?.text).toBe('What to **do** today');
});

it('offers a draft again after a reload', async () => {
  writeDraft('c0.description', { text: 'half a thou', base: description, version: 1 });
  const { user } = open();
  await user.click(await screen.findByRole('button', { name: 'Continue' }));
  expect((screen.getByRole('textbox', { name: 'Description' }) as HTMLTextAreaElement).value).toBe(
    'half a thou',
  );
});

it('says so when the description changes under the pen, and keeps mine on request', async () => {
  const { user } = open();
  await user.click(await screen.findByRole('button', { name: 'Edit the description' }));
  description = 'Changed by Bo';
  await bo.store.comment('c0', 'look');
  expect(await screen.findByText(/Somebody changed this while you were writing/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Keep mine' }));
  expect(screen.queryByText(/Somebody changed this/)).toBeNull();
  expect((screen.getByRole('textbox', { name: 'Description' }) as HTMLTextAreaElement).value).toBe(
    'What to **do**',
  );
});

it('shows yours and theirs when both changed the title, and the second decides', async () => {
  const { user } = open();
  await user.click(await screen.findByRole('button', { name: 'Rename' }));
  const field = screen.getByRole('textbox', { name: 'Title' });
  await user.clear(field);
  await user.type(field, 'By Ana');
  await bo.store.patch('c0', { title: 'By Bo' });
  await user.keyboard('{Enter}');
  const panel = await screen.findByRole('alert', { name: /Title: (Somebody|\S+) changed it/ });
  expect(within(panel).getByText('By Ana')).toBeTruthy();
  expect(within(panel).getByText('By Bo')).toBeTruthy();
  await user.click(within(panel).getByRole('button', { name: 'Keep mine' }));
  expect(await screen.findByRole('heading', { name: 'By Ana' })).toBeTruthy();
  await waitFor(() => expect(server.cards.get('c0')?.title).toBe('By Ana'));
});

it('steps through the column and closes with Esc', async () => {
  const { props, user } = open();
  await screen.findByText('mine');
  await user.click(screen.getByRole('button', { name: 'Next card in the column' }));
  expect(props.onOpen).toHaveBeenCalledWith('PAY-c3');
  expect(
    screen.getByRole('button', { name: 'Previous card in the column' }).getAttribute('aria-disabled'),
  ).toBe('true');
  await user.click(screen.getByRole('button', { name: 'Close card' }));
  expect(props.onClose).toHaveBeenCalled();
});

it('asks twice before a comment is deleted, and only for own ones', async () => {
  const { user } = open();
  const mine = (await screen.findByText('mine')).closest('li')!;
  expect(within(screen.getByText('his').closest('li')!).queryByRole('button', { name: 'Delete' })).toBeNull();
  await user.click(within(mine).getByRole('button', { name: 'Delete' }));
  expect(within(mine).getByText('Delete this comment?')).toBeTruthy();
});

it('a blocker needs a reason', async () => {
  const { user } = open();
  await user.click(await screen.findByRole('button', { name: 'Block …' }));
  await user.click(screen.getByRole('button', { name: 'Block this card' }));
  expect(screen.getByText('Say why in a few words.')).toBeTruthy();
});

it('moves by the form, and asks why it goes back', async () => {
  const { user } = open({ cardKey: 'PAY-c1' });
  await screen.findByText('mine');
  await user.click(screen.getByRole('button', { name: /^Change Where:/ }));
  await user.selectOptions(screen.getByRole('combobox', { name: 'Column' }), 'ready');
  const go = screen.getByRole('button', { name: 'Move it there' }) as HTMLButtonElement;
  expect(go.disabled).toBe(true);
  await user.selectOptions(screen.getByRole('combobox', { name: 'Why does it go back?' }), 'defect');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Place in the column' }), 'top');
  await user.click(go);
  await waitFor(() => expect(server.order('ready')[0]).toBe('c1'));
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Move it there' })).toBeNull());
});

it('lists what could not be applied and lets it be sent again or dropped', async () => {
  ana.online = false;
  void ana.store.move('c0', { columnId: 'build' }).catch(() => {});
  await waitFor(() => expect(ana.outbox.cut).toBe(true));
  await bo.store.move('c0', { columnId: 'done' });
  ana.connect();
  render(<NotApplied store={ana.store} />);
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Show' }));
  expect(screen.getByText(/PAY-c0 Card c0/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Send again' }));
  await waitFor(() => expect(server.cards.get('c0')?.columnId).toBe('build'));
  expect(screen.queryByText(/could not be applied/)).toBeNull();
});

it('lays unsent comments and to-dos over what the server knows', () => {
  const detail = detailOf('c0');
  const at = '2026-11-05T08:00:00.000Z';
  const waiting = [
    { key: 'x', kind: 'comment' as const, at, body: { text: 'soon' } },
    { key: 'y', kind: 'removeComment' as const, at, body: {}, targetId: 'k1' },
    { key: 'z', kind: 'patchTodo' as const, at, body: { done: true }, targetId: 't2' },
    { key: 'w', kind: 'addTodo' as const, at, body: { text: 'ship it' } },
  ];
  const me = { id: 'ana', name: 'Ana' };
  expect(commentsOf(detail, waiting, me).map((c) => [c.text, c.waiting])).toEqual([
    ['his', undefined],
    ['soon', true],
  ]);
  expect(todosOf(detail, waiting).map((x) => [x.text, x.done])).toEqual([
    ['write it', true],
    ['test it', true],
    ['ship it', false],
  ]);
});
