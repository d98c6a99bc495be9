import { browserZone, dayOf, dayOfDate } from '../../lib/time';
import { dayName } from '../../lib/weekdays';
import type { Row } from './types';

/** A day to come: its number since 1970-01-01, and what it holds. */
export interface Day {
  day: number;
  /** "Mon" */
  name: string;
  rows: Row[];
}

const SHOWN = 6;
/** 1 = Monday … 7 = Sunday; day 0 was a Thursday. */
const weekdayOf = (day: number) => ((day + 3) % 7) + 1;

/**
 * The next six days by the reader's calendar, from tomorrow on, each with what comes in the order of time. A Saturday or
 * a Sunday is one of them only when it holds something.
 */
export function comingDays(
  rows: readonly Row[],
  due: readonly Row[],
  now: number,
  zone = browserZone(),
): Day[] {
  const held = new Map<number, Row[]>();
  const put = (day: number, row: Row) => held.set(day, [...(held.get(day) ?? []), row]);
  for (const r of rows) if (r.at) put(dayOf(r.at, zone), r);
  for (const r of due) if (r.dueOn) put(dayOfDate(r.dueOn), r);
  const days: Day[] = [];
  for (let day = dayOf(now, zone) + 1; days.length < SHOWN; day++) {
    const weekday = weekdayOf(day);
    const here = held.get(day) ?? [];
    if (weekday <= 5 || here.length > 0) days.push({ day, name: dayName(weekday), rows: here });
  }
  return days;
}
