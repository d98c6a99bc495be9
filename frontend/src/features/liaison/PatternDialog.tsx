import { useState } from 'react';
import { DISCIPLINES, type Discipline, type Person } from '../../api/types';
import { api } from '../../lib/api';
import { refresh, useData } from '../../lib/data';
import { useForm } from '../../lib/form';
import { toast } from '../../lib/notify';
import { Dialog } from '../../ui/Dialog';
import { FormProblem, SelectField, TextField } from '../../ui/FormField';
import { disciplineName } from '../../ui/messages';
import { t } from './messages';
import type { Covering, Seated, View } from './types';

const RITUALS = ['standup', 'replenishment', 'demo', 'retro', 'flow_review'] as const;
const PATTERNS = ['invited', 'liaison', 'embedded'] as const;
const USUAL = { invited: '3', liaison: '20', embedded: '80' } as const;

/** Who agrees to come to rituals, and is judged by that. */
const AGREES: ReadonlySet<string> = new Set<Covering>(['operations', 'security']);

const KEPT = ['deputyId', 'share', 'responseDays', 'reviewOn', 'purpose', 'exitCriteria'] as const;

export interface Asked {
  team: { id: string; name: string };
  /** Without one the dialog asks for it: somebody of product, quality, … */
  discipline?: Discipline;
  seats: readonly View[];
  /** What the recommendation says. */
  pattern?: Seated;
  /** Whose seat; else the first one's. */
  person?: string;
}

/** How somebody stands to a team: a new seat, or the contract of one there is. */
export function PatternDialog({ asked, onClose }: { asked: Asked; onClose: () => void }) {
  const { team, discipline, seats } = asked;
  const [seat, setSeat] = useState(asked.person ?? seats[0]?.person.id ?? '');
  const view = seats.find((s) => s.person.id === seat);
  return (
    <Form
      key={seat}
      asked={asked}
      view={view}
      choose={
        seats.length > 0 && (
          <SelectField
            name="seat"
            error={undefined}
            label={t('pt.seat')}
            value={seat}
            onChange={(e) => setSeat(e.target.value)}
          >
            {seats.map((s) => (
              <option key={s.person.id} value={s.person.id}>
                {s.person.name}
              </option>
            ))}
            <option value="">{t('pt.new')}</option>
          </SelectField>
        )
      }
      title={
        discipline
          ? t('pt.title', { team: team.name, discipline: disciplineName(discipline) })
          : t('pt.titleOther', { team: team.name })
      }
      onClose={onClose}
    />
  );
}

const between = (lo: number, hi: number) => (v: string) => {
  const n = Number(v);
  return !(Number.isInteger(n) && n >= lo && n <= hi);
};
const share = between(1, 100);
const days = between(1, 60);

function Form({
  asked: { team, discipline: given, pattern },
  view,
  choose,
  title,
  onClose,
}: {
  asked: Asked;
  view: View | undefined;
  choose: React.ReactNode;
  title: string;
  onClose: () => void;
}) {
  const people = useData<{ items: Person[] }>('/people').data?.items ?? [];
  const [ending, setEnding] = useState(false);
  const [rituals, setRituals] = useState<readonly string[]>([]);
  const begins = pattern ?? view?.pattern ?? 'liaison';
  const fresh = !view?.id; // a new seat, or an assignment that gets its first contract
  const initial = {
    discipline: given ?? ('product' as string),
    personId: view?.person.id ?? '',
    pattern: begins as string,
    deputyId: view?.deputy?.id ?? '',
    share:
      view?.share !== undefined && view.pattern === begins
        ? String(Math.round(100 * view.share))
        : USUAL[begins],
    responseDays: String(view?.responseDays || 3),
    reviewOn: view?.reviewOn ?? '',
    purpose: view?.purpose ?? '',
    exitCriteria: view?.exitCriteria ?? '',
    why: '',
  };
  /** Whether there is something to write down; a recommended pattern is a change before anybody types. */
  const changes = (v: typeof initial) =>
    fresh || v.pattern !== view.pattern || KEPT.some((k) => v[k].trim() !== initial[k].trim());
  const form = useForm({
    initial,
    checks: {
      personId: (v) => !v && t('pt.needWho'),
      share: (v) => share(v) && t('pt.number'),
      responseDays: (v) => days(v) && t('pt.daysNumber'),
      why: (v, all) => changes(all) && !v.trim() && t('pt.needWhy'),
    },
    submit: async (v) => {
      if (!changes(v)) {
        toast({ text: t('pt.same') });
        onClose();
        return;
      }
      const body = {
        pattern: v.pattern,
        // what was 12.5 % stays so until somebody types
        share:
          !fresh && v.share === initial.share && v.pattern === view.pattern
            ? undefined
            : Number(v.share) / 100,
        responseDays: Number(v.responseDays),
        reviewOn: v.reviewOn || undefined,
        purpose: v.purpose,
        exitCriteria: v.exitCriteria,
        why: v.why || undefined,
      };
      if (fresh)
        await api.post(`/teams/${team.id}/patterns`, {
          ...body,
          discipline: v.discipline,
          personId: v.personId,
          deputyId: v.deputyId || undefined,
          rituals: rituals.map((kind) => ({ kind, discipline: v.discipline })),
        });
      else
        await api.patch(`/patterns/${view.id}`, {
          ...body,
          deputyId: v.deputyId || null,
          version: view.version,
        });
      await refresh('/coverage', `/teams/${team.id}`, '/calendar');
      const name = people.find((p) => p.id === v.personId)?.name ?? '';
      toast({
        text: t('pt.saved', { name, pattern: t(`cv.pattern.${v.pattern as Seated}`), team: team.name }),
      });
      onClose();
    },
  });
  const { discipline } = form.values;
  const first = [...people]
    .filter((p) => p.active)
    .sort(
      (a, b) =>
        Number(b.discipline === discipline) - Number(a.discipline === discipline) ||
        a.name.localeCompare(b.name),
    );
  if (ending && view)
    return <End team={team} view={view} onClose={onClose} onBack={() => setEnding(false)} />;
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSubmit={() => void form.submit()}
      width={520}
      actions={
        <>
          {view && (
            <button type="button" className="btn ghost cv-end" onClick={() => setEnding(true)}>
              {t('pt.end')} …
            </button>
          )}
          <button type="button" className="btn line" onClick={onClose}>
            {t('pt.cancel')}
          </button>
          <button type="submit" className="btn" data-busy={form.busy || undefined}>
            {t('pt.save')}
          </button>
        </>
      }
    >
      <FormProblem>{form.problem}</FormProblem>
      {choose}
      {!given && (
        <SelectField label={t('pt.discipline')} data-autofocus {...form.field('discipline')}>
          {DISCIPLINES.filter((d) => !AGREES.has(d)).map((d) => (
            <option key={d} value={d}>
              {disciplineName(d)}
            </option>
          ))}
        </SelectField>
      )}
      {!view && (
        <SelectField label={t('pt.person')} data-autofocus {...form.field('personId')}>
          <option value="">{t('pt.choose')}</option>
          {first.map((p) => (
            <option key={p.id} value={p.id}>
              {p.name} ({disciplineName(p.discipline).toLowerCase()})
            </option>
          ))}
        </SelectField>
      )}
      <SelectField
        label={t('pt.pattern')}
        {...form.field('pattern')}
        onChange={(e) => {
          form.field('pattern').onChange(e);
          form.set('share', USUAL[e.target.value as Seated]);
        }}
      >
        {PATTERNS.map((p) => (
          <option key={p} value={p}>
            {t(`pt.pattern.${p}`)}
          </option>
        ))}
      </SelectField>
      <SelectField label={t('pt.deputy')} {...form.field('deputyId')}>
        <option value="">{t('pt.noDeputy')}</option>
        {first
          .filter((p) => p.id !== form.values.personId)
          .map((p) => (
            <option key={p.id} value={p.id}>
              {p.name} ({disciplineName(p.discipline).toLowerCase()})
            </option>
          ))}
      </SelectField>
      <div className="cv-three">
        <TextField label={t('pt.share')} inputMode="numeric" {...form.field('share')} />
        <TextField label={t('pt.days')} inputMode="numeric" {...form.field('responseDays')} />
        <TextField label={t('pt.review')} type="date" {...form.field('reviewOn')} />
      </div>
      {!AGREES.has(discipline) ? null : fresh ? (
        <fieldset className="cv-kinds">
          <legend>{t('pt.rituals')}</legend>
          {RITUALS.map((k) => (
            <button
              key={k}
              type="button"
              className="chip"
              aria-pressed={rituals.includes(k)}
              onClick={() => setRituals((r) => (r.includes(k) ? r.filter((x) => x !== k) : [...r, k]))}
            >
              {t(`pt.ritual.${k}`)}
            </button>
          ))}
        </fieldset>
      ) : (
        <p className="small quiet">{t('pt.ritualsNow')}</p>
      )}
      <TextField
        label={t('pt.purpose')}
        aside={t('pt.optional')}
        maxLength={1000}
        {...form.field('purpose')}
      />
      <TextField
        label={t('pt.exit')}
        aside={t('pt.optional')}
        hint={t('pt.exitHint')}
        maxLength={1000}
        {...form.field('exitCriteria')}
      />
      <TextField label={t('pt.why')} hint={t('pt.whyHint')} maxLength={300} {...form.field('why')} />
    </Dialog>
  );
}

function End({
  team,
  view,
  onClose,
  onBack,
}: {
  team: { id: string };
  view: View;
  onClose: () => void;
  onBack: () => void;
}) {
  const form = useForm({
    initial: { why: '' },
    checks: { why: (v) => !v.trim() && t('pt.needWhy') },
    submit: async ({ why }) => {
      // one of before contracts has nothing to end but the assignment
      if (view.id) await api.post(`/patterns/${view.id}/end`, { why });
      else await api.del(`/teams/${team.id}/liaisons/${view.person.id}?why=${encodeURIComponent(why)}`);
      await refresh('/coverage', `/teams/${team.id}`, '/calendar');
      toast({ text: t('pt.ended', { name: view.person.name }) });
      onClose();
    },
  });
  return (
    <Dialog
      title={t('pt.endTitle', { name: view.person.name })}
      onClose={onClose}
      onSubmit={() => void form.submit()}
      actions={
        <>
          <button type="button" className="btn line" onClick={onBack}>
            {t('pt.cancel')}
          </button>
          <button type="submit" className="btn danger" data-busy={form.busy || undefined}>
            {t('pt.end')}
          </button>
        </>
      }
    >
      <FormProblem>{form.problem}</FormProblem>
      <p>{t('pt.endText')}</p>
      <TextField label={t('pt.why')} data-autofocus maxLength={300} {...form.field('why')} />
    </Dialog>
  );
}
