import type { Board, Face } from '../../../api/types';

/** A card for tests; give what matters. */
export function face(id: string, more: Partial<Face> = {}): Face {
  return {
    id,
    key: `PAY-${id}`,
    title: `Card ${id}`,
    columnId: 'build',
    laneId: null,
    pos: `a${id}`,
    type: 'feature',
    discipline: 'development',
    involves: [],
    class: 'standard',
    ownerIds: [],
    labels: [],
    version: 1,
    enteredAt: '2026-11-10T08:00:00.000Z',
    startedAt: null,
    finishedAt: null,
    blockers: [],
    signals: [],
    ...more,
  };
}

export const rules: Pick<Board, 'sle' | 'timeZone'> = {
  timeZone: 'Europe/Berlin',
  sle: [
    { days: 9, percent: 85, n: 142, guess: false },
    { class: 'expedite', days: 2, percent: 85, n: 4, guess: true },
  ],
};
export const NOW = Date.parse('2026-11-19T12:00:00Z');
