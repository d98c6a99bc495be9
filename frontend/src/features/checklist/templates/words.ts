import { t } from './messages';
import type { FieldName, Question } from './types';

/** "Standard and up · Design · answered once on the service · good for 90 d". */
export function aboutWords(q: Question): string {
  return [
    t(`ct.from.${q.from}`),
    t(`ct.phase.${q.phase}`),
    q.scope === 'service' && t('ct.scope.service'),
    evidenceWords(q),
    q.ttlDays && t('ct.goodFor', { n: q.ttlDays }),
    q.when && t('ct.onlyIf', { key: q.when.item, not: q.when.not }),
  ]
    .filter(Boolean)
    .join(' · ');
}

export function evidenceWords(q: Question): string {
  return q.evidence
    .map((e) => {
      if (e === 'number' && q.unit) return t('ct.numberIn', { unit: q.unit });
      if (e === 'person' && q.people) return t('ct.peopleOf', { n: q.people });
      return t(`ct.evidence.${e}` as 'ct.evidence.text');
    })
    .join(', ');
}

/** What stands in a field, as words. */
export function fieldWords(
  q: Question,
  field: FieldName,
  topics: readonly { key: string; name: string }[],
): string {
  switch (field) {
    case 'topic':
      return topics.find((x) => x.key === q.topic)?.name ?? q.topic;
    case 'evidence':
      return evidenceWords(q);
    case 'from':
      return t(`ct.from.${q.from}`);
    case 'phase':
      return t(`ct.phase.${q.phase}`);
    case 'scope':
      return t(q.scope === 'service' ? 'ct.scope.service' : 'ct.scope.feature');
    case 'when':
      return q.when ? t('ct.onlyIf', { key: q.when.item, not: q.when.not }) : t('ct.always');
    case 'ttlDays':
      return q.ttlDays ? t('ct.goodFor', { n: q.ttlDays }) : t('ct.goodForGood');
    case 'retired':
      return t(q.retired ? 'ct.change.retired' : 'ct.change.back');
    default:
      return q[field] ? String(q[field]) : t('ct.nothing');
  }
}
