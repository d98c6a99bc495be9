import { api } from '../../lib/api';
import { refresh } from '../../lib/data';
import { useForm } from '../../lib/form';
import { Dialog } from '../../ui/Dialog';
import { FormProblem, SelectField, TextField } from '../../ui/FormField';
import { t } from './messages';
import type { Covering, TeamCover } from './types';

const orNull = (v: string) => (v === '' ? null : Number(v));

/** What the record does not hold of a team, and a recommendation wants to know. */
export function SayDialog({
  team,
  discipline,
  onClose,
}: {
  team: TeamCover;
  discipline: Covering;
  onClose: () => void;
}) {
  const form = useForm({
    initial: {
      criticality: String(team.needs.criticality ?? ''),
      pages: String(team.needs.pages ?? ''),
      skill: String(team.needs.skill ?? ''),
      launchOn: team.launchOn ?? '',
    },
    submit: async (v) => {
      await api.put(`/teams/${team.id}/needs`, {
        discipline,
        criticality: team.recorded.criticality ? undefined : orNull(v.criticality),
        pages: orNull(v.pages),
        skill: orNull(v.skill),
        launchOn: team.recorded.launchOn ? undefined : v.launchOn,
      });
      await refresh('/coverage');
      onClose();
    },
  });
  return (
    <Dialog
      title={t('nd.title', { team: team.name })}
      onClose={onClose}
      onSubmit={() => void form.submit()}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('pt.cancel')}
          </button>
          <button type="submit" className="btn" data-busy={form.busy || undefined}>
            {t('nd.save')}
          </button>
        </>
      }
    >
      <FormProblem>{form.problem}</FormProblem>
      <p className="small quiet">{t('nd.text')}</p>
      <SelectField
        label={t('rc.criticality')}
        disabled={team.recorded.criticality}
        hint={t(team.recorded.criticality ? 'nd.fromServices' : 'nd.both')}
        {...form.field('criticality')}
      >
        <option value="">{t('rc.unknown')}</option>
        {([1, 2, 3] as const).map((n) => (
          <option key={n} value={n}>
            {n}: {t(`cv.crit.${n}`)}
          </option>
        ))}
      </SelectField>
      {discipline === 'operations' && (
        <TextField
          label={t('rc.pages')}
          type="number"
          min={0}
          max={1000}
          placeholder={t('rc.unknown')}
          {...form.field('pages')}
        />
      )}
      <SelectField label={t('rc.skill')} {...form.field('skill')}>
        <option value="">{t('rc.unknown')}</option>
        {([0, 1, 2, 3] as const).map((n) => (
          <option key={n} value={n}>
            {t(`nd.skill.${n}`)}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t('nd.launchOn')}
        type="date"
        disabled={team.recorded.launchOn}
        hint={t(team.recorded.launchOn ? 'nd.fromLists' : 'nd.both')}
        {...form.field('launchOn')}
      />
    </Dialog>
  );
}
