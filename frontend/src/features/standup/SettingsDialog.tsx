import { useState } from 'react';
import { api } from '../../lib/api';
import { useForm } from '../../lib/form';
import { browserZone } from '../../lib/time';
import { Dialog } from '../../ui/Dialog';
import { FormProblem, TextField } from '../../ui/FormField';
import { WeekdaysField } from '../../ui/WeekdaysField';
import { t } from './messages';
import type { Series, StandupView } from './types';
import { panelScale } from './walk';

const MODES = ['walk', 'round_robin', 'async'] as const;

/** When it is, how long it is meant to take, where one joins, and on what it is shown. For leads. */
export function SettingsDialog({
  series,
  onSaved,
  onClose,
}: {
  series: Series;
  onSaved: (v: StandupView) => void;
  onClose: () => void;
}) {
  const [mode, setMode] = useState(series.mode);
  const [days, setDays] = useState<readonly number[]>(series.schedule?.days ?? []);
  // Of when the form was filled: the series follows what others change, which is not to be written over.
  const [version] = useState(series.version);
  const form = useForm({
    initial: {
      name: series.name,
      boxMinutes: String(series.boxMinutes),
      answerHours: String(series.answerHours),
      at: series.schedule?.at ?? '09:30',
      timeZone: series.schedule?.timeZone ?? browserZone(),
      meetingUrl: series.meetingUrl ?? '',
      panelInches: String(series.panelInches),
      distanceM: String(series.distanceM),
    },
    checks: {
      name: (v) => !v.trim() && t('ss.nameNeeded'),
      answerHours: (v) => !(Number(v) >= 1 && Number(v) <= 12) && t('ss.hoursWrong'),
      at: () => mode === 'async' && days.length === 0 && t('ss.daysNeeded'),
      boxMinutes: (v) => !(Number(v) >= 1 && Number(v) <= 120) && t('ss.boxWrong'),
    },
    submit: async (v) => {
      const saved = await api.patch<StandupView>(`/standups/${series.id}`, {
        name: v.name.trim(),
        mode,
        boxMinutes: Number(v.boxMinutes),
        answerHours: Math.round(Number(v.answerHours)),
        schedule: days.length ? { days: [...days].sort(), at: v.at, timeZone: v.timeZone } : null,
        meetingUrl: v.meetingUrl.trim() || null,
        panelInches: Math.round(Number(v.panelInches)),
        distanceM: Number(v.distanceM),
        version,
      });
      onSaved(saved);
      onClose();
    },
  });
  const scale = panelScale(Number(form.values.panelInches), Number(form.values.distanceM));
  return (
    <Dialog
      title={t('ss.title')}
      width={520}
      onClose={onClose}
      onSubmit={() => void form.submit()}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('ss.cancel')}
          </button>
          <button type="submit" className="btn" data-busy={form.busy || undefined}>
            {t('ss.save')}
          </button>
        </>
      }
    >
      <FormProblem>{form.problem}</FormProblem>
      <TextField label={t('ss.name')} maxLength={80} data-autofocus {...form.field('name')} />
      <fieldset className="ss-mode">
        <legend>{t('ss.mode')}</legend>
        {MODES.map((m) => (
          <label key={m}>
            <input type="radio" name="mode" checked={mode === m} onChange={() => setMode(m)} />
            <span>
              {t(`ss.mode.${m}`)}
              <small>{t(`ss.mode.${m}.says`)}</small>
            </span>
          </label>
        ))}
        {mode !== series.mode && <p className="field-hint">{t('ss.modeNext')}</p>}
      </fieldset>
      <WeekdaysField label={t('ss.days')} days={days} onChange={setDays} />
      <div className="ss-row">
        <TextField label={t('ss.at')} type="time" {...form.field('at')} />
        <TextField label={t('ss.zone')} list="ss-zones" {...form.field('timeZone')} />
        <datalist id="ss-zones">
          {Intl.supportedValuesOf('timeZone').map((z) => (
            <option key={z} value={z} />
          ))}
        </datalist>
      </div>
      {mode === 'async' ? (
        <TextField
          label={t('ss.hours')}
          hint={t('ss.hoursHint')}
          inputMode="numeric"
          {...form.field('answerHours')}
        />
      ) : (
        <TextField
          label={t('ss.box')}
          hint={t('ss.boxHint')}
          inputMode="numeric"
          {...form.field('boxMinutes')}
        />
      )}
      <TextField
        label={t('ss.call')}
        hint={t('ss.callHint')}
        type="url"
        maxLength={1000}
        {...form.field('meetingUrl')}
      />
      <div className="ss-row">
        <TextField label={t('ss.panel')} inputMode="numeric" {...form.field('panelInches')} />
        <TextField label={t('ss.distance')} inputMode="decimal" {...form.field('distanceM')} />
      </div>
      <p className="field-hint">{t('ss.scale', { n: Math.round(scale * 100) })}</p>
    </Dialog>
  );
}
