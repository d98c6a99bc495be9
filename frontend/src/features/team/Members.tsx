import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import type { Person, TeamRole } from '../../api/types';
import { api } from '../../lib/api';
import { refresh } from '../../lib/data';
import { toast, toastError } from '../../lib/notify';
import { Avatar } from '../../ui/Avatar';
import { DiscIcon } from '../../ui/DiscIcon';
import { disciplineName } from '../../ui/messages';
import { AddPerson } from './AddPerson';
import { t } from './messages';
import { ROLES, type TeamDetail } from './types';

interface Props {
  team: TeamDetail;
  people: readonly Person[];
  /** May change who is in. */
  may: boolean;
}

function Who({ person }: { person: Person }) {
  return (
    <>
      <Avatar person={person} size={28} decorative />
      <span className="row-main">
        <span>{person.name}</span>
        <small>{disciplineName(person.discipline)}</small>
      </span>
    </>
  );
}

async function change(team: string, what: () => Promise<unknown>): Promise<boolean> {
  try {
    await what();
    await refresh(`/teams/${team}`, '/teams');
    return true;
  } catch (error) {
    toastError(error);
    return false;
  }
}

export function Members({ team, people, may }: Props) {
  const put = (personId: string, role: string) => api.post(`/teams/${team.id}/members`, { personId, role });
  const remove = async (person: Person, role: TeamRole) => {
    const done = await change(team.id, () => api.del(`/teams/${team.id}/members/${person.id}`));
    if (!done) return;
    toast({
      text: t('team.members.removed', { name: person.name, team: team.name }),
      action: { label: t('team.undo'), run: () => void change(team.id, () => put(person.id, role)) },
    });
  };
  const inside = new Set(team.members.map((m) => m.person.id));
  return (
    <section className="team-part" aria-labelledby="members">
      <h2 className="h2" id="members">
        {t('team.section.members')} <span className="count">{team.members.length}</span>
      </h2>
      <div className="panel">
        {team.members.length === 0 && <p className="row-a quiet">{t('team.members.none')}</p>}
        <ul className="rows">
          {team.members.map(({ person, role }) => (
            <li key={person.id} className="row-a">
              <Who person={person} />
              <DiscIcon d={person.discipline} size={15} decorative />
              {may ? (
                <>
                  <select
                    className="input sm row-select"
                    aria-label={t('team.members.roleOf', { name: person.name })}
                    value={role}
                    onChange={(e) => void change(team.id, () => put(person.id, e.target.value))}
                  >
                    {ROLES.map((r) => (
                      <option key={r} value={r}>
                        {t(`team.right.${r}`)}
                      </option>
                    ))}
                  </select>
                  <button
                    type="button"
                    className="btn ghost sm icon"
                    aria-label={t('team.members.remove', { name: person.name })}
                    onClick={() => void remove(person, role)}
                  >
                    <X size={15} aria-hidden />
                  </button>
                </>
              ) : (
                <span className="pill">{t(`team.right.${role}`)}</span>
              )}
            </li>
          ))}
        </ul>
        {may && (
          <AddPerson
            people={people.filter((p) => p.active && !inside.has(p.id))}
            property={t('team.members.role')}
            initial="worker"
            add={(id, role) => change(team.id, () => put(id, role))}
          >
            {ROLES.map((r) => (
              <option key={r} value={r}>
                {t(`team.right.${r}`)}: {t(`team.says.${r}`)}
              </option>
            ))}
          </AddPerson>
        )}
        {may && (
          <p className="row-a small quiet">
            <span>
              {t('team.members.missing')}{' '}
              <Link to="/settings/invitations" search={{ team: team.id } as never} className="link">
                {t('team.members.invite')}
              </Link>
            </span>
          </p>
        )}
      </div>
    </section>
  );
}
