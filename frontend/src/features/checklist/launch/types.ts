import type { Face, Head, Item, Proof } from '../types';

// A launch as GET /launches/{checklist} answers it. Days are "2026-11-26", moments are instants.

export type LaunchState = 'planned' | 'running' | 'stopped' | 'rolled_back' | 'done';
export interface FreezeRef {
  id: string;
  title: string;
  from: string;
  to: string;
}
export interface LaunchHead {
  checklist: Head;
  state: LaunchState;
  stage?: { number: number; name: string; share: number; at: string; until: string };
  stages: number;
  beganAt?: string;
  endedAt?: string;
  freezes: FreezeRef[];
  sameDay: { id: string; name: string; team: string }[];
}

export interface Stage {
  id?: string;
  name: string;
  share: number;
  holdHours: number;
  goesOnWhen?: string;
  on?: string;
  state?: 'planned' | 'running' | 'passed' | 'stopped';
  by?: Face;
  at?: string;
  said?: string;
}
export interface StopRule {
  signal: string;
  threshold: string;
  personIds: string[];
  withinMinutes: number;
  people?: Face[];
}
export interface Watcher {
  personId: string;
  where?: string;
  hours: number;
  person?: Face;
}
export interface Rollback {
  steps: string;
  link?: string;
  minutes: number;
  lastTriedOn?: string;
  pointOfNoReturn?: string;
}
export interface Plan {
  stages: Stage[];
  stopRules: StopRule[];
  watchers: Watcher[];
  rollback: Rollback;
}
export type Section = keyof Plan;

/** What the checklist asks that the plan says. */
export interface Asked {
  section: Section;
  item: Item;
  fill?: { text: string; evidence?: Proof[]; base: number };
  same: boolean;
}
export interface Line {
  seq: number;
  at: string;
  type: string;
  person?: Face;
  stage?: string;
  said?: string;
  blocking?: number;
}
export interface Launch extends LaunchHead {
  plan: Plan;
  asked: Asked[];
  course: Line[];
  may: { run: boolean; freeze: boolean };
  version: number;
  seq: number;
}

export interface Freeze {
  id: string;
  teamId?: string;
  teamName?: string;
  title: string;
  why?: string;
  from: string;
  to: string;
  mayChange: boolean;
  version: number;
}
