export type Way = 'mail' | 'digest' | 'inbox' | 'off';

export interface Quiet {
  on: boolean;
  /** HH:MM */
  from: string;
  to: string;
  weekends: boolean;
}

/** What reaches somebody how, and when. */
export interface Preferences {
  /** This installation can send mail. */
  mailAvailable: boolean;
  /** False: no mail at all. */
  mail: boolean;
  kinds: { kind: string; way: Way; default: Way }[];
  /** HH:MM */
  digestAt: string;
  quiet: Quiet;
  /** Empty: nobody said. */
  timeZone: string;
}

export const STATES = ['failed', 'retrying', 'waiting', 'sent', 'skipped'] as const;
export type State = (typeof STATES)[number];

/** What went out by mail or chat, or why not. */
export interface Delivery {
  id: string;
  channel: 'mail' | 'chat';
  personName?: string;
  teamName?: string;
  subject?: string;
  notices: number;
  state: State;
  reason?: string;
  tries: number;
  at: string;
}
