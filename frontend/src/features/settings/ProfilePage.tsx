import { useState } from 'react';
import { DISCIPLINES, type Me } from '../../api/types';
import { api } from '../../lib/api';
import { useForm } from '../../lib/form';
import { toast } from '../../lib/notify';
import { refreshMe, useMe } from '../../lib/session';
import { zones } from '../../lib/time';
import { Avatar, HUES } from '../../ui/Avatar';
import { FormProblem, SelectField, TextField } from '../../ui/FormField';
import { disciplineName } from '../../ui/messages';
import { t } from './messages';
import { Part } from './SettingsFrame';

export function ProfilePage() {
  const { person } = useMe();
  const [saved, setSaved] = useState(false);
  const form = useForm({
    initial: {
      name: person.name,
      discipline: person.discipline as string,
      timeZone: person.timeZone || 'UTC',
      hue: String(person.hue),
    },
    checks: { name: (v) => !v.trim() && t('profile.need.name') },
    submit: async (v) => {
      setSaved(false);
      await api.patch<Me | undefined>('/me', { ...v, name: v.name.trim(), hue: Number(v.hue) });
      refreshMe();
      setSaved(true);
    },
  });
  const list = zones();
  const all = list.includes(form.values.timeZone) ? list : [form.values.timeZone, ...list];
  return (
    <>
      <Part title={t('settings.profile')}>
        <form className="panel form" onSubmit={form.submit} noValidate>
          <FormProblem>{form.problem}</FormProblem>
          <div className="form-row">
            <TextField {...form.field('name')} label={t('profile.name')} autoComplete="name" />
            <TextField
              name="email"
              value={person.email}
              error={undefined}
              readOnly
              label={t('profile.email')}
              hint={t('profile.emailHint')}
            />
          </div>
          <div className="form-row">
            <SelectField
              {...form.field('discipline')}
              label={t('profile.discipline')}
              hint={t('profile.disciplineHint')}
            >
              {DISCIPLINES.map((d) => (
                <option key={d} value={d}>
                  {disciplineName(d)}
                </option>
              ))}
            </SelectField>
            <SelectField {...form.field('timeZone')} label={t('profile.zone')} hint={t('profile.zoneHint')}>
              {all.map((z) => (
                <option key={z} value={z}>
                  {z.replaceAll('_', ' ')}
                </option>
              ))}
            </SelectField>
          </div>
          <fieldset>
            <legend className="legend">{t('profile.hue')}</legend>
            <div className="hues">
              {HUES.map((colour, n) => (
                <label key={colour}>
                  <input
                    type="radio"
                    className="sr"
                    name="hue"
                    aria-label={t('profile.hue.n', { n: n + 1 })}
                    checked={form.values.hue === String(n)}
                    onChange={() => form.set('hue', String(n))}
                  />
                  <Avatar person={{ name: form.values.name || person.name, hue: n }} size={32} decorative />
                </label>
              ))}
            </div>
          </fieldset>
          <div className="form-foot">
            <button type="submit" className="btn" disabled={form.busy} data-busy={form.busy || undefined}>
              {t('settings.save')}
            </button>
            <span className="saved" aria-live="polite">
              {saved && !form.busy ? t('settings.saved') : ''}
            </span>
          </div>
        </form>
      </Part>
      <PasswordPart />
    </>
  );
}

function PasswordPart() {
  const form = useForm({
    initial: { current: '', next: '' },
    checks: {
      current: (v) => !v && t('profile.password.need'),
      next: (v) => [...v].length < 10 && t('profile.password.short'),
    },
    submit: async (v) => {
      await api.post('/me/password', v);
      form.reset();
      toast({ text: t('profile.password.done') });
    },
  });
  return (
    <Part title={t('profile.password')}>
      <form className="panel form" onSubmit={form.submit} noValidate>
        <FormProblem>{form.problem}</FormProblem>
        <div className="form-row">
          <TextField
            {...form.field('current')}
            type="password"
            autoComplete="current-password"
            label={t('profile.password.current')}
          />
          <TextField
            {...form.field('next')}
            type="password"
            autoComplete="new-password"
            label={t('profile.password.next')}
            hint={t('profile.password.hint')}
          />
        </div>
        <div className="form-foot">
          <button type="submit" className="btn line" disabled={form.busy} data-busy={form.busy || undefined}>
            {t('profile.password.do')}
          </button>
        </div>
      </form>
    </Part>
  );
}
