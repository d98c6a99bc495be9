import { otherZone } from '../../lib/time';
import { dayNames } from '../../lib/weekdays';
import { t } from './messages';
import type { Schedule } from './types';

/** "Tue, Thu at 14:00, every 2 weeks"; the zone is named to whoever reads in another one. */
export function scheduleWords(s: Schedule): string {
  const zone = otherZone(s.timeZone);
  const at = zone ? t('ri.atIn', { at: s.at, zone }) : s.at;
  const days = dayNames(s.days);
  return s.everyWeeks && s.everyWeeks > 1
    ? t('ri.everyWeeks', { days, at, n: s.everyWeeks })
    : t('ri.every', { days, at });
}

/** "12:05" of milliseconds. */
export function minutes(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`;
}
