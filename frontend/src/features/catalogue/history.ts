import { t } from './messages';
import { CRITICALITY, KINDS, MODELS, type Turn } from './types';

type Change = Turn['changes'][number];

const oneOf = <T extends string>(all: readonly T[], v: string): T | undefined => all.find((x) => x === v);

/** What a field was told to be; words of before that nobody chooses any more stay as they were written. */
function value(field: string, told: string | undefined): string {
  if (!told) return t('sv.h.nothing');
  const kind = field === 'kind' && oneOf(KINDS, told);
  if (kind) return t(`sv.kind.${kind}`);
  const criticality = field === 'criticality' && oneOf(CRITICALITY, told);
  if (criticality) return t(`sv.criticality.${criticality}`);
  const model = field === 'operatingModel' && oneOf(MODELS, told);
  if (model) return t(`sv.model.${model}`);
  return t('sv.h.quoted', { words: told });
}

const FIELDS = {
  name: 'sv.name',
  kind: 'sv.kind',
  criticality: 'sv.criticality',
  operatingModel: 'sv.model',
  operatingModelWhy: 'sv.why',
  description: 'sv.description',
  links: 'sv.links',
} as const;

function words(did: Turn['did'], { field, from, to }: Change): string {
  if (field === 'archived') return t(to === 'true' ? 'sv.h.away' : 'sv.h.back');
  const known = field in FIELDS ? t(FIELDS[field as keyof typeof FIELDS]) : field;
  if (!from && !to) return t('sv.h.changed', { what: known });
  if (did === 'added') return t('sv.h.begins', { what: known, to: value(field, to) });
  return t('sv.h.fromTo', { what: known, from: value(field, from), to: value(field, to) });
}

/** What a change of a service changed, each field before and after; of one that was added what it began with. */
export const changeWords = ({ did, changes }: Pick<Turn, 'did' | 'changes'>): string[] =>
  changes.map((c) => words(did, c));
