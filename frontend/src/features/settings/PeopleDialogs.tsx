import { DISCIPLINES } from '../../api/types';
import { api } from '../../lib/api';
import { refresh } from '../../lib/data';
import { useForm } from '../../lib/form';
import { toast } from '../../lib/notify';
import { Dialog } from '../../ui/Dialog';
import { FormProblem, SelectField, TextField } from '../../ui/FormField';
import { disciplineName } from '../../ui/messages';
import { t } from './messages';
import { type PersonRow, ROLES } from './PeoplePage';

export function AddPersonDialog({ onClose }: { onClose: () => void }) {
  const form = useForm({
    initial: { name: '', email: '', discipline: 'development', role: 'member', password: '' },
    checks: {
      name: (v) => !v.trim() && t('people.need.name'),
      email: (v) => !/^\S+@\S+$/.test(v.trim()) && t('people.need.email'),
      password: (v) => v !== '' && [...v].length < 10 && t('profile.password.short'),
    },
    submit: async ({ password, name, email, ...rest }) => {
      await api.post('/people', {
        ...rest,
        name: name.trim(),
        email: email.trim(),
        ...(password ? { password } : {}),
      });
      await refresh('/people');
      onClose();
    },
  });
  return (
    <Dialog
      title={t('people.add')}
      onClose={onClose}
      width={540}
      onSubmit={() => void form.submit()}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('settings.cancel')}
          </button>
          <button type="submit" className="btn" disabled={form.busy} data-busy={form.busy || undefined}>
            {t('people.add')}
          </button>
        </>
      }
    >
      <FormProblem>{form.problem}</FormProblem>
      <div className="form-row">
        <TextField {...form.field('name')} label={t('people.name')} autoComplete="off" />
        <TextField
          {...form.field('email')}
          label={t('people.email')}
          type="email"
          autoComplete="off"
          spellCheck={false}
        />
      </div>
      <div className="form-row">
        <SelectField {...form.field('discipline')} label={t('people.discipline')}>
          {DISCIPLINES.map((d) => (
            <option key={d} value={d}>
              {disciplineName(d)}
            </option>
          ))}
        </SelectField>
        <SelectField
          {...form.field('role')}
          label={t('people.role')}
          hint={t(`role.says.${form.values.role}` as 'role.says.member')}
        >
          {ROLES.map((r) => (
            <option key={r} value={r}>
              {t(`role.${r}`)}
            </option>
          ))}
        </SelectField>
      </div>
      <TextField
        {...form.field('password')}
        label={t('people.password')}
        hint={t('people.passwordHint')}
        autoComplete="off"
        spellCheck={false}
      />
    </Dialog>
  );
}

export function PasswordDialog({ person, onClose }: { person: PersonRow; onClose: () => void }) {
  const form = useForm({
    initial: { password: '' },
    checks: { password: (v) => [...v].length < 10 && t('profile.password.short') },
    submit: async ({ password }) => {
      await api.patch(`/people/${person.id}`, { password });
      onClose();
      toast({ text: t('people.setPassword.done', { name: person.name }) });
    },
  });
  return (
    <Dialog
      title={t('people.setPasswordFor', { name: person.name })}
      onClose={onClose}
      onSubmit={() => void form.submit()}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('settings.cancel')}
          </button>
          <button type="submit" className="btn" disabled={form.busy} data-busy={form.busy || undefined}>
            {t('people.setPassword')}
          </button>
        </>
      }
    >
      <FormProblem>{form.problem}</FormProblem>
      <TextField
        {...form.field('password')}
        label={t('profile.password.next')}
        hint={t('people.setPassword.hint')}
        autoComplete="off"
        spellCheck={false}
      />
    </Dialog>
  );
}
