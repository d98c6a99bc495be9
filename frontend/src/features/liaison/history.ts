import { dateWords } from '../../lib/time';
import { dayName } from '../../lib/weekdays';
import { t } from './messages';
import type { Shift, Turn } from './types';

const NUMBERED = /^\d[\d,]*$/;
type Ritual = 'standup' | 'retro' | 'replenishment' | 'demo' | 'flow_review';

/** "Standups on Mon, Thu" of "standup 1,4". */
function ritualWords(told: string): string {
  const [kind, ...more] = told.split(' ');
  const days = more.find((w, i) => NUMBERED.test(w) && more[i - 1] !== 'every');
  const every = more[more.indexOf('every') + 1];
  return [
    t(`pt.ritual.${kind as Ritual}`).toLowerCase(),
    days &&
      t('tp.on', {
        days: days
          .split(',')
          .map((d) => dayName(Number(d)))
          .join(', '),
      }),
    more.includes('every') && t('tp.every', { n: Number(every) }),
  ]
    .filter(Boolean)
    .join(' ');
}

function value({ field }: Shift, told: string | undefined): string {
  if (!told) return t(field === 'deputy' ? 'tp.nobody' : 'tp.nothing');
  switch (field) {
    case 'share':
      return t('cv.share', { n: Math.round(1000 * Number(told)) / 10 });
    case 'responseDays':
      return t('tp.days', { n: Number(told) });
    case 'since':
    case 'reviewOn':
      return dateWords(told);
    case 'rituals':
      return told.split('; ').map(ritualWords).join(', ');
    case 'exitCriteria':
    case 'purpose':
      return t('tp.quoted', { words: told });
  }
  return told;
}

/** What a change of a pattern changed, each as "share 40 % to 50 %"; of a new one what it began with. The pattern itself stands in the sentence. */
export function changeWords({ type, changes }: Pick<Turn, 'type' | 'changes'>): string[] {
  return changes.flatMap((c) => {
    if (c.field === 'pattern') return [];
    const what = t(`tp.f.${c.field}`);
    if (type === 'pattern.set') return [t('tp.begins', { what, to: value(c, c.to) })];
    if (type === 'pattern.ended') return [t('tp.over', { what, from: value(c, c.from) })];
    return [t('tp.fromTo', { what, from: value(c, c.from), to: value(c, c.to) })];
  });
}
