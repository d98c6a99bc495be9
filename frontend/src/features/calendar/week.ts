// Days and weeks of the reader's own clock: a week begins on Monday.

/** "2026-11-23", the name of a day. */
export const dayKey = (d: Date): string =>
  `${d.getFullYear()}-${String(d.getMonth() + 1).padStart(2, '0')}-${String(d.getDate()).padStart(2, '0')}`;

/** Midnight of a named day; undefined when there is none of that name. */
export function dayFrom(key: string | undefined): Date | undefined {
  const m = /^(\d{4})-(\d\d)-(\d\d)$/.exec(key ?? '');
  if (!m) return undefined;
  const d = new Date(Number(m[1]), Number(m[2]) - 1, Number(m[3]));
  return dayKey(d) === key ? d : undefined;
}

/** So many days later, at midnight, whatever the clocks do in between. */
export const plusDays = (d: Date, n: number): Date =>
  new Date(d.getFullYear(), d.getMonth(), d.getDate() + n);

export const mondayOf = (d: Date): Date => plusDays(d, -((d.getDay() + 6) % 7));

/** The Mondays of the weeks of a month: a week belongs to the month of its Thursday. */
export function weeksOfMonth(year: number, month: number): Date[] {
  const out: Date[] = [];
  for (let m = mondayOf(new Date(year, month, 4)); ; m = plusDays(m, 7)) {
    const thursday = plusDays(m, 3);
    if (thursday.getMonth() !== ((month % 12) + 12) % 12) return out;
    out.push(m);
  }
}

/** What takes whole days, on each of those from `from` on, `n` of them, by the day's name. */
export function byWholeDay<T extends { from: string; to: string }>(
  items: readonly T[],
  from: Date,
  n: number,
): Map<string, T[]> {
  const out = new Map<string, T[]>();
  for (let i = 0; i < n; i++) {
    const key = dayKey(plusDays(from, i));
    const here = items.filter((x) => x.from <= key && key <= x.to);
    if (here.length > 0) out.set(key, here);
  }
  return out;
}

/** Something over several days of those that are shown, by their places. */
export interface Band<T> {
  item: T;
  start: number;
  end: number;
  /** It began before them, it goes on after them. */
  before: boolean;
  after: boolean;
}

/** What lies over days: where each begins and ends among those shown, those that meet in rows one below the other. */
export function bands<T extends { from: string; to: string }>(
  items: readonly T[],
  days: readonly string[],
): Band<T>[][] {
  const rows: Band<T>[][] = [];
  for (const item of [...items].sort((a, b) => a.from.localeCompare(b.from) || b.to.localeCompare(a.to))) {
    const start = days.findIndex((d) => d >= item.from);
    const end = days.findLastIndex((d) => d <= item.to);
    if (start < 0 || end < start) continue;
    const band = {
      item,
      start,
      end,
      before: item.from < (days[0] ?? ''),
      after: item.to > (days.at(-1) ?? ''),
    };
    const row = rows.find((r) => (r.at(-1)?.end ?? -1) < start);
    if (row) row.push(band);
    else rows.push([band]);
  }
  return rows;
}

/** What is on each day, by its name. */
export function byDay<T extends { startsAt: string }>(items: readonly T[]): Map<string, T[]> {
  const out = new Map<string, T[]>();
  for (const x of items) {
    const key = dayKey(new Date(x.startsAt));
    out.set(key, [...(out.get(key) ?? []), x]);
  }
  return out;
}
