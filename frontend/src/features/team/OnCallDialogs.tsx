import type { Person } from '../../api/types';
import { api } from '../../lib/api';
import { putData } from '../../lib/data';
import { useForm } from '../../lib/form';
import { localInput } from '../../lib/local-input';
import { browserZone } from '../../lib/time';
import { Dialog } from '../../ui/Dialog';
import { FormProblem, SelectField, TextField } from '../../ui/FormField';
import { t } from './oncall-messages';
import { DUTY_ROLES, type Roster } from './oncall-types';
import type { TeamDetail } from './types';

const BY_NAME = '-';
const WEEK = 7;

const daysOn = (at: string, days: number): string => {
  const d = new Date(at);
  d.setDate(d.getDate() + days);
  return localInput(d);
};

/** Shifts follow each other: the next begins where the last one of its kind ends, else with the next hour. */
function startOf(roster: Roster, role: string, service: string): string {
  const ends = roster.shifts.filter((s) => s.role === role && s.service === service.trim()).map((s) => s.to);
  const last = ends.sort().at(-1);
  if (last) return localInput(new Date(last));
  const d = new Date();
  d.setHours(d.getHours() + 1, 0, 0, 0);
  return localInput(d);
}

export function ShiftDialog({
  team,
  people,
  roster,
  path,
  onClose,
}: {
  team: TeamDetail;
  people: readonly Person[];
  roster: Roster;
  path: string;
  onClose: () => void;
}) {
  const from = startOf(roster, 'primary', '');
  const form = useForm({
    initial: { personId: '', name: '', role: 'primary', service: '', from, to: daysOn(from, WEEK) },
    checks: {
      personId: (v) => !v && t('oc.form.whoNeeded'),
      name: (v, all) => all.personId === BY_NAME && !v.trim() && t('oc.form.nameNeeded'),
      from: (v) => !v && t('oc.form.timeNeeded'),
      to: (v, all) => (!v ? t('oc.form.timeNeeded') : v <= all.from && t('oc.form.toBefore')),
    },
    submit: async (v) => {
      const made = await api.post<Roster>(path, {
        service: v.service.trim(),
        role: v.role,
        ...(v.personId === BY_NAME ? { name: v.name.trim() } : { personId: v.personId }),
        from: new Date(v.from).toISOString(),
        to: new Date(v.to).toISOString(),
      });
      putData<Roster>(path, () => made);
      onClose();
    },
  });
  const own = new Set([...team.members, ...team.liaisons].map((m) => m.person.id));
  const active = people.filter((p) => p.active);
  const option = (p: Person) => (
    <option key={p.id} value={p.id}>
      {p.name}
    </option>
  );
  const services = [...new Set(roster.shifts.map((s) => s.service).filter(Boolean))];
  return (
    <Dialog
      title={t('oc.form.title')}
      width={540}
      onClose={onClose}
      onSubmit={() => void form.submit()}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('oc.form.cancel')}
          </button>
          <button type="submit" className="btn" data-busy={form.busy || undefined}>
            {t('oc.form.save')}
          </button>
        </>
      }
    >
      <FormProblem>{form.problem}</FormProblem>
      <SelectField label={t('oc.form.who')} data-autofocus {...form.field('personId')}>
        <option value="" />
        <optgroup label={t('oc.form.team')}>{active.filter((p) => own.has(p.id)).map(option)}</optgroup>
        <optgroup label={t('oc.form.others')}>{active.filter((p) => !own.has(p.id)).map(option)}</optgroup>
        <option value={BY_NAME}>{t('oc.form.byName')}</option>
      </SelectField>
      {form.values.personId === BY_NAME && (
        <TextField label={t('oc.form.name')} maxLength={80} autoComplete="off" {...form.field('name')} />
      )}
      <div className="oc-two">
        <SelectField label={t('oc.form.role')} {...form.field('role')}>
          {DUTY_ROLES.map((r) => (
            <option key={r} value={r}>
              {t(`oc.role.${r}`)}
            </option>
          ))}
        </SelectField>
        <TextField
          label={t('oc.form.service')}
          aside={t('oc.form.optional')}
          hint={t('oc.form.serviceHint')}
          maxLength={60}
          list="oc-services"
          autoComplete="off"
          {...form.field('service')}
        />
        <datalist id="oc-services">
          {services.map((s) => (
            <option key={s} value={s} />
          ))}
        </datalist>
        <TextField label={t('oc.form.from')} type="datetime-local" {...form.field('from')} />
        <TextField
          label={t('oc.form.to')}
          type="datetime-local"
          min={form.values.from}
          {...form.field('to')}
        />
      </div>
      <p className="field-hint">{t('oc.form.zone', { zone: browserZone() })}</p>
    </Dialog>
  );
}

export function CalendarDialog({ path, onClose }: { path: string; onClose: () => void }) {
  const form = useForm({
    initial: { url: '', role: 'primary', service: '' },
    checks: { url: (v) => !/^(https?|webcal):\/\/\S+$/.test(v.trim()) && t('oc.cal.urlNeeded') },
    submit: async (v) => {
      const made = await api.put<Roster>(`${path}/calendar`, {
        service: v.service.trim(),
        role: v.role,
        url: v.url.trim(),
      });
      putData<Roster>(path, () => made);
      onClose();
    },
  });
  return (
    <Dialog
      title={t('oc.cal.title')}
      width={480}
      onClose={onClose}
      onSubmit={() => void form.submit()}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('oc.form.cancel')}
          </button>
          <button type="submit" className="btn" data-busy={form.busy || undefined}>
            {t('oc.cal.save')}
          </button>
        </>
      }
    >
      <FormProblem>{form.problem}</FormProblem>
      <p className="small">{t('oc.cal.text')}</p>
      <TextField
        label={t('oc.cal.url')}
        hint={t('oc.cal.urlHint')}
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        {...form.field('url')}
      />
      <div className="oc-two">
        <SelectField label={t('oc.form.role')} {...form.field('role')}>
          {DUTY_ROLES.map((r) => (
            <option key={r} value={r}>
              {t(`oc.role.${r}`)}
            </option>
          ))}
        </SelectField>
        <TextField
          label={t('oc.form.service')}
          aside={t('oc.form.optional')}
          hint={t('oc.form.serviceHint')}
          maxLength={60}
          autoComplete="off"
          {...form.field('service')}
        />
      </div>
    </Dialog>
  );
}
