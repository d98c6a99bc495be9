import { defineMessages } from './i18n';

const t = defineMessages({ 'week.run': '{from} to {to}' });

/** 1 = Monday … 7 = Sunday. */
export const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const short = new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: 'UTC' });
/** "Mon"; the 5th of January 1970 was one. */
export const dayName = (d: number): string => short.format((d + 3) * 86_400_000);

/** "Mon to Fri", "Tue, Thu". */
export function dayNames(days: readonly number[]): string {
  const sorted = [...days].sort();
  const run = sorted.every((d, i) => i === 0 || d === sorted[i - 1]! + 1);
  return run && sorted.length > 2
    ? t('week.run', { from: dayName(sorted[0]!), to: dayName(sorted.at(-1)!) })
    : sorted.map(dayName).join(', ');
}
