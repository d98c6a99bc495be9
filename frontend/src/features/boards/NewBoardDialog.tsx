import type { ColumnKind, MyTeam, Wip } from '../../api/types';
import { api } from '../../lib/api';
import { refresh, useData } from '../../lib/data';
import { useForm } from '../../lib/form';
import { browserZone } from '../../lib/time';
import { Beam } from '../../ui/Beam';
import { Dialog } from '../../ui/Dialog';
import { FormProblem, SelectField, TextField } from '../../ui/FormField';
import { t } from './messages';

interface Template {
  key: string;
  name: string;
  about: string;
  columns: { name: string; kind: ColumnKind; wip?: Wip | null; checks?: string[] }[];
  lanes: { name: string }[];
}

/** `teams`: those that this person leads. `onMade` gets the new board's id. */
export function NewBoardDialog({
  teams,
  teamId,
  onMade,
  onClose,
}: {
  teams: readonly MyTeam[];
  teamId?: string;
  onMade: (id: string) => void;
  onClose: () => void;
}) {
  const { data } = useData<{ items: Template[] }>('/board-templates');
  const form = useForm({
    initial: {
      teamId: teamId ?? teams[0]?.id ?? '',
      name: '',
      template: 'delivery',
      visibility: 'workspace',
    },
    checks: { name: (v) => !v.trim() && t('boards.new.need') },
    submit: async ({ teamId, name, template, visibility }) => {
      const made = await api.post<{ id: string } | { board: { id: string } }>('/boards', {
        teamId,
        name: name.trim(),
        visibility,
        timeZone: browserZone(),
        template,
      });
      await refresh('/boards');
      onMade('board' in made ? made.board.id : made.id);
    },
  });
  return (
    <Dialog
      title={t('boards.new')}
      onClose={onClose}
      width={620}
      onSubmit={() => void form.submit()}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('boards.new.cancel')}
          </button>
          <button type="submit" className="btn" disabled={form.busy} data-busy={form.busy || undefined}>
            {t('boards.new.do')}
          </button>
        </>
      }
    >
      <FormProblem>{form.problem}</FormProblem>
      <TextField
        {...form.field('name')}
        label={t('boards.new.name')}
        hint={t('boards.new.nameHint')}
        autoComplete="off"
      />
      <div className="form-row">
        <SelectField {...form.field('teamId')} label={t('boards.new.team')}>
          {teams.map((team) => (
            <option key={team.id} value={team.id}>
              {team.name}
            </option>
          ))}
        </SelectField>
        <SelectField {...form.field('visibility')} label={t('boards.new.visibility')}>
          <option value="workspace">{t('boards.new.workspace')}</option>
          <option value="team">{t('boards.new.teamOnly')}</option>
        </SelectField>
      </div>
      <fieldset className="pick">
        <legend>{t('boards.new.template')}</legend>
        {(data?.items ?? []).map((p) => (
          <label key={p.key} className="pick-a">
            <input
              type="radio"
              name="template"
              checked={form.values.template === p.key}
              onChange={() => form.set('template', p.key)}
            />
            <span>
              <b>{p.name}</b>
              <small>
                {p.about}
                {extras(p)}
              </small>
              <span className="pick-cols">
                {p.columns.map((c) => (
                  <span key={c.name}>
                    <span>{c.name}</span>
                    <Beam mix="" max={c.wip?.max ?? undefined} height={14} />
                  </span>
                ))}
              </span>
            </span>
          </label>
        ))}
        <p className="field-hint">{t('boards.new.templateHint')}</p>
      </fieldset>
    </Dialog>
  );
}

function extras(p: Template): string {
  const n = p.columns.reduce((sum, c) => sum + (c.checks?.length ?? 0), 0);
  const parts: string[] = [];
  if (p.lanes.length > 0) parts.push(t('boards.new.lanes', { names: p.lanes.map((l) => l.name).join(', ') }));
  if (n > 0) parts.push(t('boards.new.asks', { n }));
  return parts.length ? ` (${parts.join('; ')})` : '';
}
