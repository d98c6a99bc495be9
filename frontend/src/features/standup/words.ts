import type { Discipline } from '../../api/types';
import { disciplineName } from '../../ui/messages';
import { t } from './messages';
import type { Attendee, AttendRole, Meeting } from './types';

/** "Dev", "Ops", "Security": short where there is a short word. */
export const discShort = (d: Discipline): string =>
  d === 'development' ? t('su.dev') : d === 'operations' ? t('su.ops') : disciplineName(d);

/** In this order those who come by name are listed; who is on call in that of calling. */
const ROLES: readonly AttendRole[] = ['on_call', 'liaison', 'security', 'observer'];

const dutyOf = (m: Meeting, p: Attendee) =>
  (m.brief?.onCall ?? []).findIndex((o) => o.personId === p.personId);

export const inRoles = (m: Meeting, people: readonly Attendee[]): Attendee[] =>
  [...people].sort(
    (a, b) =>
      ROLES.indexOf(a.role) - ROLES.indexOf(b.role) ||
      dutyOf(m, a) - dutyOf(m, b) ||
      a.name.localeCompare(b.name),
  );

/** "on call, first", "liaison" */
export function roleWords(m: Meeting, p: Attendee): string {
  const duty = m.brief?.onCall?.[dutyOf(m, p)];
  return [t(`rm.role.${p.role}`), p.role === 'on_call' && duty && t(`su.role.${duty.role}`)]
    .filter(Boolean)
    .join(', ');
}
