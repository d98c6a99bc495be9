export const DUTY_ROLES = ['primary', 'secondary', 'incident_manager'] as const;
export type DutyRole = (typeof DUTY_ROLES)[number];

export interface Shift {
  id: string;
  /** Empty: the whole team. */
  service: string;
  role: DutyRole;
  /** Absent for somebody who has no account here. */
  personId?: string;
  name: string;
  from: string;
  to: string;
  source: 'hand' | 'calendar';
}

export interface OnCallCalendar {
  service: string;
  role: DutyRole;
  host: string;
  setBy: string;
  setAt: string;
  readAt?: string;
  trouble?: string;
}

/** Who can be called for a team, now and later. */
export interface Roster {
  now: { role: DutyRole; service: string; name: string; personId?: string; until: string }[];
  shifts: Shift[];
  calendars: OnCallCalendar[];
  canEdit: boolean;
}
