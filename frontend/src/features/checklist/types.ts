import type { components } from '../../api/schema';

// A checklist as GET /checklists/{checklist} answers it. Days are "2026-11-26", moments are instants.

type Schemas = components['schemas'];

export type Level = Schemas['ChecklistView']['level'];
export const LEVELS = ['light', 'standard', 'critical'] as const satisfies readonly Level[];
export type Phase = Schemas['ChecklistView']['phase'];
export const PHASES = ['design', 'pre_prod', 'post_launch'] as const satisfies readonly Phase[];
export type EvidenceType = Schemas['ChecklistProof']['type'];
export const EVIDENCE = [
  'text',
  'link',
  'diagram',
  'number',
  'date',
  'person',
  'file',
  'auto',
] as const satisfies readonly EvidenceType[];

export type Face = Schemas['AccountPerson'];
export type Signed = Schemas['ChecklistBy'];
export type Proof = Schemas['ChecklistProof'];
export type Service = Schemas['CatalogueServiceItem'];
export type ServiceRef = Schemas['ChecklistServiceRef'];
export type ServiceAnswer = Schemas['ChecklistServiceAnswer'];
/** Where a question comes from that somebody once proposed. */
export type Origin = Schemas['ChecklistOrigin'];
export type Counts = Schemas['ChecklistCounts'];
export type Head = Schemas['ChecklistListHead'];
export type May = Schemas['ChecklistMay'];
/** `closed`: nobody changes it any more, and it waits for nobody. */
export type MayHere = May & { closed?: boolean };
export type Attached = Schemas['CardAttachmentView'];

/** One question as the page has it. */
export type Item = Omit<Schemas['ChecklistItem'], 'evidence' | 'lacks'> & {
  evidence: EvidenceType[];
  lacks?: EvidenceType[];
  /** Written here and not yet with the server. */
  unsent?: boolean;
};
export type State = Item['state'];
/** Why an item blocks. */
export type Why = NonNullable<Item['why']>;

export type Topic = Omit<Schemas['ChecklistTopicView'], 'items'> & { items: Item[] };
export type Checklist = Omit<Schemas['ChecklistView'], 'topics'> & { topics: Topic[] };
/** What a command answers and an event tells: the items that changed, and the head with its counts. */
export type Changed = Omit<Schemas['ChecklistChanged'], 'items'> & { items: Item[] };
/** One line of an item's history. */
export type ItemLine = Omit<Schemas['ChecklistItemLine'], 'item'> & { item?: Item };
export type ItemComment = Schemas['ChecklistItemComment'];
