import { expect, it } from 'vitest';
import { seatWords } from './seats';
import type { Desk } from './types';

const words = (disciplines: string[], ...patterns: string[]) =>
  seatWords({
    seats: { disciplines, teams: patterns.length } as Desk['seats'],
    teams: patterns.map((pattern, i) => ({ id: String(i), pattern })) as Desk['teams'],
  });

it('calls nobody a liaison who is invited or embedded', () => {
  expect(words(['security'], 'invited', 'invited')).toBe('Security: invited by *2* teams');
  expect(words(['operations'], 'liaison', 'liaison', 'liaison')).toBe('Ops liaison of *3* teams');
  expect(words(['operations'], 'liaison', 'embedded', 'invited', 'liaison')).toBe(
    'Ops: embedded in *1* team, liaison of *2* teams, invited by *1* team',
  );
  expect(words(['operations', 'security'], 'liaison', 'invited')).toBe('You stand to *2* teams');
});

it('does not count the seats of others for whom somebody stands in', () => {
  const desk = {
    seats: { disciplines: ['operations'], teams: 1 },
    teams: [
      { id: 'a', pattern: 'invited' },
      { id: 'b', pattern: 'liaison', for: { id: 'bo' } },
    ],
  } as unknown as Desk;
  expect(seatWords(desk)).toBe('Ops: invited by *1* team');
});
