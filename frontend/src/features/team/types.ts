import type { Discipline, Person, TeamRight, TeamRole } from '../../api/types';
import { t } from './messages';

export const KINDS = ['stream_aligned', 'platform', 'enabling', 'complicated_subsystem'] as const;
export const ROLES: readonly TeamRole[] = ['viewer', 'commenter', 'worker', 'lead'];

export interface TeamItem {
  id: string;
  key: string;
  name: string;
  kind: string;
  right: TeamRight;
  members: number;
}

export interface TeamDetail {
  id: string;
  key: string;
  name: string;
  kind: string;
  right: TeamRight;
  members: { person: Person; role: TeamRole }[];
  liaisons: { person: Person; discipline: Discipline }[];
  about: { mission: string; channel: string; address: string; hours: string; version: number };
}

export interface DeviceLink {
  id: string;
  name: string;
  createdAt?: string;
  expiresAt?: string | null;
  lastSeenAt?: string | null;
}

export const kindName = (kind: string): string => {
  const known = KINDS.find((k) => k === kind);
  return known ? t(`team.kind.${known}`) : kind;
};
