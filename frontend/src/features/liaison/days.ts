const short = new Intl.DateTimeFormat(undefined, { timeZone: 'UTC', day: 'numeric', month: 'short' });
const withYear = new Intl.DateTimeFormat(undefined, {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});

/** "26 Nov" for a narrow column; the year is said when the day is more than ten months away. */
export function shortDay(day: string, now: number = Date.now()): string {
  const at = Date.parse(day);
  return (Math.abs(at - now) < 300 * 86_400_000 ? short : withYear).format(at);
}
