import { useState } from 'react';
import { api } from '../../lib/api';
import { refresh } from '../../lib/data';
import { useForm } from '../../lib/form';
import { toastError } from '../../lib/notify';
import { refreshMe, useMe } from '../../lib/session';
import { Dialog } from '../../ui/Dialog';
import { FormProblem, SelectField, TextField } from '../../ui/FormField';
import { t } from './messages';
import { KINDS, kindName } from './types';

/** Three letters from the name are a good first guess for the key. */
export const keyFrom = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/[^A-Za-z0-9]/g, '')
    .replace(/^[0-9]+/, '')
    .slice(0, 3)
    .toUpperCase();

/** A new team. */
export function TeamForm({ onDone, onClose }: { onDone: (id: string) => void; onClose: () => void }) {
  const me = useMe();
  // The first team is nearly always one's own; who sets up the others' teams says so.
  const [mine, setMine] = useState(() => me.teams.every((x) => x.right === 'none' || x.liaison));
  const form = useForm({
    initial: { name: '', key: '', kind: KINDS[0] as string },
    checks: {
      name: (v) => !v.trim() && t('team.need.name'),
      key: (v, all) => !/^[A-Z][A-Z0-9]{1,5}$/.test(v || keyFrom(all.name)) && t('team.need.key'),
    },
    submit: async ({ name, key, kind }) => {
      const made = await api.post<{ id: string }>('/teams', {
        name: name.trim(),
        key: key || keyFrom(name),
        kind,
      });
      if (mine)
        await api
          .post(`/teams/${made.id}/members`, { personId: me.person.id, role: 'lead' })
          .catch(toastError); // the team stands; its page has the same by hand
      refreshMe();
      await refresh('/teams', '/boards');
      onDone(made.id);
    },
  });
  const key = form.field('key');
  return (
    <Dialog
      title={t('team.new')}
      onClose={onClose}
      onSubmit={() => void form.submit()}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('team.cancel')}
          </button>
          <button type="submit" className="btn" disabled={form.busy} data-busy={form.busy || undefined}>
            {t('team.create')}
          </button>
        </>
      }
    >
      <FormProblem>{form.problem}</FormProblem>
      <TextField {...form.field('name')} label={t('team.field.name')} autoComplete="off" />
      <TextField
        {...key}
        value={key.value || keyFrom(form.values.name)}
        onChange={(e) => form.set('key', e.currentTarget.value.toUpperCase())}
        label={t('team.field.key')}
        hint={t('team.field.keyHint')}
        maxLength={6}
        autoComplete="off"
        spellCheck={false}
      />
      <SelectField
        {...form.field('kind')}
        label={t('team.field.kind')}
        hint={t(`team.kind.${form.values.kind as (typeof KINDS)[number]}.says`)}
      >
        {KINDS.map((k) => (
          <option key={k} value={k}>
            {kindName(k)}
          </option>
        ))}
      </SelectField>
      <label className="team-mine">
        <input type="checkbox" checked={mine} onChange={(e) => setMine(e.target.checked)} />
        {t('team.field.mine')}
      </label>
    </Dialog>
  );
}
