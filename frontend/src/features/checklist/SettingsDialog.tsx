import { useState } from 'react';
import { ApiError, api } from '../../lib/api';
import { refresh, useData } from '../../lib/data';
import { useForm } from '../../lib/form';
import { Dialog } from '../../ui/Dialog';
import { FormProblem, SelectField, TextField } from '../../ui/FormField';
import { t } from './messages';
import { useRoom } from './room';
import { LEVELS, PHASES } from './types';
import { nameOf } from './words';

/** Level, phase, launch day and services: what is asked, and whose answers are inherited. */
export function SettingsDialog({ onClose }: { onClose: () => void }) {
  const { live, view } = useRoom();
  const services = useData<{ items: { id: string; name: string }[] }>(
    view.kind === 'service' ? null : `/services?teamId=${view.team.id}`,
  );
  const [chosen, setChosen] = useState(() => view.services.map((s) => s.id));
  const all = [
    ...new Map([...view.services, ...(services.data?.items ?? [])].map((s) => [s.id, s])).values(),
  ];
  const form = useForm({
    initial: { name: view.name, level: view.level, phase: view.phase, launchOn: view.launchOn ?? '' },
    checks: { name: (v) => !v.trim() && t('ck.set.nameNeed') },
    submit: async (v) => {
      const body = {
        version: view.version,
        ...(v.name.trim() !== view.name ? { name: v.name.trim() } : {}),
        ...(v.level !== view.level ? { level: v.level } : {}),
        ...(v.phase !== view.phase ? { phase: v.phase } : {}),
        ...(v.launchOn !== (view.launchOn ?? '') ? { launchOn: v.launchOn || null } : {}),
        ...(view.kind !== 'service' &&
        !sameSet(
          chosen,
          view.services.map((s) => s.id),
        )
          ? { services: chosen }
          : {}),
      };
      try {
        await api.patch(`/checklists/${live.id}`, body);
      } catch (error) {
        if (error instanceof ApiError && error.code === 'stale') live.again();
        throw error;
      }
      live.again();
      void refresh('/checklists');
      onClose();
    },
  });
  return (
    <Dialog
      title={t('ck.set.title')}
      onClose={onClose}
      onSubmit={() => void form.submit()}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('ck.cancel')}
          </button>
          <button type="submit" className="btn" data-busy={form.busy || undefined}>
            {t('ck.save')}
          </button>
        </>
      }
    >
      {view.kind === 'launch' && (
        <TextField label={t('ck.set.name')} maxLength={200} {...form.field('name')} />
      )}
      <div className="form-row">
        <SelectField label={t('ck.level')} hint={t('ck.set.levelHint')} {...form.field('level')}>
          {LEVELS.map((l) => (
            <option key={l} value={l}>
              {t(`ck.level.${l}`)}
            </option>
          ))}
        </SelectField>
        <SelectField label={t('ck.phase')} hint={t('ck.set.phaseHint')} {...form.field('phase')}>
          {PHASES.map((p) => (
            <option key={p} value={p}>
              {t(`ck.phase.${p}`)}
            </option>
          ))}
        </SelectField>
      </div>
      {view.kind !== 'service' && (
        <TextField label={t('ck.set.launchOn')} type="date" {...form.field('launchOn')} />
      )}
      {view.kind !== 'service' && all.length > 0 && (
        <fieldset>
          <legend className="field-label">{t('ck.services')}</legend>
          {all.map((s) => (
            <label key={s.id} className="ck-line">
              <input
                type="checkbox"
                checked={chosen.includes(s.id)}
                onChange={(e) =>
                  setChosen((old) => (e.target.checked ? [...old, s.id] : old.filter((x) => x !== s.id)))
                }
              />
              {nameOf(s)}
            </label>
          ))}
          <p className="field-hint">{t('ck.set.servicesHint')}</p>
        </fieldset>
      )}
      <FormProblem>{form.problem}</FormProblem>
    </Dialog>
  );
}

const sameSet = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((x) => b.includes(x));
