import { t } from '../messages';
import type { Review } from '../types';

/** As the server asks them. */
export const QUESTIONS = [
  'wip',
  'age',
  'throughput',
  'cycle',
  'limits',
  'blockers',
  'returns',
  'decisions',
] as const;
export type Question = (typeof QUESTIONS)[number];

/** The number behind a question, for the list of them. */
export function inShort(r: Review, q: Question): string {
  const { facts } = r;
  switch (q) {
    case 'wip':
      return String(r.wip);
    case 'age':
      return t('rv.short.aging', { n: r.aging.length });
    case 'throughput':
      return t('rv.short.finished', { n: r.weeks.at(-2)?.finished ?? 0 });
    case 'cycle':
      return r.cycle.p85 ? t('rv.short.days', { n: r.cycle.p85 }) : t('rv.short.few');
    case 'limits':
      return t('rv.short.days', { n: facts.overLimit.reduce((sum, o) => sum + o.days, 0) });
    case 'blockers':
      return facts.blocked.every((b) => b.days)
        ? t('rv.short.days', { n: facts.blocked.reduce((sum, b) => sum + (b.days ?? 0), 0) })
        : t('rv.short.hours', { n: facts.blocked.reduce((sum, b) => sum + b.hours, 0) });
    case 'returns':
      return String(facts.returns.n + facts.expedite.n);
    case 'decisions':
      return t('rv.short.of', { n: r.decisions.length });
  }
}
