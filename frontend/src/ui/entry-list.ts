import type { Listed, ListPolicy } from '../api/types';
import { ApiError } from '../lib/api';
import { tu } from './messages';

/** A card that a column does not let in for its liaison checklist, as the refusal tells. */
export interface ListAsk {
  /** What the column asks for and how the card's stands, as a sentence. */
  sentence: string;
  is: Listed;
  asks: ListPolicy;
  /** Whose checklist can be started; absent for a card that is not made yet. */
  cardId?: string;
  /** Several cards are on their way, of which this is the first that is kept out. */
  many?: boolean;
}

type Asking = 'reason_required' | 'checklist_required' | 'checklist_open';

/** The refusal wants to know something before the card may go there. */
export const asksFirst = (error: unknown): error is ApiError & { code: Asking } =>
  error instanceof ApiError &&
  ['reason_required', 'checklist_required', 'checklist_open'].includes(error.code);

/** The checklist for which a card was refused, undefined when it was for something else. */
export function listAskOf({ code, detail, extra }: ApiError, cardId?: string): ListAsk | undefined {
  if (!code.startsWith('checklist_') || !extra.checklist || !extra.asks) return undefined;
  return {
    sentence: detail,
    is: extra.checklist,
    asks: extra.asks,
    cardId: typeof extra.cardId === 'string' ? extra.cardId : cardId,
    many: typeof extra.cardId === 'string',
  };
}

/** The limit that a refusal asks a reason for: its sentence, unless that says something else. */
export function limitAsked({ code, detail, extra }: ApiError): string | undefined {
  if (!extra.needs?.includes('limit')) return undefined;
  if (code === 'reason_required' || !extra.limit) return detail;
  return tu('ui.list.limit', { name: extra.limit.name, max: extra.limit.max, count: extra.limit.count });
}

/** "Liaison checklist “Launch” at level standard, all questions up to production". */
export const listWords = (p: ListPolicy): string =>
  tu(p.template ? 'ui.list.of' : 'ui.list.any', {
    template: p.template ?? '',
    level: tu(`ui.list.level.${p.level}`),
    phase: tu(`ui.list.phase.${p.phase}`),
  });
