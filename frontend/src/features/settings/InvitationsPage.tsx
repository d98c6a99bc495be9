import { useSearch } from '@tanstack/react-router';
import { Mail } from 'lucide-react';
import { useState } from 'react';
import type { Role, TeamRole } from '../../api/types';
import { api } from '../../lib/api';
import { refresh, useData } from '../../lib/data';
import { useForm } from '../../lib/form';
import { useMe } from '../../lib/session';
import { dateWords, relative } from '../../lib/time';
import { ConfirmButton } from '../../ui/ConfirmButton';
import { CopyLine } from '../../ui/CopyLine';
import { FormProblem, SelectField, TextField } from '../../ui/FormField';
import { Loaded } from '../../ui/Loaded';
import { t } from './messages';
import { ROLES } from './PeoplePage';
import { Part } from './SettingsFrame';

interface Invitation {
  id: string;
  email?: string | null;
  teamId?: string | null;
  role: Role;
  teamRole?: TeamRole | null;
  createdAt: string;
  expiresAt: string;
  usedAt?: string | null;
}

const TEAM_ROLES: readonly [TeamRole, string][] = [
  ['viewer', 'Viewer'],
  ['commenter', 'Commenter'],
  ['worker', 'Worker'],
  ['lead', 'Lead'],
];
const teamRoleName = (r: string) => TEAM_ROLES.find(([k]) => k === r)?.[1] ?? r;

/** For administrators and leads; the list of settings offers it to nobody else. */
export function InvitationsPage() {
  const me = useMe();
  if (me.person.role === 'admin' || me.teams.some((team) => team.right === 'lead')) return <Invitations />;
  return (
    <Part title={t('settings.invitations')}>
      <p className="panel row-a quiet">{t('invitations.leadsOnly')}</p>
    </Part>
  );
}

function Invitations() {
  const me = useMe();
  const query = useData<{ items: Invitation[] }>('/invites');
  const teamName = (id?: string | null) => me.teams.find((team) => team.id === id)?.name;
  return (
    <Part title={t('settings.invitations')} text={t('invitations.text')}>
      <NewInvitation />
      <Loaded query={query}>
        {({ items }) => (
          <div className="panel">
            {items.length === 0 && <p className="row-a quiet">{t('invitations.none')}</p>}
            <ul className="rows">
              {items.map((i) => {
                const who = i.email || t('invitations.anybody');
                return (
                  <li key={i.id} className="row-a" data-off={i.usedAt ? true : undefined}>
                    <Mail size={18} aria-hidden />
                    <span className="row-main">
                      {who}
                      <small>
                        {t(`role.${i.role}`)}
                        {teamName(i.teamId) &&
                          `, ${teamName(i.teamId)} (${teamRoleName(i.teamRole ?? 'worker')})`}{' '}
                        ·{' '}
                        {i.usedAt
                          ? t('invitations.used', { when: relative(i.usedAt) })
                          : t('invitations.until', { date: dateWords(i.expiresAt) })}
                      </small>
                    </span>
                    {!i.usedAt && (
                      <ConfirmButton
                        title={t('invitations.revokeTitle')}
                        text={t('invitations.revokeText', { who })}
                        verb={t('invitations.revoke')}
                        label={t('invitations.revokeLong', { who })}
                        run={async () => {
                          await api.del(`/invites/${i.id}`);
                          await refresh('/invites');
                        }}
                      >
                        {t('invitations.revoke')}
                      </ConfirmButton>
                    )}
                  </li>
                );
              })}
            </ul>
          </div>
        )}
      </Loaded>
    </Part>
  );
}

function NewInvitation() {
  const me = useMe();
  const admin = me.person.role === 'admin';
  const teams = me.teams.filter((team) => admin || team.right === 'lead');
  const { team: wanted } = useSearch({ strict: false }) as { team?: string };
  const [url, setUrl] = useState<string>();
  const form = useForm({
    initial: {
      email: '',
      teamId: (teams.find((team) => team.id === wanted) ?? teams[0])?.id ?? '',
      teamRole: 'worker',
      role: 'member',
    },
    checks: { email: (v) => v.trim() !== '' && !/^\S+@\S+$/.test(v.trim()) && t('invitations.badEmail') },
    submit: async ({ email, teamId, teamRole, role }) => {
      const made = await api.post<{ url: string }>('/invites', {
        role,
        ...(email.trim() ? { email: email.trim() } : {}),
        ...(teamId ? { teamId, teamRole } : {}),
      });
      setUrl(made.url);
      form.set('email', '');
      await refresh('/invites');
    },
  });
  return (
    <form className="panel form" onSubmit={form.submit} noValidate>
      <FormProblem>{form.problem}</FormProblem>
      {url && (
        <div className="made" role="status">
          <p>{t('invitations.made')}</p>
          <CopyLine text={url} label={t('invitations.link')} />
        </div>
      )}
      <div className="form-row">
        <TextField
          {...form.field('email')}
          label={t('invitations.email')}
          aside={t('invitations.optional')}
          hint={t('invitations.emailHint')}
          type="email"
          autoComplete="off"
          spellCheck={false}
        />
        <SelectField
          {...form.field('role')}
          label={t('invitations.role')}
          hint={t(`role.says.${form.values.role}` as 'role.says.member')}
        >
          {ROLES.filter((r) => admin || r === 'member' || r === 'guest').map((r) => (
            <option key={r} value={r}>
              {t(`role.${r}`)}
            </option>
          ))}
        </SelectField>
      </div>
      <div className="form-row">
        <SelectField {...form.field('teamId')} label={t('invitations.team')}>
          {admin && <option value="">{t('invitations.noTeam')}</option>}
          {teams.map((team) => (
            <option key={team.id} value={team.id}>
              {team.name}
            </option>
          ))}
        </SelectField>
        <SelectField
          {...form.field('teamRole')}
          label={t('invitations.teamRole')}
          disabled={!form.values.teamId}
        >
          {TEAM_ROLES.map(([r, word]) => (
            <option key={r} value={r}>
              {word}
            </option>
          ))}
        </SelectField>
      </div>
      <div className="form-foot">
        <button type="submit" className="btn" disabled={form.busy} data-busy={form.busy || undefined}>
          {t('invitations.make')}
        </button>
      </div>
    </form>
  );
}
