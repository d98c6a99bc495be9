import { api } from '../../../lib/api';
import { refresh, useData } from '../../../lib/data';
import { useForm } from '../../../lib/form';
import { hasRight, useMe } from '../../../lib/session';
import { Dialog } from '../../../ui/Dialog';
import { FormProblem, SelectField, TextField } from '../../../ui/FormField';
import { t } from './messages';
import type { Template, TemplateHead } from './types';

/** None of another one's questions. */
const EMPTY = 'none';

/** A template of everybody or of a team, empty or with the questions of another one. */
export function NewTemplateDialog({
  from,
  onClose,
  onMade,
}: {
  from?: TemplateHead;
  onClose: () => void;
  onMade: (id: string) => void;
}) {
  const me = useMe();
  const admin = me.person.role === 'admin';
  const led = useData<{ items: { id: string; name: string }[] }>('/teams').data?.items.filter((x) =>
    hasRight(me, x.id, 'lead'),
  );
  const all = useData<{ items: TemplateHead[] }>('/checklist-templates').data?.items ?? [];
  const sources = all.filter((x) => x.newest > 0 && !x.retiredAt);
  // everybody's is where a team's own begins, unless somebody says otherwise
  const usual = sources.find((x) => !x.team)?.id ?? EMPTY;
  const form = useForm({
    initial: {
      name: from ? t('ct.ownName', { name: from.name }) : '',
      team: '',
      from: from?.id ?? '',
    },
    checks: { name: (v) => !v.trim() && t('ct.nameNeed') },
    submit: async (v) => {
      const teamId = v.team || (admin && !from ? '' : led?.[0]?.id);
      const begin = v.from || usual;
      const made = await api.post<Template>('/checklist-templates', {
        name: v.name.trim(),
        ...(teamId ? { teamId } : {}),
        ...(begin !== EMPTY ? { from: begin } : {}),
      });
      await refresh('/checklist-templates');
      onClose();
      onMade(made.id);
    },
  });
  const begins = form.field('from');
  return (
    <Dialog
      title={t(from ? 'ct.ownTitle' : 'ct.new')}
      onClose={onClose}
      onSubmit={() => void form.submit()}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('ct.cancel')}
          </button>
          <button type="submit" className="btn" data-busy={form.busy || undefined}>
            {t('ct.make')}
          </button>
        </>
      }
    >
      <TextField label={t('ct.newName')} maxLength={80} data-autofocus {...form.field('name')} />
      <SelectField label={t('ct.newFor')} {...form.field('team')}>
        {admin && !from && <option value="">{t('ct.newForAll')}</option>}
        {led?.map((x, i) => (
          <option key={x.id} value={(admin && !from) || i > 0 ? x.id : ''}>
            {x.name}
          </option>
        ))}
      </SelectField>
      <SelectField label={t('ct.newFrom')} hint={t('ct.newText')} {...begins} value={begins.value || usual}>
        {sources.map((x) => (
          <option key={x.id} value={x.id}>
            {t('ct.newOf', { name: [x.team?.name, x.name].filter(Boolean).join(' · ') })}
          </option>
        ))}
        <option value={EMPTY}>{t('ct.newEmpty')}</option>
      </SelectField>
      <FormProblem>{form.problem}</FormProblem>
    </Dialog>
  );
}
