import { useState } from 'react';
import type { Discipline } from '../../api/types';
import { api } from '../../lib/api';
import { refresh, useData } from '../../lib/data';
import { useForm } from '../../lib/form';
import { useMe } from '../../lib/session';
import { Dialog } from '../../ui/Dialog';
import { FormProblem, SelectField } from '../../ui/FormField';
import { disciplineName } from '../../ui/messages';
import { WeekdaysField } from '../../ui/WeekdaysField';
import './dialogs.css';
import { t } from './messages';
import { type Came, KINDS, type TeamAttendance } from './types';

interface Person {
  id: string;
  name: string;
  discipline: Discipline;
  active: boolean;
}

/** Which rituals of a team operations or security come to. A liaison agrees for themselves. */
export function AgreeDialog({ team, onClose }: { team: TeamAttendance; onClose: () => void }) {
  const me = useMe().person;
  const self = team.canAgree === 'self';
  const people = useData<{ items: Person[] }>(self ? null : '/people').data?.items ?? [];
  const [days, setDays] = useState<readonly number[]>([]);
  const mine: Came = me.discipline === 'security' ? 'security' : 'operations';
  const form = useForm({
    initial: {
      kind: team.rituals[0] ? `${team.rituals[0].kind}|${team.rituals[0].id}` : 'standup|',
      discipline: self ? mine : 'operations',
      personId: self ? me.id : '',
      every: '1',
    },
    submit: async (v) => {
      const [kind, seriesId] = v.kind.split('|');
      await api.post(`/teams/${team.id}/agreements`, {
        kind,
        seriesId: seriesId || undefined,
        discipline: v.discipline,
        personId: v.personId || undefined,
        weekdays: days.length ? [...days].sort() : undefined,
        every: Number(v.every),
      });
      await refresh('/calendar');
      onClose();
    },
  });
  const fit = people.filter((p) => p.active && p.discipline === form.values.discipline);
  return (
    <Dialog
      title={t('ag.title', { team: team.name })}
      onClose={onClose}
      onSubmit={() => void form.submit()}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('ag.cancel')}
          </button>
          <button type="submit" className="btn" data-busy={form.busy || undefined}>
            {t('ag.save')}
          </button>
        </>
      }
    >
      <FormProblem>{form.problem}</FormProblem>
      <SelectField label={t('ag.what')} data-autofocus {...form.field('kind')}>
        {team.rituals.length > 0 && (
          <optgroup label={t('ag.one')}>
            {team.rituals.map((r) => (
              <option key={r.id} value={`${r.kind}|${r.id}`}>
                {r.name}
              </option>
            ))}
          </optgroup>
        )}
        <optgroup label={t('ag.kind')}>
          {KINDS.map((k) => (
            <option key={k} value={`${k}|`}>
              {t(`ca.kinds.${k}`)}
            </option>
          ))}
        </optgroup>
      </SelectField>
      {!self && (
        <div className="ag-row">
          <SelectField
            label={t('ag.discipline')}
            {...form.field('discipline')}
            onChange={(e) => {
              form.field('discipline').onChange(e);
              form.set('personId', '');
            }}
          >
            <option value="operations">{disciplineName('operations')}</option>
            <option value="security">{disciplineName('security')}</option>
          </SelectField>
          <SelectField label={t('ag.who')} {...form.field('personId')}>
            <option value="">
              {t('ag.anybody', { discipline: disciplineName(form.values.discipline as Came).toLowerCase() })}
            </option>
            {fit.map((p) => (
              <option key={p.id} value={p.id}>
                {p.name}
              </option>
            ))}
          </SelectField>
        </div>
      )}
      <WeekdaysField label={t('ag.days')} days={days} onChange={setDays}>
        <p className="field-hint">{t('ag.daysHint')}</p>
      </WeekdaysField>
      <SelectField label={t('ag.every')} {...form.field('every')}>
        {(['1', '2', '3', '4'] as const).map((n) => (
          <option key={n} value={n}>
            {t(`ag.every.${n}`)}
          </option>
        ))}
      </SelectField>
    </Dialog>
  );
}
