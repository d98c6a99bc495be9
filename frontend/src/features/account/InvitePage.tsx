import { useEffect, useState } from 'react';
import { api } from '../../lib/api';
import { useForm } from '../../lib/form';
import { useTabTitle } from '../../lib/page';
import { loadSession } from '../../lib/session';
import { EmptyState } from '../../ui/EmptyState';
import { FormProblem, TextField } from '../../ui/FormField';
import { emailCheck, nameCheck, newPasswordCheck } from './checks';
import { DisciplineField } from './DisciplineField';
import { Door } from './Door';
import { t } from './messages';
import { PasswordField } from './PasswordField';

interface Invitation {
  workspace: string;
  teamName?: string;
  email?: string;
  role: string;
}

/** The invitation is in the address after the #, which browsers keep to themselves and proxies never log. */
export function InvitePage({ token, onIn, signIn }: { token: string; onIn: () => void; signIn: () => void }) {
  const [found, setFound] = useState<Invitation>();
  const [refused, setRefused] = useState<string | undefined>(token ? undefined : t('account.invite.none'));
  useTabTitle(t('account.invite.title', { workspace: found?.workspace ?? 'Trestle' }));
  useEffect(() => {
    if (!token) return;
    api.post<Invitation>('/invites/inspect', { token }).then(setFound, (e: Error) => setRefused(e.message));
  }, [token]);

  if (refused)
    return (
      <Door title={t('account.invite.bad')}>
        <div className="panel">
          <EmptyState
            title={refused}
            action={
              <button type="button" className="btn line" onClick={signIn}>
                {t('account.invite.signIn')}
              </button>
            }
          >
            {t('account.invite.ask')}
          </EmptyState>
        </div>
      </Door>
    );
  if (!found) return <Door title={t('account.invite.checking')}>{null}</Door>;
  return <Accept token={token} invitation={found} onIn={onIn} />;
}

function Accept({ token, invitation, onIn }: { token: string; invitation: Invitation; onIn: () => void }) {
  const form = useForm({
    initial: { name: '', email: '', password: '', discipline: 'development' },
    checks: {
      name: nameCheck,
      email: (v) => (invitation.email ? undefined : emailCheck(v)),
      password: newPasswordCheck,
    },
    submit: async ({ email, name, ...rest }) => {
      await api.post('/invites/accept', {
        token,
        ...rest,
        name: name.trim(),
        ...(invitation.email ? {} : { email: email.trim() }),
      });
      await loadSession();
      onIn();
    },
  });
  return (
    <Door
      title={t('account.invite.title', { workspace: invitation.workspace })}
      sub={
        invitation.teamName
          ? t('account.invite.team', { team: invitation.teamName })
          : t('account.invite.role', { role: t(`account.role.${invitation.role}` as never) })
      }
    >
      <form className="panel form" onSubmit={form.submit} noValidate>
        <FormProblem>{form.problem}</FormProblem>
        <TextField {...form.field('name')} label={t('account.setup.name')} autoComplete="name" />
        {invitation.email ? (
          <TextField
            name="email"
            value={invitation.email}
            error={undefined}
            label={t('account.email')}
            readOnly
            autoComplete="username"
          />
        ) : (
          <TextField
            {...form.field('email')}
            label={t('account.email')}
            type="email"
            autoComplete="username"
            spellCheck={false}
          />
        )}
        <DisciplineField field={form.field('discipline')} />
        <PasswordField {...form.field('password')} fresh />
        <button type="submit" className="btn big" disabled={form.busy} data-busy={form.busy || undefined}>
          {t('account.invite.do')}
        </button>
      </form>
    </Door>
  );
}
