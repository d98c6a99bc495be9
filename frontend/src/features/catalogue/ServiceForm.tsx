import { ApiError, api } from '../../lib/api';
import { refresh } from '../../lib/data';
import { useForm } from '../../lib/form';
import { hasRight, useMe } from '../../lib/session';
import { Dialog } from '../../ui/Dialog';
import { FormProblem, SelectField, TextField } from '../../ui/FormField';
import { linesOf, linksOf } from './links';
import { t } from './messages';
import { CRITICALITY, KINDS, MODELS, type Service } from './types';

/** A new service, or one that changes; a liaison changes what it is for and its links. */
export function ServiceForm({
  service,
  first,
  onDone,
  onClose,
}: {
  service?: Service;
  /** Where the focus begins; the name without. */
  first?: 'why';
  onDone: (service: Service) => void;
  onClose: () => void;
}) {
  const me = useMe();
  const teams = me.teams.filter((x) => hasRight(me, x.id, 'lead'));
  const all = !service || service.mayLead;
  const form = useForm({
    initial: {
      name: service?.name ?? '',
      teamId: service?.teamId ?? teams[0]?.id ?? '',
      description: service?.description ?? '',
      kind: service?.kind ?? 'digital',
      criticality: service?.criticality ?? 'standard',
      operatingModel: service?.operatingModel ?? 'team',
      operatingModelWhy: service?.operatingModelWhy ?? '',
      links: linesOf(service?.links ?? []),
    },
    checks: {
      name: (v) => !v.trim() && t('sv.nameNeed'),
      teamId: (v) => !v && t('sv.teamNeed'),
      // what was added before this was asked may stay without one, as long as nobody changes who runs it
      operatingModelWhy: (v, x) =>
        all &&
        !v.trim() &&
        (service?.operatingModelWhy !== '' || x.operatingModel !== service.operatingModel) &&
        t('sv.whyNeed'),
      links: (v) => {
        const bad = linksOf(v).findIndex((l) => !l);
        return bad >= 0 && t('sv.linksBad', { n: bad + 1 });
      },
    },
    submit: async (v) => {
      const links = linksOf(v.links).filter((l) => l !== undefined);
      const told = { description: v.description.trim(), links };
      const body = all
        ? {
            name: v.name.trim(),
            kind: v.kind,
            criticality: v.criticality,
            operatingModel: v.operatingModel,
            operatingModelWhy: v.operatingModelWhy.trim(),
            ...told,
          }
        : told;
      try {
        const saved = service
          ? await api.patch<Service>(`/services/${service.id}`, { ...body, version: service.version })
          : await api.post<Service>('/services', { ...body, teamId: v.teamId });
        void refresh('/services');
        onDone(saved);
      } catch (error) {
        if (error instanceof ApiError && error.code === 'stale') void refresh('/services');
        throw error;
      }
    },
  });
  return (
    <Dialog
      title={service ? service.name : t('sv.new')}
      onClose={onClose}
      onSubmit={() => void form.submit()}
      width={520}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('sv.cancel')}
          </button>
          <button type="submit" className="btn" data-busy={form.busy || undefined}>
            {t(service ? 'sv.save' : 'sv.add')}
          </button>
        </>
      }
    >
      {all && (
        <>
          <TextField
            label={t('sv.name')}
            data-autofocus={first ? undefined : true}
            maxLength={80}
            {...form.field('name')}
          />
          {!service && teams.length > 1 && (
            <SelectField label={t('sv.team')} {...form.field('teamId')}>
              {teams.map((x) => (
                <option key={x.id} value={x.id}>
                  {x.name}
                </option>
              ))}
            </SelectField>
          )}
          <Choice
            legend={t('sv.kind')}
            {...form.field('kind')}
            options={KINDS.map((k) => [k, t(`sv.kind.${k}`), t(`sv.kind.${k}.says`)])}
          />
          <Choice
            legend={t('sv.criticality')}
            row
            {...form.field('criticality')}
            options={CRITICALITY.map((k) => [k, t(`sv.criticality.${k}`)])}
          />
          <Choice
            legend={t('sv.model')}
            row
            {...form.field('operatingModel')}
            onChange={(e) => {
              form.field('operatingModel').onChange(e);
              // the reason for how it was run is none for how it is run now
              const same = e.target.value === service?.operatingModel;
              form.set('operatingModelWhy', same ? service.operatingModelWhy : '');
            }}
            options={MODELS.map((k) => [k, t(`sv.model.${k}`)])}
          />
          <Lines
            label={t('sv.why')}
            hint={t('sv.whyHint')}
            rows={2}
            maxLength={500}
            data-autofocus={first === 'why' || undefined}
            {...form.field('operatingModelWhy')}
          />
        </>
      )}
      <TextField label={t('sv.description')} maxLength={2000} {...form.field('description')} />
      <Lines label={t('sv.links')} hint={t('sv.linksHint')} rows={3} {...form.field('links')} />
      <FormProblem>{form.problem ?? (teams.length < 2 ? form.field('teamId').error : undefined)}</FormProblem>
    </Dialog>
  );
}

/** One of a few, all of them to be read at once. */
function Choice({
  legend,
  options,
  row,
  name,
  value,
  onChange,
}: {
  legend: string;
  /** Value, word, and what it means. */
  options: readonly (readonly [string, string, string?])[];
  row?: boolean;
  name: string;
  value: string;
  onChange: React.ChangeEventHandler<HTMLInputElement>;
}) {
  return (
    <fieldset className="sv-choice" data-row={row || undefined}>
      <legend className="field-label">{legend}</legend>
      {options.map(([v, word, says]) => (
        <label key={v} className="check-line">
          <input type="radio" name={name} value={v} checked={v === value} onChange={onChange} />
          <span>
            {word} {says && <small>{says}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Lines({
  label,
  hint,
  error,
  ...area
}: {
  label: string;
  hint: string;
  error: string | undefined;
} & React.TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return (
    <label className="field">
      <span className="field-label">{label}</span>
      <textarea className="input" aria-invalid={error ? true : undefined} {...area} />
      <span className={error ? 'field-error' : 'field-hint'} aria-live="polite">
        {error ?? hint}
      </span>
    </label>
  );
}
