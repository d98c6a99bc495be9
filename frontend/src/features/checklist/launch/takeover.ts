import type { Item } from '../types';
import { stagesOf } from './stages';
import type { Plan, Section } from './types';

const numberOf = (item: Item, fallback: number): number => {
  const n = Number(item.proof.find((p) => p.type === 'number')?.value);
  return Number.isFinite(n) && n > 0 ? n : fallback;
};

/** What a section of the plan may take over from the answer of a checklist, undefined where that says nothing it can use. */
export function overFrom(section: Section, item: Item): Partial<Plan> | undefined {
  const people = item.proof.flatMap((p) => (p.personId ? [p.personId] : []));
  const text = item.text.trim();
  switch (section) {
    case 'watchers':
      return people.length > 0
        ? { watchers: people.map((personId) => ({ personId, where: '', hours: 24 })) }
        : undefined;
    case 'stopRules':
      return text || people.length > 0
        ? { stopRules: [{ signal: text, threshold: '', personIds: people, withinMinutes: 5 }] }
        : undefined;
    case 'rollback': {
      const link = item.proof.find((p) => p.type === 'link')?.value;
      const tried = item.proof.find((p) => p.type === 'date')?.value;
      return text || link
        ? {
            rollback: { steps: text, minutes: numberOf(item, 0), link: link ?? '', lastTriedOn: tried ?? '' },
          }
        : undefined;
    }
    case 'stages': {
      const stages = stagesOf(item);
      return stages.length > 0 ? { stages } : undefined;
    }
  }
}
