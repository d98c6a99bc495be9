import type { MyTeam } from '../../api/types';
import { api } from '../../lib/api';
import { refresh } from '../../lib/data';
import { useForm } from '../../lib/form';
import { browserZone } from '../../lib/time';
import { Beam } from '../../ui/Beam';
import { Dialog } from '../../ui/Dialog';
import { FormProblem, SelectField, TextField } from '../../ui/FormField';
import { t } from './messages';
import { TEMPLATES } from './templates';

type Template = keyof typeof TEMPLATES;

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
        columns: TEMPLATES[template as Template].map((c) => ({ wip: { mode: 'off' }, ...c })),
      });
      await refresh('/boards');
      onMade('board' in made ? made.board.id : made.id);
    },
  });
  return (
    <Dialog
      title={t('boards.new')}
      onClose={onClose}
      width={560}
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
        {(Object.keys(TEMPLATES) as Template[]).map((name) => (
          <label key={name} className="pick-a">
            <input
              type="radio"
              name="template"
              checked={form.values.template === name}
              onChange={() => form.set('template', name)}
            />
            <span>
              <b>{t(`boards.new.${name}`)}</b>
              <span className="pick-cols">
                {TEMPLATES[name].map((c) => (
                  <span key={c.name}>
                    {c.name}
                    <Beam mix="" max={c.wip?.max} height={14} />
                  </span>
                ))}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
    </Dialog>
  );
}
