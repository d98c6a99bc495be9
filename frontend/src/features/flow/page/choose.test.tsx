import { MantineProvider } from '@mantine/core';
import { fireEvent, render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ChooseBoards } from './ChooseBoards';

const boards = (n: number) =>
  Array.from({ length: n }, (_, i) => ({
    id: `brd_${i}`,
    name: `Board ${i}`,
    teamId: 'tem',
    teamName: 'Team',
  }));

it('says all that one sees only where all of them are counted together', async () => {
  const says = async (n: number) => {
    const { unmount } = render(
      <MantineProvider env="test">
        <ChooseBoards all={boards(n)} search={{}} onChoose={() => {}} />
      </MantineProvider>,
    );
    fireEvent.click(screen.getByRole('button', { name: /^Boards:/ }));
    const said = (await screen.findByRole('button', { name: /that you see$/, hidden: true })).textContent;
    unmount();
    return said;
  };
  expect(await says(50)).toBe('All 50 that you see');
  expect(await says(51)).toBe('The first 50 that you see');
});
