import { ArrowLeft, Plus, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { api } from '../../lib/api';
import { refresh, useData } from '../../lib/data';
import { useForm } from '../../lib/form';
import { Dialog } from '../../ui/Dialog';
import { FormProblem, SelectField, TextField } from '../../ui/FormField';
import { t } from './template-messages';
import type { Column, Template } from './types';

const MOST = 6;
const COLORS = ['green', 'red', 'amber', 'blue', 'violet', 'teal', 'grey'] as const;

type Draft = Pick<Column, 'title' | 'prompt' | 'color'> & { icon?: string; id: number };

/** A template of a team's own: made anew, from a copy of another one, or changed. */
export function TemplateDialog({
  teams,
  of,
  onClose,
}: {
  teams: readonly { id: string; name: string }[];
  of?: Template;
  onClose: () => void;
}) {
  const [teamId, setTeamId] = useState(teams[0]?.id ?? '');
  const shipped = useData<{ items: Template[] }>(of ? null : '/retro-templates').data?.items ?? [];
  const [from, setFrom] = useState('');
  const last = useRef(0);
  const draft = (c: Omit<Draft, 'id'>): Draft => ({ ...c, id: ++last.current });
  const [columns, setColumns] = useState<Draft[]>(() =>
    (of?.columns ?? [{ title: '', prompt: '', color: 'green' as const }]).map((c) => draft(c)),
  );
  const [missing, setMissing] = useState(false);
  const form = useForm({
    initial: {
      name: of?.name ?? '',
      whenToUse: of?.whenToUse ?? '',
      minutes: String(of?.defaultMinutes ?? 60),
      question: of?.question ?? '',
    },
    checks: {
      name: (v) => !v.trim() && t('rm.nameNeeded'),
      minutes: (v) => !(Number(v) >= 1 && Number(v) <= 480) && t('rm.minutesBad'),
    },
    submit: async (v) => {
      if (columns.some((c) => !c.title.trim())) return setMissing(true);
      const body = {
        name: v.name.trim(),
        whenToUse: v.whenToUse.trim(),
        question: v.question.trim(),
        defaultMinutes: Math.round(Number(v.minutes)),
        columns: columns.map(({ id: _, ...c }) => c),
      };
      if (of) await api.patch(`/retro-templates/${of.key}`, { ...body, version: of.version });
      else await api.post(`/teams/${teamId}/retro-templates`, body);
      await refresh(`/teams/${teamId}/retro-templates`, '/retro-templates');
      onClose();
    },
  });
  const begin = (key: string) => {
    setFrom(key);
    const x = shipped.find((s) => s.key === key);
    if (!x) return;
    form.set('whenToUse', x.whenToUse);
    form.set('minutes', String(x.defaultMinutes));
    form.set('question', x.question);
    if (!form.values.name.trim()) form.set('name', x.name);
    setColumns(x.columns.slice(0, MOST).map(({ key: _, ...c }) => draft(c)));
  };
  const put = (id: number, change: Partial<Draft>) =>
    setColumns(columns.map((c) => (c.id === id ? { ...c, ...change } : c)));
  return (
    <Dialog
      title={of ? t('rm.edit', { name: of.name }) : t('rm.new')}
      width={620}
      onClose={onClose}
      onSubmit={() => void form.submit()}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('rt.cancel')}
          </button>
          <button type="submit" className="btn" data-busy={form.busy || undefined}>
            {t(of ? 'rt.save' : 'rm.make')}
          </button>
        </>
      }
    >
      <FormProblem>{form.problem}</FormProblem>
      {!of && (
        <div className="form-row">
          <SelectField
            name="from"
            label={t('rm.from')}
            error={undefined}
            value={from}
            onChange={(e) => begin(e.target.value)}
          >
            <option value="">{t('rm.empty')}</option>
            {shipped.map((s) => (
              <option key={s.key} value={s.key}>
                {s.name}
              </option>
            ))}
          </SelectField>
          {teams.length > 1 && (
            <SelectField
              name="team"
              label={t('rm.team')}
              error={undefined}
              value={teamId}
              onChange={(e) => setTeamId(e.target.value)}
            >
              {teams.map((x) => (
                <option key={x.id} value={x.id}>
                  {x.name}
                </option>
              ))}
            </SelectField>
          )}
        </div>
      )}
      <TextField label={t('rm.name')} maxLength={120} data-autofocus {...form.field('name')} />
      <TextField label={t('rm.when')} maxLength={300} {...form.field('whenToUse')} />
      <div className="form-row">
        <TextField label={t('rm.question')} maxLength={200} {...form.field('question')} />
        <TextField label={t('rm.minutes')} type="number" min={1} max={480} {...form.field('minutes')} />
      </div>
      <fieldset className="rm-cols">
        <legend>{t('rm.columns')}</legend>
        <ol>
          {columns.map((c, i) => {
            const n = i + 1;
            return (
              <li key={c.id}>
                <span className="rm-color">
                  <i className="rt-dot" data-c={c.color} aria-hidden="true" />
                  <select
                    aria-label={t('rm.color', { n })}
                    value={c.color}
                    onChange={(e) => put(c.id, { color: e.target.value as Column['color'] })}
                  >
                    {COLORS.map((x) => (
                      <option key={x} value={x}>
                        {t(`rm.${x}`)}
                      </option>
                    ))}
                  </select>
                </span>
                <input
                  className="input"
                  aria-label={t('rm.colTitle', { n })}
                  placeholder={t('rm.column', { n })}
                  aria-invalid={(missing && !c.title.trim()) || undefined}
                  maxLength={60}
                  value={c.title}
                  onChange={(e) => put(c.id, { title: e.target.value })}
                />
                <input
                  className="input"
                  aria-label={t('rm.prompt', { n })}
                  placeholder={t('rm.promptHint')}
                  maxLength={200}
                  value={c.prompt}
                  onChange={(e) => put(c.id, { prompt: e.target.value })}
                />
                <span className="rm-acts">
                  <button
                    type="button"
                    className="btn ghost sm icon"
                    aria-label={t('rm.up', { n })}
                    title={t('rm.up', { n })}
                    disabled={i === 0}
                    onClick={() => setColumns(columns.toSpliced(i, 1).toSpliced(i - 1, 0, c))}
                  >
                    <ArrowLeft size={14} aria-hidden />
                  </button>
                  <button
                    type="button"
                    className="btn ghost sm icon"
                    aria-label={t('rm.remove', { n })}
                    title={t('rm.remove', { n })}
                    disabled={columns.length === 1}
                    onClick={() => setColumns(columns.filter((x) => x !== c))}
                  >
                    <X size={15} aria-hidden />
                  </button>
                </span>
              </li>
            );
          })}
        </ol>
        {missing && columns.some((c) => !c.title.trim()) && (
          <p className="field-error" role="alert">
            {t('rm.titleNeeded')}
          </p>
        )}
        {columns.length < MOST && (
          <button
            type="button"
            className="btn soft sm"
            onClick={() =>
              setColumns([
                ...columns,
                draft({ title: '', prompt: '', color: COLORS[columns.length] ?? 'grey' }),
              ])
            }
          >
            <Plus size={14} aria-hidden />
            {t('rm.add')}
          </button>
        )}
        {of && <p className="small quiet">{t('rm.runs')}</p>}
      </fieldset>
    </Dialog>
  );
}
