import type { Discipline } from '../../api/types';

// A team's standup on a board: one series, and in it one meeting a day.

export type StepReason =
  | 'expedite'
  | 'blocked'
  | 'due'
  | 'over_sle'
  | 'aging'
  | 'failing'
  | 'lapsed'
  | 'over_limit';
/** How a team stands up: along its board, person by person, or in writing. */
export type Mode = 'walk' | 'round_robin' | 'async';
export type AttendRole = 'core' | 'on_call' | 'liaison' | 'security' | 'observer';

export interface Named {
  /** Empty for somebody who is on call and not in these rooms. */
  id: string;
  name: string;
}

export interface Schedule {
  /** 1 = Monday … 7 = Sunday. */
  days: number[];
  /** "09:30", in `timeZone`. */
  at: string;
  timeZone: string;
}

export interface Series {
  id: string;
  boardId: string;
  boardName: string;
  teamId: string;
  teamKey: string;
  teamName: string;
  name: string;
  mode: Mode;
  /** Of async: the digest goes out so long after the last one was asked. */
  answerHours: number;
  boxMinutes: number;
  schedule?: Schedule | null;
  nextAt?: string | null;
  meetingUrl?: string;
  panelInches: number;
  distanceM: number;
  version: number;
}

export interface Step {
  n: number;
  kind: 'brief' | 'card' | 'person' | 'healthy' | 'anything';
  reason?: StepReason;
  cardId?: string;
  columnId?: string;
  /** Whose turn it is. */
  person?: Named;
  /** Of a person's turn only while it lasts. */
  shownAt?: string;
  skipped?: boolean;
  helpers?: Named[];
}

interface CardSaid {
  key: string;
  title: string;
}
/** What the record holds since last time; what is empty is absent. */
export interface Brief {
  since: string;
  finished?: CardSaid[];
  started?: number;
  moved?: number;
  blocked?: (CardSaid & { reason?: string })[];
  unblocked?: number;
  returned?: (CardSaid & { reason?: string })[];
  overrides?: number;
  expedite?: CardSaid[];
  asks?: (CardSaid & { from?: string })[];
  due?: (CardSaid & { on: string })[];
  onCall?: OnCall[];
  parked?: number;
  /** Within seven days, or under way: then the reason is the stage. */
  launches?: (CardSaid & { reason?: string; on: string })[];
  /** From the day `on` to the day `from`. */
  freezes?: { title: string; on: string; from: string }[];
  gapsOver?: number;
  ranOut?: number;
}

export interface OnCall {
  role: 'primary' | 'secondary' | 'incident_manager';
  /** Empty: the whole team. */
  service?: string;
  name: string;
  personId?: string;
  until?: string;
}

export interface Attendee {
  personId: string;
  name: string;
  discipline: Discipline;
  role: AttendRole;
  state: 'joined' | 'here' | 'away';
}

export interface Meeting {
  id: string;
  state: 'running' | 'sixteenth';
  /** As it was when the meeting began. */
  mode: 'walk' | 'round_robin';
  startedAt: string;
  startedBy: Named;
  boxSeconds: number;
  driver?: Named | null;
  /** `n` of the step that is shown; steps are counted from 0. */
  at: number;
  healthyOpen: boolean;
  steps: Step[];
  /** Cards that need no word, right to left. */
  healthy?: string[];
  /** Told when the meeting begins and to whoever asks; it does not change. */
  brief?: Brief;
  /** `core` is the team by heads; `heads` are those of it whom nobody named. */
  attendance: { core: number; heads?: number; people: Attendee[] };
  /** Of a round: who helps with which card. */
  helping?: CardHelp[];
}

export interface CardHelp {
  cardId: string;
  people: Named[];
}

export interface Parked {
  id: string;
  text: string;
  cardId?: string;
  cardKey?: string;
  cardTitle?: string;
  people?: Named[];
  by: Named;
  at: string;
  /** How many days it has waited. */
  days: number;
  outcome?: 'done' | 'card' | 'meeting';
  /** The card that it became. */
  outcomeKey?: string;
  note?: string;
  /** Of what became a meeting. */
  meet?: { at: string; minutes: number; people: Named[] };
}

/** The same bytes for everybody who may see the board. */
export interface StandupView {
  series: Series;
  meeting?: Meeting | null;
  last?: { id: string; startedAt: string; endedAt: string; minutes: number } | null;
  parked: Parked[];
  /** What became a meeting that is not over. */
  planned?: Parked[];
  onCall: OnCall[];
  /** The day that is written on now. */
  written?: { id: string; day: string; dueAt: string; asked: number; answered: number };
  seq: number;
}

export interface FactCard {
  key: string;
  title: string;
  to?: string;
  reason?: string;
}
/** What the record holds of somebody's cards. */
export interface Facts {
  finished?: FactCard[];
  moved?: FactCard[];
  blocked?: FactCard[];
  inHand?: FactCard[];
}
export interface Answer {
  person: Named;
  discipline: Discipline;
  askedAt: string;
  answeredAt?: string;
  finishes?: string;
  help?: string;
  hear?: string;
  facts: Facts;
}
/** A standup in writing: the day that is written on now, else the last one. */
export interface Written {
  digest?: {
    id: string;
    day: string;
    state: 'open' | 'sent';
    dueAt: string;
    meetingId?: string;
    answers: Answer[];
  };
  nextAt?: string;
}

/** A meeting that is over. */
export interface PastMeeting {
  id: string;
  startedAt: string;
  endedAt: string;
  mode: Mode;
  minutes: number;
  overrunMinutes?: number;
  discussed: number;
  helped: number;
  blocked: number;
  attendance?: number;
}

/** A series in a list. */
export interface SeriesItem extends Series {
  /** Absent when no meeting runs. */
  state?: 'running' | 'sixteenth';
  startedAt?: string;
  parked: number;
  canDrive: boolean;
  canLead: boolean;
}
