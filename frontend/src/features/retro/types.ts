import type { Discipline } from '../../api/types';

export const PHASES = [
  'review_actions',
  'checkin',
  'write',
  'reveal',
  'group',
  'vote',
  'discuss',
  'commit',
  'close',
  'published',
] as const;
export type Phase = (typeof PHASES)[number];

export interface Named {
  id: string;
  name: string;
}

/** Running with endsAt, paused with pausedLeft (seconds), off with neither. */
export interface Timer {
  seconds: number;
  endsAt?: string;
  pausedLeft?: number;
}

export interface Head {
  id: string;
  teamId: string;
  teamKey: string;
  teamName: string;
  boardId: string;
  boardName: string;
  title: string;
  templateKey: string;
  anonymity: 'named' | 'anonymous';
  phase: Phase;
  phases: { key: Phase; enabled: boolean; seconds: number; state: 'done' | 'now' | 'next' }[];
  next?: Phase | '';
  back?: Phase | '';
  timer: Timer;
  code?: string;
  voteBudget: number;
  maxPerGroup: number;
  version: number;
  createdAt: string;
  closedAt?: string;
  abandoned?: boolean;
}

export interface Me {
  joined: boolean;
  facilitator: boolean;
  done: boolean;
  votesLeft: number;
  canWrite: boolean;
  canWork: boolean;
  canFacilitate: boolean;
  canTakeOver: boolean;
  /** For facilitators until the reveal: how many have written nothing. */
  quiet?: number;
  notesRemaining: number;
}

export interface Participant {
  id: string;
  name: string;
  discipline: Discipline;
  hue: number;
  facilitator: boolean;
  done: boolean;
  here: boolean;
}

export interface Column {
  key: string;
  title: string;
  prompt: string;
  color: 'green' | 'red' | 'amber' | 'blue' | 'violet' | 'teal' | 'grey';
  icon: string;
}

export interface Note {
  id: string;
  column: string;
  lines: number;
  /** Absent while it is somebody else's and not revealed. */
  text?: string;
  mine: boolean;
  author?: Named | null;
  groupId?: string;
  /** Written here and not yet with the server. */
  unsent?: boolean;
}

export interface Group {
  id: string;
  column: string;
  title: string;
  noteIds: string[];
  /** From discuss on. */
  votes?: number;
  myVotes: number;
  state: 'open' | 'discussed' | 'parked';
  /** What was said about it. */
  notesText?: string;
}

export interface Action {
  id: string;
  title: string;
  ownerId?: string;
  ownerName?: string;
  dueOn?: string;
  signal: string;
  cardId: string;
  cardKey: string;
  state: 'open' | 'done' | 'dropped' | 'split';
}

export interface Carried extends Omit<Action, 'state'> {
  carried: number;
  state: 'open' | 'done' | 'kept' | 'reowned' | 'dropped' | 'split';
  why?: string;
}

interface Fact {
  n: number;
  keys?: string[] | null;
}
export interface Facts {
  since: string;
  overLimit?: { columnId: string; column: string; days: number; most: number; limit: number }[] | null;
  blocked?: { category: string; name: string; hours: number; n: number; keys?: string[] | null }[] | null;
  sleMisses: Fact;
  returns: Fact;
  overrides: Fact;
  expedite: Fact;
  incidents: Fact;
  risks: Fact;
}

interface Mean {
  n: number;
  mean: number;
}

/** A retro as one person sees it. */
export interface RetroView {
  retro: Head;
  me: Me;
  people: Participant[];
  columns: Column[];
  notes: Note[];
  groups: Group[];
  discussing?: {
    groupId: string;
    endsAt?: string;
    thumbs: { on: boolean; continue: number; moveOn: number; mine?: Thumb };
  };
  actions: Action[];
  carried: Carried[];
  checkin: {
    question: string;
    mine?: string;
    n: number;
    answers: { text: string; author?: Named | null }[];
  };
  close: { rotiMine?: number; safetyMine?: number; n: number; roti?: Mean; safety?: Mean };
  facts: Facts;
  seq: number;
}
export type Thumb = 'continue' | 'move_on';

/** A retro in the list. */
export interface RetroItem {
  id: string;
  title: string;
  teamId: string;
  teamName: string;
  boardId: string;
  boardName: string;
  anonymity: 'named' | 'anonymous';
  phase: Phase;
  people: number;
  actions: number;
  actionsOpen: number;
  createdAt: string;
  closedAt?: string;
  abandoned?: boolean;
}

export interface Template {
  key: string;
  name: string;
  whenToUse: string;
  defaultMinutes: number;
  question: string;
  columns: Column[];
  suggested?: boolean;
  /** What on the board asks for it. */
  why?: string;
}
