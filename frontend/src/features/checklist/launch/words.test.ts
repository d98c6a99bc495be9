import { expect, it } from 'vitest';
import type { LaunchHead } from './types';
import { lineWords } from './words';

const head = (line: LaunchHead['line']) =>
  ({ line, checklist: { launchOn: '2026-11-26' } }) as unknown as LaunchHead;

it('says the stages in words for whoever does not see the line', () => {
  const s = { id: 's', name: 'Ourselves', share: 0, until: '2026-11-27', reckoned: false, holdHours: 24 };
  expect(
    lineWords(
      head([
        { ...s, state: 'passed', on: '2026-11-24', at: '2026-11-24T09:00:00Z' },
        { ...s, name: 'Few', share: 1, state: 'running', on: '2026-11-25', at: '2026-11-25T09:00:00Z' },
        { ...s, name: 'Every tenth', share: 10, state: 'planned', on: '2026-11-27' },
        {
          ...s,
          name: 'Everybody',
          share: 100,
          state: 'planned',
          on: '2026-11-28',
          reckoned: true,
          holdHours: 0,
        },
      ]),
    ),
  ).toBe(
    'Ourselves, 0\u00a0%: began Tue 24 Nov, held until Fri 27 Nov; Few, 1\u00a0%: runs since Wed 25 Nov, held until Fri 27 Nov; ' +
      'Every tenth, 10\u00a0%: planned for Fri 27 Nov, held 24 h; Everybody, 100\u00a0%: about Sat 28 Nov, by the holds before it',
  );
  expect(lineWords(head([]))).toBe('Launches Thu 26 Nov; no stages yet');
});
