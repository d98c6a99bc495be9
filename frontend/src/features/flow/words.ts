import { locale, num } from '../../lib/i18n';
import { t } from './messages';

const HOUR = 3_600_000;
const tenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });

/** One decimal where there is one. */
export const tenth = (n: number): string => tenths.format(n);

/** "5 h", "3.5 d": of elapsed time, a day of 24 hours. */
export function duration(ms: number): string {
  const hours = ms / HOUR;
  if (hours < 1) return t('fl.hours', { n: hours > 0 ? '<1' : num(0) });
  return hours < 24
    ? t('fl.hours', { n: num(Math.round(hours)) })
    : t('fl.age.days', { n: tenth(hours / 24) });
}

export const percent = (n: number): string => t('fl.percent', { n: tenth(n) });

const KNOWN = new Set(['expedite', 'fixed_date', 'standard', 'intangible']);
/** The name of a class, a type, or planned and unplanned. */
export const kindName = (key: string): string =>
  key === 'planned' || key === 'unplanned'
    ? t(`fl.mix.${key}`)
    : t((KNOWN.has(key) ? `fl.class.${key}` : `fl.type.${key}`) as never);
