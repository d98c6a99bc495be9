import { announce } from '../../../lib/announce';
import { api } from '../../../lib/api';
import { refresh } from '../../../lib/data';
import { useForm } from '../../../lib/form';
import { hasRight, useMe } from '../../../lib/session';
import { ConfirmButton } from '../../../ui/ConfirmButton';
import { Dialog, Field } from '../../../ui/Dialog';
import { FormProblem, SelectField, TextField } from '../../../ui/FormField';
import { t } from './messages';
import type { Freeze } from './types';

/** Days on which nothing should launch: made, changed, taken away. */
export function FreezeDialog({ freeze: f, onClose }: { freeze?: Freeze; onClose: () => void }) {
  const me = useMe();
  const wide = ['admin', 'manager'].includes(me.person.role);
  const teams = me.teams.filter((x) => wide || hasRight(me, x.id, 'lead'));
  const form = useForm({
    initial: {
      teamId: f?.teamId ?? (wide ? '' : (teams[0]?.id ?? '')),
      title: f?.title ?? '',
      why: f?.why ?? '',
      from: f?.from ?? '',
      to: f?.to ?? '',
    },
    checks: {
      title: (v) => !v.trim() && t('ln.nameNeed'),
      from: (v) => !v && t('ln.dayNeed'),
      to: (v, all) => (!v ? t('ln.dayNeed') : v < all.from && t('ln.toNeed')),
    },
    submit: async ({ teamId, ...v }) => {
      const body = { ...v, ...(teamId ? { teamId } : {}) };
      if (f) await api.put(`/freezes/${f.id}`, { ...body, version: f.version });
      else await api.post('/freezes', body);
      await refresh('/freezes', '/launches');
      onClose();
    },
  });
  const lift = async () => {
    await api.post(`/freezes/${f?.id}/lift`, {});
    await refresh('/freezes', '/launches');
    announce(t('ln.lifted'));
    onClose();
  };
  return (
    <Dialog
      title={t(f ? 'ln.editFreeze' : 'ln.addFreeze')}
      onClose={onClose}
      onSubmit={() => void form.submit()}
      actions={
        <>
          {f && (
            <ConfirmButton
              className="btn ghost ln-lift"
              title={t('ln.lift')}
              text={t('ln.liftText', { title: f.title })}
              verb={t('ln.lift')}
              run={lift}
            >
              {t('ln.lift')}
            </ConfirmButton>
          )}
          <button type="button" className="btn line" onClick={onClose}>
            {t('ln.cancel')}
          </button>
          <button type="submit" className="btn" data-busy={form.busy || undefined}>
            {t('ln.save')}
          </button>
        </>
      }
    >
      <TextField
        label={t('ln.freezeName')}
        placeholder={t('ln.freezeNameHint')}
        maxLength={120}
        data-autofocus
        {...form.field('title')}
      />
      {!f && (
        <SelectField label={t('ln.freezeFor')} {...form.field('teamId')}>
          {wide && <option value="">{t('ln.everybody')}</option>}
          {teams.map((x) => (
            <option key={x.id} value={x.id}>
              {x.name}
            </option>
          ))}
        </SelectField>
      )}
      <div className="ln-two">
        <TextField label={t('ln.from')} type="date" {...form.field('from')} />
        <TextField label={t('ln.to')} type="date" {...form.field('to')} />
      </div>
      <Field label={t('ln.freezeWhy')}>
        <textarea
          className="input"
          rows={3}
          maxLength={2000}
          value={form.values.why}
          onChange={(e) => form.set('why', e.target.value)}
        />
      </Field>
      <FormProblem>{form.problem}</FormProblem>
    </Dialog>
  );
}
