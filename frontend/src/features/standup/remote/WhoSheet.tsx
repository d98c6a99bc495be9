import { Check, Minus, Plus } from 'lucide-react';
import type { Person } from '../../../api/types';
import { useData } from '../../../lib/data';
import { Avatar } from '../../../ui/Avatar';
import { Dialog } from '../../../ui/Dialog';
import { DiscIcon } from '../../../ui/DiscIcon';
import { OtherPerson } from '../../../ui/OtherPerson';
import * as acts from '../acts';
import { t } from '../messages';
import type { Attendee, AttendRole, Meeting } from '../types';
import type { Standup } from '../use-standup';
import { inRoles, roleWords } from '../words';
import './remote.css';

interface Team {
  members: { person: Person; role: string }[];
}

/**
 * Who is here. Whoever does something on a device of their own is, without a tap; the others of the team are tapped, so
 * that each counts once. On call, liaison, security and guests stand there by name, also when they are missed.
 */
export function WhoSheet({
  teamId,
  meeting,
  act,
  onClose,
}: {
  teamId: string;
  meeting: Meeting;
  act: Standup['act'];
  onClose: () => void;
}) {
  const { core, heads = 0, people } = meeting.attendance;
  const members = useData<Team>(`/teams/${teamId}`).data?.members ?? [];
  const noted = new Map(people.map((p) => [p.personId, p]));
  const working = members.filter(
    (m) => m.person.active && (m.role === 'worker' || m.role === 'lead') && !noted.has(m.person.id),
  );
  const unseen = (m: Team['members'][number], role: AttendRole): Attendee => ({
    personId: m.person.id,
    name: m.person.name,
    discipline: m.person.discipline,
    role,
    state: 'away',
  });
  const isSecurity = (m: Team['members'][number]) => m.person.discipline === 'security';
  const byName = (a: Attendee, b: Attendee) => a.name.localeCompare(b.name);
  const team = [
    ...people.filter((p) => p.role === 'core'),
    ...working.filter((m) => !isSecurity(m)).map((m) => unseen(m, 'core')),
  ].sort(byName);
  const named = [
    ...people.filter((p) => p.role !== 'core'),
    ...working.filter(isSecurity).map((m) => unseen(m, 'security')),
  ];
  const hue = new Map(members.map((m) => [m.person.id, m.person]));
  const turn = (p: Attendee) => act((v) => acts.attend(v, p, p.state === 'away' ? 'here' : 'away'));
  return (
    <Dialog
      title={t('rm.whoTitle')}
      className="sheet"
      onClose={onClose}
      actions={
        <button type="button" className="btn big" onClick={onClose}>
          {t('rm.done')}
        </button>
      }
    >
      <p className="lead">{t('rm.whoText')}</p>
      <p className="field-label">{t('rm.coreN', { n: core })}</p>
      <ul className="rm-faces">
        {team.map((p) => (
          <li key={p.personId}>
            <button type="button" aria-pressed={p.state !== 'away'} onClick={() => turn(p)}>
              <span className="face">
                <Avatar person={hue.get(p.personId) ?? { name: p.name, hue: 0 }} size={48} decorative />
                {p.state !== 'away' && (
                  <i>
                    <Check size={13} strokeWidth={3} aria-hidden />
                  </i>
                )}
              </span>
              <span>{p.name}</span>
              <small>
                {t(p.state === 'joined' ? 'rm.joined' : p.state === 'here' ? 'rm.here' : 'rm.away')}
              </small>
            </button>
          </li>
        ))}
      </ul>
      <div className="rm-core">
        <span>
          <b>{t('rm.heads')}</b>
          <small>{t('rm.headsText')}</small>
        </span>
        <button
          type="button"
          className="btn line icon"
          aria-label={t('rm.coreLess')}
          disabled={heads === 0}
          onClick={() => act((v) => acts.heads(v, -1))}
        >
          <Minus size={17} aria-hidden />
        </button>
        <b className="num">{heads}</b>
        <button
          type="button"
          className="btn line icon"
          aria-label={t('rm.coreMore')}
          onClick={() => act((v) => acts.heads(v, 1))}
        >
          <Plus size={17} aria-hidden />
        </button>
      </div>
      {named.length > 0 && <p className="field-label">{t('rm.byName')}</p>}
      <ul className="rm-w">
        {inRoles(meeting, named).map((p) => (
          <li key={p.personId}>
            <DiscIcon d={p.discipline} size={18} decorative />
            <span>
              <b>{p.name}</b>
              <small>
                {[roleWords(meeting, p), p.state === 'joined' && t('rm.joined')].filter(Boolean).join(', ')}
              </small>
            </span>
            <button
              type="button"
              className="btn line"
              aria-pressed={p.state !== 'away'}
              aria-label={t('rm.isHere', { name: p.name })}
              onClick={() => turn(p)}
            >
              {p.state !== 'away' && <Check size={15} aria-hidden />}
              {t(p.state === 'away' ? 'rm.away' : 'rm.here')}
            </button>
          </li>
        ))}
      </ul>
      <OtherPerson
        label={t('rm.other')}
        known={new Set([...team, ...named].map((p) => p.personId))}
        onPick={(p) =>
          turn({
            personId: p.id,
            name: p.name,
            discipline: p.discipline,
            role: p.discipline === 'security' ? 'security' : 'observer',
            state: 'away',
          })
        }
      />
    </Dialog>
  );
}
