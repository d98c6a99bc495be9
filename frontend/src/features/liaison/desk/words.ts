import { t } from './messages';

/** "today", "in 7 d", "2 d over". */
export function dayWords(days: number): string {
  if (days === 0) return t('desk.today');
  if (days === 1) return t('desk.tomorrow');
  return days > 0 ? t('desk.inDays', { n: days }) : t('desk.over', { n: -days });
}

/** Red from the day before on, amber in the last week. */
export const toneOf = (days: number): 'bad' | 'warn' | undefined =>
  days <= 1 ? 'bad' : days <= 7 ? 'warn' : undefined;
