import { expect, it } from 'vitest';
import { freeWeek } from './OnCallDialogs';
import type { Shift } from './oncall-types';

const shift = (from: string, to: string, more: Partial<Shift> = {}): Shift => ({
  id: from,
  service: '',
  role: 'primary',
  name: 'Goro',
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
  source: 'hand',
  ...more,
});
const now = new Date('2026-11-19T12:00'); // a Thursday

it('proposes the first week that nobody has in this role', () => {
  const monday = { from: '2026-11-23T09:00', to: '2026-11-30T09:00' };
  expect(freeWeek([], 'primary', '', now)).toEqual(monday);
  const week = shift('2026-11-16T09:00', '2026-11-23T09:00');
  expect(freeWeek([week], 'primary', '', now)).toEqual(monday);
  // another role, another service
  expect(freeWeek([shift('2026-11-16T09:00', '2026-12-07T09:00')], 'secondary', '', now)).toEqual(monday);
  expect(freeWeek([shift('2026-11-16T09:00', '2026-12-07T09:00')], 'primary', 'Search', now)).toEqual(monday);
  // a hole between two is filled first, and no further than it goes
  expect(freeWeek([week, shift('2026-11-26T09:00', '2026-12-07T09:00')], 'primary', '', now)).toEqual({
    from: '2026-11-23T09:00',
    to: '2026-11-26T09:00',
  });
  expect(freeWeek([week, shift('2026-11-23T09:00', '2026-12-07T09:00')], 'primary', '', now).from).toBe(
    '2026-12-07T09:00',
  );
  expect(freeWeek([shift('2026-11-23T09:00', '2026-11-30T09:00')], 'primary', '', now).from).toBe(
    '2026-11-30T09:00',
  );
});
