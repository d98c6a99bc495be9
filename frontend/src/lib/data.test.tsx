import { render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import type { Me } from '../api/types';
import { useData } from './data';
import { refreshMe, signOut } from './session';

const me = (id: string) => ({ person: { id, name: id }, teams: [] }) as unknown as Me;
let answer: () => Response | Promise<Response> = () => new Response('{}');
const says = (body: unknown) => () => new Response(JSON.stringify(body));

function Shown() {
  const { data } = useData<{ says: string }>('/today');
  return <p>{data?.says ?? 'nothing'}</p>;
}

afterEach(() => vi.unstubAllGlobals());

it('what one person read is gone when another one signs in at the same page', async () => {
  vi.stubGlobal('fetch', async (path: string) =>
    path.endsWith('/session') ? new Response(null, { status: 204 }) : answer(),
  );
  refreshMe(me('ana'));
  answer = says({ says: 'for Ana' });
  const first = render(<Shown />);
  await screen.findByText('for Ana');
  first.unmount();
  await signOut();
  refreshMe(me('bo'));
  answer = () => new Promise(() => {});
  const second = render(<Shown />);
  expect(screen.getByText('nothing')).toBeTruthy();
  second.unmount();
});

it('and is kept for the same person', async () => {
  vi.stubGlobal('fetch', async () => answer());
  refreshMe(me('bo'));
  answer = says({ says: 'for Bo' });
  const first = render(<Shown />);
  await waitFor(() => screen.getByText('for Bo'));
  first.unmount();
  refreshMe(me('bo'));
  render(<Shown />);
  expect(screen.getByText('for Bo')).toBeTruthy();
});
