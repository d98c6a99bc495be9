import { locale } from './i18n';

// Ages are counted in calendar days of the board's zone: a card started this morning is one day old, today included.
// Formatters are slow to build and quick to use, hence the caches.

const parts = new Map<string, Intl.DateTimeFormat>();
const absolutes = new Map<string, Intl.DateTimeFormat>();

function zoned(tz: string): Intl.DateTimeFormat {
  let f = parts.get(tz);
  if (!f) {
    try {
      f = new Intl.DateTimeFormat('en-CA', {
        timeZone: tz,
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
      });
    } catch {
      f = zoned('UTC'); // a zone that this browser does not know
    }
    parts.set(tz, f);
  }
  return f;
}

const dayNumbers = new Map<string, number>();

/** Number of the calendar day (days since 1970-01-01) on which `at` falls in zone `tz`. */
export function dayOf(at: string | number | Date, tz: string): number {
  const ms = typeof at === 'number' ? at : at instanceof Date ? at.getTime() : Date.parse(at);
  // Zones differ by quarters of an hour at most, so all instants of one quarter share their day.
  const cell = `${tz}|${Math.floor(ms / 900_000)}`;
  let day = dayNumbers.get(cell);
  if (day === undefined) {
    day = dayOfDate(zoned(tz).format(ms));
    if (dayNumbers.size > 20_000) dayNumbers.clear();
    dayNumbers.set(cell, day);
  }
  return day;
}

/** Day number of a date without a time, "2026-11-30". */
export function dayOfDate(date: string): number {
  return (
    Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / 86_400_000
  );
}

/** A day number as a date: "2026-11-30". */
export const dateText = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** Calendar days from `a` to `b` in zone `tz`, both counted: the same day is 1. */
export function days(a: string | number | Date, b: string | number | Date, tz: string): number {
  return dayOf(b, tz) - dayOf(a, tz) + 1;
}

/** Days from today (in zone `tz`) until a date: 0 today, negative when it has passed. */
export function daysUntil(date: string, now: number | Date, tz: string): number {
  return dayOfDate(date) - dayOf(now, tz);
}

/** "Thu 26 Nov", with the year when it is not this one. */
export function dateWords(date: string, now: number | Date = Date.now()): string {
  const at = dayOfDate(date) * 86_400_000;
  const sameYear = new Date(at).getUTCFullYear() === new Date(now).getUTCFullYear();
  return formatter(`date${sameYear}`, {
    timeZone: 'UTC',
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: sameYear ? undefined : 'numeric',
  }).format(at);
}

/** "26 Nov" for a narrow column; the year is said when the day is more than ten months away. */
export function shortDay(date: string, now: number | Date = Date.now()): string {
  const at = dayOfDate(date) * 86_400_000;
  const near = Math.abs(at - +now) < 300 * 86_400_000;
  return formatter(`short${near}`, {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
    year: near ? undefined : 'numeric',
  }).format(at);
}

/** "Thu 19 Nov 2026, 09:41" in the reader's zone, or in `tz`. */
export function absolute(at: string | number | Date, tz?: string): string {
  return formatter(`abs|${tz ?? ''}`, {
    timeZone: tz,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(at));
}

/** "Thursday 19 November" in the reader's zone, or in `tz`. */
export function longDay(at: string | number | Date, tz?: string): string {
  return formatter(`long|${tz ?? ''}`, {
    timeZone: tz,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  }).format(new Date(at));
}

/** "Thursday" of a date without a time. */
export function weekday(date: string): string {
  return formatter('weekday', { timeZone: 'UTC', weekday: 'long' }).format(dayOfDate(date) * 86_400_000);
}

/** "Thu 19 Nov, 09:41" in the reader's zone, for what is near. */
export function moment(at: string | number | Date): string {
  return formatter('moment', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(at));
}

/** "19 Nov 2026" in zone `tz`. */
export function dateOf(at: string | number | Date, tz: string): string {
  return formatter(`day|${tz}`, { timeZone: tz, day: 'numeric', month: 'short', year: 'numeric' }).format(
    new Date(at),
  );
}

/** "09:02" in the reader's zone, or in `tz`. */
export function clock(at: string | number | Date, tz?: string): string {
  return formatter(`clock|${tz ?? ''}`, { timeZone: tz, hour: '2-digit', minute: '2-digit' }).format(
    new Date(at),
  );
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];
const relatives = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** "3 hours ago", "yesterday", "in 2 days"; "just now" within a minute. */
export function relative(at: string | number | Date, now: number = Date.now()): string {
  const seconds = (new Date(at).getTime() - now) / 1000;
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return relatives.format(Math.trunc(seconds / size), unit);
  }
  return 'just now';
}

function formatter(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  let f = absolutes.get(name);
  if (!f) {
    const language = locale === 'en' || locale === 'en-US' ? 'en-GB' : locale;
    try {
      f = new Intl.DateTimeFormat(language, options);
    } catch {
      f = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' }); // a zone that this browser does not know
    }
    absolutes.set(name, f);
  }
  return f;
}

/** All zones that this browser knows, to choose from. */
export function zones(): string[] {
  try {
    return Intl.supportedValuesOf('timeZone');
  } catch {
    return ['UTC'];
  }
}

/** The zone of this browser, for a new board. */
export const browserZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** The name of a zone, for whoever's browser is in another; undefined where a time need not say by whose clock it is. */
export function otherZone(tz: string): string | undefined {
  let known = tz;
  try {
    known = new Intl.DateTimeFormat('en', { timeZone: tz }).resolvedOptions().timeZone; // one name of several
  } catch {
    // a zone that this browser does not know has its own name
  }
  return known === browserZone() ? undefined : tz.replaceAll('_', ' ');
}
