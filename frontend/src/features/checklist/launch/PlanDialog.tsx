import { ChevronDown, ChevronUp, Plus, X } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { ApiError, api } from '../../../lib/api';
import { refresh } from '../../../lib/data';
import { Avatar } from '../../../ui/Avatar';
import { Dialog } from '../../../ui/Dialog';
import { FormProblem } from '../../../ui/FormField';
import { useTeamPeople } from '../AnswerEditor';
import type { Face } from '../types';
import { t } from './messages';
import type { Launch, Plan, Rollback, Section, Stage, StopRule, Watcher } from './types';

/** What is sent of a plan: without what only answers tell. */
const bare = (p: Plan): Plan => ({
  stages: p.stages.map(({ state: _, by: _b, at: _a, said: _s, ...s }) => ({
    ...s,
    goesOnWhen: s.goesOnWhen ?? '',
    on: s.on ?? '',
  })),
  stopRules: p.stopRules.map(({ people: _, ...r }) => r),
  watchers: p.watchers.map(({ person: _, ...w }) => w),
  rollback: p.rollback,
});

/** Writes one section of the plan; the others go along as they are. */
export function PlanDialog({
  v,
  edit,
  over,
  from,
  onDone,
  onClose,
}: {
  v: Launch;
  edit: Section;
  over?: Partial<Plan>;
  from?: string;
  onDone: (v: Launch) => void;
  onClose: () => void;
}) {
  const [mine, setMine] = useState<Plan>(() => ({ ...begun(v.plan, edit), ...over }));
  const [base, setBase] = useState<Launch>(v);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const team = useTeamPeople(v.checklist.team.id);
  const people = [
    ...new Map(
      [
        ...team,
        ...v.plan.watchers.flatMap((w) => (w.person ? [w.person] : [])),
        ...v.plan.stopRules.flatMap((r) => r.people ?? []),
      ].map((p) => [p.id, p]),
    ).values(),
  ];
  const save = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const plan = { ...base.plan, [edit]: mine[edit] };
      onDone(
        await api.put<Launch>(`/launches/${v.checklist.id}/plan`, { ...bare(plan), version: base.version }),
      );
      void refresh('/launches');
      onClose();
    } catch (error) {
      if (error instanceof ApiError && error.code === 'stale') {
        const current = error.extra.current as Launch | undefined;
        setBase(current ?? v);
        setProblem(t('ln.f.stale'));
      } else setProblem(sentence(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t(`ln.${edit}`)}
      width={edit === 'rollback' ? 560 : 760}
      onClose={onClose}
      onSubmit={() => void save()}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('ln.cancel')}
          </button>
          <button type="submit" className="btn" data-busy={busy || undefined}>
            {t('ln.save')}
          </button>
        </>
      }
    >
      <p className="quiet small">{from ? t('ln.f.fromChecklist', { key: from }) : t(`ln.${edit}Text`)}</p>
      {edit === 'stages' && (
        <Rows
          section={edit}
          rows={mine.stages}
          fixed={(s) => s.state !== undefined && s.state !== 'planned'}
          blank={(): Stage => ({ name: '', share: 100, holdHours: 24 })}
          onChange={(stages) => setMine({ ...mine, stages })}
          name={(s) => s.name}
        >
          {(s, put, fixed) => (
            <>
              <Input
                label={t('ln.f.name')}
                value={s.name}
                disabled={fixed}
                required
                onChange={(name) => put({ name })}
                grow
              />
              <Num
                label={t('ln.f.share')}
                value={s.share}
                max={100}
                disabled={fixed}
                onChange={(share) => put({ share })}
              />
              <Num
                label={t('ln.f.hold')}
                value={s.holdHours}
                max={2160}
                onChange={(holdHours) => put({ holdHours })}
              />
              <Input
                label={t('ln.f.on')}
                type="date"
                value={s.on ?? ''}
                disabled={fixed}
                onChange={(on) => put({ on })}
              />
              <Input
                label={t('ln.f.goesOn')}
                value={s.goesOnWhen ?? ''}
                onChange={(goesOnWhen) => put({ goesOnWhen })}
                wide
              />
              {fixed && <small className="quiet">{t('ln.f.begun')}</small>}
            </>
          )}
        </Rows>
      )}
      {edit === 'stopRules' && (
        <Rows
          section={edit}
          rows={mine.stopRules}
          blank={(): StopRule => ({ signal: '', threshold: '', personIds: [], withinMinutes: 5 })}
          onChange={(stopRules) => setMine({ ...mine, stopRules })}
          name={(r) => r.signal}
        >
          {(r, put) => (
            <>
              <Input
                label={t('ln.f.signal')}
                value={r.signal}
                required
                onChange={(signal) => put({ signal })}
                grow
              />
              <Input
                label={t('ln.f.threshold')}
                value={r.threshold}
                required
                onChange={(threshold) => put({ threshold })}
                grow
              />
              <Num
                label={t('ln.f.within')}
                value={r.withinMinutes}
                min={1}
                max={10_080}
                onChange={(withinMinutes) => put({ withinMinutes })}
              />
              <Acting people={people} chosen={r.personIds} onChange={(personIds) => put({ personIds })} />
            </>
          )}
        </Rows>
      )}
      {edit === 'watchers' && (
        <Rows
          section={edit}
          rows={mine.watchers}
          blank={(): Watcher => ({ personId: '', where: mine.watchers.at(-1)?.where ?? '', hours: 24 })}
          onChange={(watchers) => setMine({ ...mine, watchers })}
          name={(w) => people.find((p) => p.id === w.personId)?.name ?? ''}
        >
          {(w, put) => (
            <>
              <Labelled label={t('ln.f.person')} grow>
                {(id) => (
                  <select
                    id={id}
                    className="input sm"
                    required
                    value={w.personId}
                    onChange={(e) => put({ personId: e.target.value })}
                  >
                    <option value="">{t('ln.f.choose')}</option>
                    {people.map((p) => (
                      <option key={p.id} value={p.id}>
                        {p.name}
                      </option>
                    ))}
                  </select>
                )}
              </Labelled>
              <Input
                label={t('ln.f.where')}
                value={w.where ?? ''}
                onChange={(where) => put({ where })}
                grow
              />
              <Num label={t('ln.f.hours')} value={w.hours} max={2160} onChange={(hours) => put({ hours })} />
            </>
          )}
        </Rows>
      )}
      {edit === 'rollback' && (
        <Back
          r={mine.rollback}
          put={(next) => setMine({ ...mine, rollback: { ...mine.rollback, ...next } })}
        />
      )}
      <FormProblem>{problem}</FormProblem>
    </Dialog>
  );
}

function sentence(error: unknown): string {
  if (error instanceof ApiError && error.errors.length > 0)
    return error.errors.map((e) => e.message).join(' ');
  return error instanceof Error ? error.message : String(error);
}

/** An empty section begins with one row. */
function begun(p: Plan, edit: Section): Plan {
  if (edit === 'stages' && p.stages.length === 0)
    return { ...p, stages: [{ name: '', share: 0, holdHours: 24 }] };
  if (edit === 'stopRules' && p.stopRules.length === 0)
    return { ...p, stopRules: [{ signal: '', threshold: '', personIds: [], withinMinutes: 5 }] };
  if (edit === 'watchers' && p.watchers.length === 0)
    return { ...p, watchers: [{ personId: '', where: '', hours: 24 }] };
  return p;
}

function Rows<T extends object>({
  section,
  rows,
  fixed,
  blank,
  onChange,
  name,
  children,
}: {
  section: 'stages' | 'stopRules' | 'watchers';
  rows: readonly T[];
  fixed?: (row: T) => boolean;
  blank: () => T;
  onChange: (rows: T[]) => void;
  name: (row: T) => string;
  children: (row: T, put: (next: Partial<T>) => void, fixed: boolean) => ReactNode;
}) {
  const begun = fixed ? rows.filter(fixed).length : 0;
  const move = (at: number, to: number) => {
    const next = [...rows];
    const [row] = next.splice(at, 1);
    if (row) next.splice(to, 0, row);
    onChange(next);
  };
  return (
    <>
      <ol className="ln-rows">
        {rows.map((row, i) => {
          const what = name(row) || t(`ln.f.row.${section}`, { n: i + 1 });
          const still = i < begun;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row has no other name while it is written
            <li key={i} aria-label={what}>
              <div className="ln-fields">
                {children(
                  row,
                  (next) => onChange(rows.map((r, j) => (j === i ? { ...r, ...next } : r))),
                  still,
                )}
              </div>
              {!still && (
                <div className="ln-row-acts">
                  {section === 'stages' && (
                    <>
                      <button
                        type="button"
                        className="btn ghost sm icon"
                        aria-label={t('ln.f.up', { what })}
                        disabled={i <= begun}
                        onClick={() => move(i, i - 1)}
                      >
                        <ChevronUp size={15} aria-hidden />
                      </button>
                      <button
                        type="button"
                        className="btn ghost sm icon"
                        aria-label={t('ln.f.down', { what })}
                        disabled={i === rows.length - 1}
                        onClick={() => move(i, i + 1)}
                      >
                        <ChevronDown size={15} aria-hidden />
                      </button>
                    </>
                  )}
                  <button
                    type="button"
                    className="btn ghost sm icon"
                    aria-label={t('ln.f.remove', { what })}
                    onClick={() => onChange(rows.filter((_, j) => j !== i))}
                  >
                    <X size={15} aria-hidden />
                  </button>
                </div>
              )}
            </li>
          );
        })}
      </ol>
      {rows.length < 12 && (
        <button type="button" className="btn ghost sm ln-add" onClick={() => onChange([...rows, blank()])}>
          <Plus size={14} aria-hidden />
          {t(`ln.f.add.${section}`)}
        </button>
      )}
    </>
  );
}

function Back({ r, put }: { r: Rollback; put: (next: Partial<Rollback>) => void }) {
  return (
    <div className="ln-fields">
      <Labelled label={t('ln.f.steps')} wide>
        {(id) => (
          <textarea
            id={id}
            className="input"
            rows={6}
            maxLength={4000}
            data-autofocus
            value={r.steps}
            onChange={(e) => put({ steps: e.target.value })}
          />
        )}
      </Labelled>
      <Num
        label={t('ln.f.minutes')}
        value={r.minutes}
        max={100_000}
        onChange={(minutes) => put({ minutes })}
      />
      <Input
        label={t('ln.f.tried')}
        type="date"
        value={r.lastTriedOn ?? ''}
        onChange={(lastTriedOn) => put({ lastTriedOn })}
      />
      <Input label={t('ln.f.link')} type="url" value={r.link ?? ''} onChange={(link) => put({ link })} grow />
      <Input
        label={t('ln.f.noReturn')}
        value={r.pointOfNoReturn ?? ''}
        onChange={(pointOfNoReturn) => put({ pointOfNoReturn })}
        wide
      />
    </div>
  );
}

function Labelled({
  label,
  children,
  wide,
  grow,
}: {
  label: string;
  children: (id: string) => ReactNode;
  wide?: boolean;
  grow?: boolean;
}) {
  const id = useId();
  return (
    <span className="ln-f" data-wide={wide || undefined} data-grow={grow || undefined}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </span>
  );
}

function Input({
  label,
  value,
  onChange,
  wide,
  grow,
  ...more
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  wide?: boolean;
  grow?: boolean;
  type?: string;
  disabled?: boolean;
  required?: boolean;
}) {
  return (
    <Labelled label={label} wide={wide} grow={grow}>
      {(id) => (
        <input
          id={id}
          className="input sm"
          maxLength={400}
          value={value}
          onChange={(e) => onChange(e.target.value)}
          {...more}
        />
      )}
    </Labelled>
  );
}

function Num({
  label,
  value,
  max,
  min = 0,
  disabled,
  onChange,
}: {
  label: string;
  value: number;
  max: number;
  min?: number;
  disabled?: boolean;
  onChange: (value: number) => void;
}) {
  return (
    <Labelled label={label}>
      {(id) => (
        <input
          id={id}
          className="input sm num"
          type="number"
          min={min}
          max={max}
          step="any"
          required
          disabled={disabled}
          value={Number.isNaN(value) ? '' : value}
          onChange={(e) => onChange(e.target.valueAsNumber)}
        />
      )}
    </Labelled>
  );
}

function Acting({
  people,
  chosen,
  onChange,
}: {
  people: readonly Face[];
  chosen: readonly string[];
  onChange: (ids: string[]) => void;
}) {
  return (
    <fieldset className="ln-acting">
      <legend>{t('ln.f.people')}</legend>
      {people.map((p) => (
        <label key={p.id}>
          <input
            type="checkbox"
            checked={chosen.includes(p.id)}
            onChange={(e) =>
              onChange(e.target.checked ? [...chosen, p.id] : chosen.filter((x) => x !== p.id))
            }
          />
          <Avatar person={p} decorative /> {p.name}
        </label>
      ))}
    </fieldset>
  );
}
