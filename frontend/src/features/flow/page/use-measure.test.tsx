import { render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { FlowContext, type FlowRoom } from './context';
import { Part } from './Part';
import { useMeasure } from './use-measure';

let answers: Record<string, () => Promise<Response>> = {};
vi.stubGlobal('fetch', (path: string) => answers[path.replace('/api/v1', '')]!());
afterEach(() => {
  answers = {};
});

const says = (title: string) => async () => new Response(JSON.stringify({ title }));

function Title() {
  const query = useMeasure<{ title: string }>('wip');
  return (
    <Part query={query} height={10}>
      {(v) => <h2>{v.title}</h2>}
    </Part>
  );
}

const over = (days: string) => (
  <FlowContext value={{ path: (measure: string) => `/${days}/${measure}` } as unknown as FlowRoom}>
    <Title />
  </FlowContext>
);

it('keeps what stood there while other days are read, and says so when they cannot be read', async () => {
  answers['/june/wip'] = says('June');
  let fail = (_: Response) => {};
  answers['/july/wip'] = () => new Promise((done) => (fail = done));
  const { rerender } = render(over('june'));
  await screen.findByText('June');
  rerender(over('july'));
  expect(screen.getByText('June')).toBeTruthy();
  expect(screen.queryByRole('status')).toBeNull();
  fail(new Response(JSON.stringify({ code: 'invalid', detail: 'No such days.' }), { status: 422 }));
  await waitFor(() => expect(screen.getByRole('status').textContent).toContain('what stood here before'));
  expect(screen.getByRole('status').textContent).not.toContain('As of');
  expect(screen.getByText('June')).toBeTruthy();
});
