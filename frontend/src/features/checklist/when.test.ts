import { expect, it } from 'vitest';
import cases from '../../../../server/checklist/testdata/none.json';
import { spares } from './when';

it('reads an answer as the server does', () => {
  expect(cases.length).toBeGreaterThan(40);
  for (const { not, said, asked } of cases) {
    if (!said) continue; // not answered yet
    expect([said, not, spares({ not }, said)]).toEqual([said, not, !asked]);
  }
});
