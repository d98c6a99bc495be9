import { expect, it } from 'vitest';
import { changeWords } from './history';

it('says each field before and after', () => {
  expect(
    changeWords({
      type: 'pattern.changed',
      changes: [
        { field: 'pattern', from: 'liaison', to: 'embedded' },
        { field: 'share', from: '0.4', to: '0.5' },
        { field: 'deputy', from: 'Chidi Okoye', to: 'Eli Katz' },
        { field: 'responseDays', from: '3', to: '1' },
        { field: 'exitCriteria', to: 'Two can operate it' },
        { field: 'purpose', from: 'The sale' },
      ],
    }),
  ).toEqual([
    'share 40 % to 50 %',
    'deputy Chidi Okoye to Eli Katz',
    'answers within 3 days to 1 day',
    'exit criteria nothing to “Two can operate it”',
    'purpose “The sale” to nothing',
  ]);
});

it('says what a new one begins with, and what an ended one takes with it', () => {
  expect(
    changeWords({
      type: 'pattern.set',
      changes: [
        { field: 'share', to: '0.03' },
        { field: 'rituals', to: 'retro every 2; standup 1,4' },
      ],
    }),
  ).toEqual(['share 3 %', 'comes to retros every 2 weeks, standups on Mon, Thu']);
  expect(changeWords({ type: 'pattern.ended', changes: [{ field: 'rituals', from: 'demo' }] })).toEqual([
    'no more: comes to demos',
  ]);
  expect(changeWords({ type: 'pattern.changed', changes: [] })).toEqual([]);
});
