import { useEffect } from 'react';
import { api } from '../../lib/api';
import { useForm } from '../../lib/form';
import { useTabTitle } from '../../lib/page';
import { loadSession } from '../../lib/session';
import { FormProblem, TextField } from '../../ui/FormField';
import { emailCheck, nameCheck, newPasswordCheck } from './checks';
import { DisciplineField } from './DisciplineField';
import { Door } from './Door';
import { t } from './messages';
import { PasswordField } from './PasswordField';
import type { SetUp } from './SignInPage';

/** The first person makes the workspace and is its administrator. `onDone`: it existed already. */
export function SetUpPage({ onIn, onDone }: { onIn: () => void; onDone: () => void }) {
  useTabTitle(t('account.setup.title'));
  useEffect(() => {
    api.get<SetUp>('/setup').then(
      (s) => {
        if (!s.needed) onDone();
      },
      () => {},
    );
  }, [onDone]);
  const form = useForm({
    initial: { workspace: '', name: '', email: '', discipline: 'development', password: '' },
    checks: {
      workspace: (v) => !v.trim() && t('account.need.workspace'),
      name: nameCheck,
      email: emailCheck,
      password: newPasswordCheck,
    },
    submit: async (v) => {
      await api.post('/setup', {
        ...v,
        email: v.email.trim(),
        name: v.name.trim(),
        workspace: v.workspace.trim(),
      });
      await loadSession();
      onIn();
    },
  });
  return (
    <Door title={t('account.setup.title')} sub={t('account.setup.text')}>
      <form className="panel form" onSubmit={form.submit} noValidate>
        <FormProblem>{form.problem}</FormProblem>
        <TextField
          {...form.field('workspace')}
          label={t('account.setup.workspace')}
          autoComplete="organization"
        />
        <TextField {...form.field('name')} label={t('account.setup.name')} autoComplete="name" />
        <TextField
          {...form.field('email')}
          label={t('account.email')}
          type="email"
          autoComplete="username"
          spellCheck={false}
        />
        <DisciplineField field={form.field('discipline')} />
        <PasswordField {...form.field('password')} fresh />
        <button type="submit" className="btn big" disabled={form.busy} data-busy={form.busy || undefined}>
          {t('account.setup.do')}
        </button>
      </form>
    </Door>
  );
}
