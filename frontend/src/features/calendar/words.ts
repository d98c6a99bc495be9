import { disciplineName } from '../../ui/messages';
import { t } from './messages';
import type { Agreement, Came } from './types';

/** 1 = Monday … 7 = Sunday. */
export const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: 'UTC' });
/** "Mon"; the 5th of January 1970 was one. */
export const dayName = (d: number): string => weekday.format((d + 3) * 86_400_000);

export const discShort = (d: Came): string => (d === 'operations' ? t('ca.ops') : t('ca.sec'));

/** "Standup on Mon, Wed, every other week: Bo Lind". */
export const agreementWords = (a: Agreement): string =>
  t('at.line', {
    what: a.seriesName ?? t(`ca.kinds.${a.kind}`),
    days: a.weekdays.length ? t('at.days', { days: a.weekdays.map(dayName).join(', ') }) : '',
    weeks: a.every > 1 ? t('at.weeks', { n: a.every }) : '',
    who: a.name ?? t('co.any', { discipline: disciplineName(a.discipline).toLowerCase() }),
  });
