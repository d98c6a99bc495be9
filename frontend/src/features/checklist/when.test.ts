import { expect, it } from 'vitest';
import { spares } from './when';

const shared = import.meta.glob<{ not: string; said: string; asked: boolean }[]>(
  '../../../../server/checklist/testdata/none.json',
  { eager: true, import: 'default' },
);
const cases = Object.values(shared)[0] ?? [];

it('reads an answer as the server does', () => {
  expect(cases.length).toBeGreaterThan(40);
  for (const { not, said, asked } of cases) {
    if (!said) continue; // not answered yet
    expect([said, not, spares({ not }, said)]).toEqual([said, not, !asked]);
  }
});
