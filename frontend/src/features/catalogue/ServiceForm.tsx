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
  onDone,
  onClose,
}: {
  service?: Service;
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
      kind: service?.kind ?? 'application',
      criticality: service?.criticality ?? 'standard',
      operatingModel: service?.operatingModel ?? 'team',
      links: linesOf(service?.links ?? []),
    },
    checks: {
      name: (v) => !v.trim() && t('sv.nameNeed'),
      teamId: (v) => !v && t('sv.teamNeed'),
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
          <TextField label={t('sv.name')} data-autofocus maxLength={80} {...form.field('name')} />
          {!service && teams.length > 1 && (
            <SelectField label={t('sv.team')} {...form.field('teamId')}>
              {teams.map((x) => (
                <option key={x.id} value={x.id}>
                  {x.name}
                </option>
              ))}
            </SelectField>
          )}
          <div className="form-row">
            <SelectField label={t('sv.kind')} {...form.field('kind')}>
              {KINDS.map((k) => (
                <option key={k} value={k}>
                  {t(`sv.kind.${k}`)}
                </option>
              ))}
            </SelectField>
            <SelectField label={t('sv.criticality')} {...form.field('criticality')}>
              {CRITICALITY.map((k) => (
                <option key={k} value={k}>
                  {t(`sv.criticality.${k}`)}
                </option>
              ))}
            </SelectField>
            <SelectField label={t('sv.model')} {...form.field('operatingModel')}>
              {MODELS.map((k) => (
                <option key={k} value={k}>
                  {t(`sv.model.${k}`)}
                </option>
              ))}
            </SelectField>
          </div>
        </>
      )}
      <TextField label={t('sv.description')} maxLength={2000} {...form.field('description')} />
      <Lines label={t('sv.links')} hint={t('sv.linksHint')} {...form.field('links')} />
      <FormProblem>{form.problem ?? (teams.length < 2 ? form.field('teamId').error : undefined)}</FormProblem>
    </Dialog>
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
      <textarea className="input" rows={3} aria-invalid={error ? true : undefined} {...area} />
      <span className={error ? 'field-error' : 'field-hint'} aria-live="polite">
        {error ?? hint}
      </span>
    </label>
  );
}
