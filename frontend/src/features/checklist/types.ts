import type { Discipline } from '../../api/types';

// A checklist as GET /checklists/{checklist} answers it. Days are "2026-11-26", moments are instants.

export const LEVELS = ['light', 'standard', 'critical'] as const;
export type Level = (typeof LEVELS)[number];
export const PHASES = ['design', 'pre_prod', 'post_launch'] as const;
export type Phase = (typeof PHASES)[number];
export const EVIDENCE = ['text', 'link', 'diagram', 'number', 'date', 'person', 'file', 'auto'] as const;
export type EvidenceType = (typeof EVIDENCE)[number];

export interface Face {
  id: string;
  name: string;
  discipline: Discipline;
  hue: number;
}
export interface Signed {
  person: Face;
  at: string;
  /** The liaison for whom they stood in. */
  for?: Face;
}

export interface Proof {
  type: EvidenceType;
  value: string;
  unit?: string;
  label?: string;
  personId?: string;
  person?: Face;
  verifiedOn?: string;
  /** From the day after on, the item asks again. */
  expiresOn?: string;
}

export type State = 'unanswered' | 'answered' | 'understood' | 'questioned' | 'gap' | 'na';
/** Why an item blocks. */
export type Why = 'to_answer' | 'to_understand' | 'pushed_back' | 'to_confirm' | 'gap_over' | 'stale';

export interface Item {
  key: string;
  question: string;
  help: string;
  evidence: EvidenceType[];
  unit?: string;
  /** It has to be answered at this level; otherwise it may be. */
  must: boolean;
  phase: Phase;
  scope: 'feature' | 'service';
  /** What it depends on says that it does not apply. */
  skipped?: boolean;
  state: State;
  blocks: boolean;
  why?: Why;
  text: string;
  proof: Proof[];
  explainedBy?: Signed;
  understoodBy?: Signed;
  typedBy?: Face;
  /** Who has to say that this is what they explained. */
  confirm?: Face;
  /** It asks for one of these kinds of evidence, and its answer has none. */
  lacks?: EvidenceType[];
  /** Why it is understood without. */
  without?: Signed & { text: string };
  asked?: Signed & { text: string };
  gap?: { person: Face; until: string; why: string; card?: { id: string; key: string; title: string } };
  na?: Signed & { text: string };
  /** What each service answers, shown and not copied; it counts when all of them do. */
  services?: ServiceAnswer[];
  /** An own answer counts instead of the services'. */
  differs?: boolean;
  comments: number;
  /** By me, so not in events. */
  opened: boolean;
  rev: number;
  ttlDays?: number;
  /** The earliest of its evidence. */
  expiresOn?: string;
  /** So many names are wanted. */
  people?: number;
  retired?: boolean;
  /** Written here and not yet with the server. */
  unsent?: boolean;
}

export interface ServiceAnswer {
  service: { id: string; name: string; teamId: string };
  /** The service's own checklist; absent while it has none. */
  checklistId?: string;
  /** Its checklist does not ask this. */
  notAsked?: boolean;
  state: State;
  /** What it lacks to count here. */
  why?: Why;
  text: string;
  proof: Proof[];
  explainedBy?: Signed;
  understoodBy?: Signed;
  without?: Signed & { text: string };
  expiresOn?: string;
  gapUntil?: string;
  stillTrue?: Signed;
  /** It has changed since somebody here said that it is still true. */
  changed?: boolean;
}

export interface Counts {
  toAnswer: number;
  toUnderstand: number;
  pushedBack: number;
  toConfirm: number;
  gapOver: number;
  stale: number;
}

export interface Head {
  id: string;
  name: string;
  team: { id: string; key: string; name: string };
  kind: 'card' | 'service' | 'launch';
  card?: { id: string; key: string; title: string; boardId: string };
  service?: { id: string; name: string };
  level: Level;
  phase: Phase;
  launchOn?: string;
  blocking: number;
  counts: Counts;
  /** `done` of `of` questions that this level asks count. */
  topics: { key: string; name: string; blocking: number; done: number; of: number }[];
  template: { id: string; name: string; version: number; newest: number };
  frozenAt?: string;
  archivedAt?: string;
  /** When its card was let into a column without it, and why. */
  waived?: (Signed & { reason: string; column?: string; asked: string })[];
  version: number;
  seq: number;
}

export interface Topic {
  key: string;
  name: string;
  sub: string;
  blocking: number;
  items: Item[];
}
export interface May {
  answer: boolean;
  understand: boolean;
  settle: boolean;
  waive: boolean;
  /** For which this person understands: a liaison's is that of the assignment. */
  discipline?: Discipline;
  /** The liaison who is away and for whom they stand in. */
  standsFor?: string;
}
export interface Checklist extends Omit<Head, 'topics'> {
  services: { id: string; name: string; teamId: string }[];
  /** That hang at it, where it is about no card. */
  files?: { id: string; name: string }[];
  topics: Topic[];
  may: May;
}

/** What a command answers and an event tells: the items that changed, and the head with its counts. */
export interface Changed {
  items: Item[];
  head: Head;
}
