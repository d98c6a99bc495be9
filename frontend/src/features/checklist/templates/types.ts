import type { components } from '../../../api/schema';

type Schemas = components['schemas'];

export type Question = Schemas['ChecklistTemplateItem'];
export type Template = Schemas['ChecklistTemplateView'];
export type TemplateHead = Schemas['ChecklistTemplateHead'];
export type Published = Schemas['ChecklistPublished'];
export type Origin = Schemas['ChecklistOrigin'];
export type Taking = Schemas['ChecklistTaking'];
export type Proposal = Schemas['ChecklistProposal'];
export type TopicKey = Question['topic'];

export const LEVELS = ['light', 'standard', 'critical', 'optional'] as const;
export const SCOPES = ['feature', 'service'] as const;

/** What of a question can be told apart from another version of it. */
export const FIELDS = [
  'question',
  'help',
  'topic',
  'evidence',
  'unit',
  'people',
  'from',
  'phase',
  'scope',
  'ttlDays',
  'when',
  'retired',
] as const;
export type FieldName = (typeof FIELDS)[number];
