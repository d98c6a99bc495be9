import { useState } from 'react';
import type { Person } from '../../api/types';
import { ApiError, api } from '../../lib/api';
import { putData } from '../../lib/data';
import { useForm } from '../../lib/form';
import { localInput } from '../../lib/local-input';
import { toast, toastError } from '../../lib/notify';
import { browserZone } from '../../lib/time';
import { useOnce } from '../../lib/use-once';
import { Dialog } from '../../ui/Dialog';
import { FormProblem, SelectField, TextField } from '../../ui/FormField';
import { t } from './oncall-messages';
import { DUTY_ROLES, type Roster, type Shift } from './oncall-types';
import type { TeamDetail } from './types';

const BY_NAME = '-';
const WEEK = 7;

const daysOn = (at: string, days: number): string => {
  const d = new Date(at);
  d.setDate(d.getDate() + days);
  return localInput(d);
};

/** The first time that nobody has in this role: from where those who follow each other end, else from next Monday at
 *  nine, for a week or until somebody else begins. */
export function freeWeek(shifts: readonly Shift[], role: string, service: string, now = new Date()) {
  const taken = shifts
    .filter((s) => s.role === role && s.service === service.trim())
    .map((s) => ({ from: Date.parse(s.from), to: Date.parse(s.to) }))
    .sort((a, b) => a.from - b.from);
  const runs = taken.some((s) => s.from <= now.getTime() && s.to > now.getTime());
  const start = new Date(now);
  if (!runs) {
    start.setDate(start.getDate() + (8 - (start.getDay() || 7)));
    start.setHours(9, 0, 0, 0);
  }
  let free = start.getTime();
  for (const s of taken) if (s.from <= free && s.to > free) free = s.to;
  const from = localInput(new Date(free));
  const week = daysOn(from, WEEK);
  const next = taken.find((s) => s.from > free);
  const until = next && localInput(new Date(next.from));
  return { from, to: until && until < week ? until : week };
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
  // The values with which the server said that somebody has that time; sent again they replace.
  const [taken, setTaken] = useState('');
  const [timed, setTimed] = useState(false);
  const once = useOnce();
  const form = useForm({
    initial: {
      personId: '',
      name: '',
      role: 'primary',
      service: '',
      ...freeWeek(roster.shifts, 'primary', ''),
    },
    checks: {
      personId: (v) => !v && t('oc.form.whoNeeded'),
      name: (v, all) => all.personId === BY_NAME && !v.trim() && t('oc.form.nameNeeded'),
      from: (v) => !v && t('oc.form.timeNeeded'),
      to: (v, all) => (!v ? t('oc.form.timeNeeded') : v <= all.from && t('oc.form.toBefore')),
    },
    submit: async (v) => {
      const made = await send(v.role, v.service, {
        replace: replaces(v),
        ...(v.personId === BY_NAME ? { name: v.name.trim() } : { personId: v.personId }),
        from: new Date(v.from).toISOString(),
        to: new Date(v.to).toISOString(),
      }).catch((error) => {
        if (error instanceof ApiError && error.code === 'taken') setTaken(JSON.stringify(v));
        throw error;
      });
      putData<Roster>(path, () => made);
      const had = replaces(v) ? overlapped(v) : [];
      if (had.length > 0)
        toast({
          text: t('oc.replaced', { name: had.map((s) => s.name).join(', ') }),
          action: { label: t('oc.undo'), run: () => void putBack(made, v, had) },
        });
      onClose();
    },
  });
  /** Whose time it takes, as they have it until then. */
  const overlapped = (v: typeof form.values) =>
    roster.shifts.filter(
      (s) =>
        s.role === v.role &&
        s.service === v.service.trim() &&
        s.source === 'hand' &&
        Date.parse(s.from) < Date.parse(v.to) &&
        Date.parse(s.to) > Date.parse(v.from),
    );
  const putBack = async (made: Roster, v: typeof form.values, had: readonly Shift[]) => {
    const at = Date.parse(v.from);
    const own = made.shifts.find(
      (s) => s.role === v.role && s.service === v.service.trim() && Date.parse(s.from) === at,
    );
    try {
      if (own) await api.del(`/on-call/${own.id}`);
      let now = made;
      for (const { role, service, personId, name, from, to } of had)
        now = await api.post<Roster>(path, {
          role,
          service,
          ...(personId ? { personId } : { name }),
          from,
          to,
          replace: true,
        });
      putData<Roster>(path, () => now);
    } catch (error) {
      toastError(error);
    }
  };
  const replaces = (v: typeof form.values) => taken === JSON.stringify(v);
  const send = (role: string, service: string, more: object) => {
    const body = { role, service: service.trim(), ...more };
    return once(body, (key) => api.post<Roster>(path, body, { key }));
  };
  // As long as nobody chose a time, it is the first free one of what they chose.
  const duty = (name: 'role' | 'service') => {
    const field = form.field(name);
    return {
      ...field,
      onChange: (e: Parameters<typeof field.onChange>[0]) => {
        field.onChange(e);
        if (timed) return;
        const chosen = { ...form.values, [name]: e.target.value };
        const free = freeWeek(roster.shifts, chosen.role, chosen.service);
        form.set('from', free.from);
        form.set('to', free.to);
      },
    };
  };
  const time = (name: 'from' | 'to') => {
    const field = form.field(name);
    return {
      ...field,
      onChange: (e: Parameters<typeof field.onChange>[0]) => {
        setTimed(true);
        field.onChange(e);
      },
    };
  };
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
            {t(replaces(form.values) ? 'oc.form.replace' : 'oc.form.save')}
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
        <SelectField label={t('oc.form.role')} {...duty('role')}>
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
          {...duty('service')}
        />
        <datalist id="oc-services">
          {services.map((s) => (
            <option key={s} value={s} />
          ))}
        </datalist>
        <TextField label={t('oc.form.from')} type="datetime-local" {...time('from')} />
        <TextField label={t('oc.form.to')} type="datetime-local" min={form.values.from} {...time('to')} />
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
