import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import type { Note, Stream } from '../types';
import { FlowContext, type FlowRoom } from './context';
import { Steps } from './Steps';

const asked: { method: string; path: string; body: unknown }[] = [];
vi.stubGlobal('fetch', async (path: string, { method = 'GET', body }: RequestInit = {}) => {
  asked.push({
    method,
    path: path.replace('/api/v1', ''),
    body: body ? JSON.parse(String(body)) : undefined,
  });
  return new Response('{}');
});

const note: Note = {
  id: 'fno_1',
  step: 'identify',
  text: 'Reviews wait for operations',
  day: '2026-11-09',
  by: { id: 'per_1', name: 'Ana Ruiz', hue: 1 },
  at: '2026-11-09T08:00:00Z',
  version: 3,
  mayChange: true,
};
const stream = (more: Partial<Stream>) =>
  ({
    constraint: 'Build',
    steps: [{ id: 'col_1', name: 'Build' }],
    why: { timeZone: 'UTC' },
    ...more,
  }) as Stream;
const shown = (v: Stream) =>
  render(
    <FlowContext value={{ boardId: 'brd_1' } as unknown as FlowRoom}>
      <Steps v={v} />
    </FlowContext>,
  );
const button = (name: string) => screen.getByRole('button', { name, hidden: true });

it('writes a note at a step, changes one, and says nothing where nobody may write and nothing is written', async () => {
  const { unmount } = shown(stream({ notes: [], mayNote: false }));
  expect(screen.queryByText(/What is done/)).toBeNull();
  unmount();

  shown(stream({ notes: [note], mayNote: true }));
  fireEvent.click(button('Note Exploit'));
  fireEvent.click(button('Save'));
  expect(screen.getByRole('alert', { hidden: true }).textContent).toBe('Write something first.');
  fireEvent.change(screen.getByRole('textbox', { hidden: true }), {
    target: { value: ' No meetings before 11 ' },
  });
  fireEvent.click(button('Save'));
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(asked[0]).toMatchObject({
    method: 'POST',
    path: '/boards/brd_1/flow/notes',
    body: { step: 'exploit', text: 'No meetings before 11', columnId: 'col_1' },
  });
  await waitFor(() => expect(screen.queryByRole('dialog', { hidden: true })).toBeNull());

  fireEvent.click(button('Edit Reviews wait for operations'));
  fireEvent.change(screen.getByRole('combobox', { hidden: true }), { target: { value: 'elevate' } });
  fireEvent.click(button('Save'));
  await waitFor(() => expect(asked).toHaveLength(2));
  expect(asked[1]).toMatchObject({
    method: 'PATCH',
    path: '/flow/notes/fno_1',
    body: { step: 'elevate', text: note.text, day: note.day, version: 3 },
  });
});
