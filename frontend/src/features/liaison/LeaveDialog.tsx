import { X } from 'lucide-react';
import { api } from '../../lib/api';
import { refresh, useData } from '../../lib/data';
import { useForm } from '../../lib/form';
import { toastError } from '../../lib/notify';
import { dateWords } from '../../lib/time';
import { Dialog } from '../../ui/Dialog';
import { FormProblem, TextField } from '../../ui/FormField';
import { Loaded } from '../../ui/Loaded';
import { t } from './messages';

interface Leaves {
  items: { id: string; from: string; to: string }[];
  canChange: boolean;
}

/** When somebody is away. */
export function LeaveDialog({
  person,
  onClose,
}: {
  person: { id: string; name: string };
  onClose: () => void;
}) {
  const path = `/people/${person.id}/leaves`;
  const query = useData<Leaves>(path);
  const changed = () => refresh(path, '/coverage');
  const form = useForm({
    initial: { from: '', to: '' },
    checks: { from: (v) => !v && t('lv.need'), to: (v) => !v && t('lv.need') },
    submit: async (v) => {
      await api.post(path, v);
      await changed();
      form.reset();
    },
  });
  return (
    <Dialog
      title={t('lv.title', { name: person.name })}
      onClose={onClose}
      onSubmit={() => void form.submit()}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('lv.close')}
          </button>
          {query.data?.canChange && (
            <button type="submit" className="btn" data-busy={form.busy || undefined}>
              {t('lv.add')}
            </button>
          )}
        </>
      }
    >
      <FormProblem>{form.problem}</FormProblem>
      <p className="small quiet">{t('lv.text')}</p>
      <Loaded query={query}>
        {({ items, canChange }) => (
          <>
            {items.length === 0 && <p className="quiet">{t('lv.none')}</p>}
            <ul className="cv-leaves">
              {items.map((a) => {
                const span = { from: dateWords(a.from), to: dateWords(a.to) };
                return (
                  <li key={a.id}>
                    {t('lv.span', span)}
                    {canChange && (
                      <button
                        type="button"
                        className="btn ghost icon sm"
                        aria-label={t('lv.take', span)}
                        onClick={() => void api.del(`${path}/${a.id}`).then(changed, toastError)}
                      >
                        <X size={15} aria-hidden />
                      </button>
                    )}
                  </li>
                );
              })}
            </ul>
            {canChange && (
              <div className="cv-two">
                <TextField label={t('lv.from')} type="date" {...form.field('from')} />
                <TextField label={t('lv.to')} type="date" {...form.field('to')} />
              </div>
            )}
          </>
        )}
      </Loaded>
    </Dialog>
  );
}
