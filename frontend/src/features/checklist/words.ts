import { locale } from '../../lib/i18n';
import { browserZone, dateWords, daysUntil } from '../../lib/time';
import { tu } from '../../ui/messages';
import { t } from './messages';
import { allItems, inherits, isOnlyInherited, isOptional, shapeOf } from './state';
import type { Checklist, Counts, EvidenceType, Item, Signed, Why } from './types';

const WHY: readonly (readonly [Why, keyof Counts])[] = [
  ['to_answer', 'toAnswer'],
  ['stale', 'stale'],
  ['to_understand', 'toUnderstand'],
  ['pushed_back', 'pushedBack'],
  ['to_confirm', 'toConfirm'],
  ['gap_over', 'gapOver'],
];

/** "3 to answer, 3 to understand, 1 pushed back". */
export const countWords = (counts: Counts): string =>
  WHY.filter(([, count]) => counts[count] > 0)
    .map(([why, count]) => t(`ck.count.${why}`, { n: counts[count] }))
    .join(', ');

/** "Goro Abe", "Goro Abe and 1 more": who said of these items that they do not apply, or accepted their gaps. */
export function whoExcused(c: Pick<Checklist, 'topics'>, keys: readonly string[]): string {
  const names = new Set<string>();
  for (const item of allItems(c).filter((i) => keys.includes(i.key)))
    for (const of of inherits(item) ? item.services : [item]) {
      const by = of.state === 'na' ? of.na : of.state === 'gap' ? of.gap : undefined;
      if (by) names.add(by.person.name);
    }
  const [first = t('ck.somebody'), ...more] = names;
  return more.length ? tu('ui.andMore', { name: first, n: more.length }) : first;
}

/** "mail", "mail (archived)". */
export const nameOf = (s: { name: string; archived?: boolean }): string =>
  s.archived ? t('ck.svc.nameArchived', { name: s.name }) : s.name;
export const serviceNames = (c: Pick<Checklist, 'services'>): string => c.services.map(nameOf).join(', ');

/** "18 Nov", "18 Nov, for Bo Lind". */
export const understoodWords = (by: Signed): string =>
  by.for ? t('ck.standingIn', { date: shortDay(by.at), name: by.for.name }) : shortDay(by.at);

/** "a link or a number". */
export const kindWords = (kinds: readonly EvidenceType[]): string =>
  kinds.map((k) => t(`ck.kind.${k}`)).join(` ${t('ck.or')} `);

/** An item's state in two or three words, as they stand beside its shape. */
export function stateWord(item: Item): string {
  if (item.skipped) return t('ck.state.skipped');
  if (isOptional(item) || isOnlyInherited(item)) return t('ck.state.optional');
  if (item.why) return t(`ck.why.${item.why}`);
  if (item.state === 'gap' && item.gap) return t('ck.state.gapUntil', { date: shortDay(item.gap.until) });
  return shapeOf(item) === 'half' ? t('ck.why.to_understand') : t(`ck.state.${item.state}`);
}

const short = new Intl.DateTimeFormat(locale === 'en' || locale === 'en-US' ? 'en-GB' : locale, {
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});
const long = new Intl.DateTimeFormat(locale === 'en' || locale === 'en-US' ? 'en-GB' : locale, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
/** "12 Nov", with the year when it is not this one; of a day or of an instant. */
export function shortDay(at: string): string {
  const day = Date.parse(at.slice(0, 10));
  return (at.slice(0, 4) === String(new Date().getFullYear()) ? short : long).format(day);
}

/** "Thu 26 Nov, in 7 d"; "today"; "3 d ago". */
export function launchWords(day: string, now: number, zone: string): string {
  const n = daysUntil(day, now, zone);
  const when = n === 0 ? t('ck.today') : n > 0 ? t('ck.in', { n }) : t('ck.ago', { n: -n });
  return `${dateWords(day)}, ${when}`;
}

/** A day has gone by where this reader is. */
export const isOver = (day: string): boolean => daysUntil(day, Date.now(), browserZone()) < 0;

/** Whole days since an instant. */
export const daysSince = (at: string): number =>
  Math.max(0, Math.floor((Date.now() - Date.parse(at)) / 86_400_000));
/** "2 d ago", "today". */
export const agoWords = (at: string): string => {
  const n = daysSince(at);
  return n === 0 ? t('ck.today') : t('ck.ago', { n });
};
