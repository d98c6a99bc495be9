import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { TopicSquares } from './TopicSquares';

it('ticks what is clear, and not what nobody is asked', () => {
  render(
    <TopicSquares
      topics={[
        { key: 'a', name: 'Metrics', blocking: 2, of: 3 },
        { key: 'b', name: 'Capacity', blocking: 0, of: 3 },
        { key: 'security', name: 'Security', blocking: 0, of: 0 },
      ]}
    />,
  );
  const all = screen.getByRole('img', { name: 'Metrics: blocking 2, Capacity: clear, Security: not asked' });
  expect([...all.children].map((x) => x.textContent || x.firstElementChild?.tagName)).toEqual([
    '2',
    'svg',
    '–',
  ]);
});
