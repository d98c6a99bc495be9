import { dayName } from '../../lib/weekdays';
import { disciplineName } from '../../ui/messages';
import { t } from './messages';
import type { Agreement, Came } from './types';

export const discShort = (d: Came): string => (d === 'operations' ? t('ca.ops') : t('ca.sec'));

/** "Standup on Mon, Wed, every other week: Bo Lind". */
export const agreementWords = (a: Agreement): string =>
  t('at.line', {
    what: a.seriesName ?? t(`ca.kinds.${a.kind}`),
    days: a.weekdays.length ? t('at.days', { days: a.weekdays.map(dayName).join(', ') }) : '',
    weeks: a.every > 1 ? t('at.weeks', { n: a.every }) : '',
    who: a.name ?? t('co.any', { discipline: disciplineName(a.discipline).toLowerCase() }),
  });
