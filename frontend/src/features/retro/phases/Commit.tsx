import { Plus, Target } from 'lucide-react';
import { useState } from 'react';
import { EmptyState } from '../../../ui/EmptyState';
import { ActionDialog } from '../ActionDialog';
import { ActionList } from '../ActionList';
import { t } from '../messages';
import { useRoom } from '../room';
import '../talk.css';

/** One to three actions, each somebody's, with a day and a sign. */
export function Commit() {
  const { view } = useRoom();
  const [open, setOpen] = useState(false);
  const { actions, me, retro } = view;
  const add = me.canWork && retro.phase !== 'published' && (
    <button type="button" className="btn line" aria-haspopup="dialog" onClick={() => setOpen(true)}>
      <Plus size={15} aria-hidden />
      {t('rt.action.new')}
    </button>
  );
  return (
    <>
      <section className="panel">
        <div className="rt-ph">
          <h2 className="h2">{t('rt.actions')}</h2>
          <span className="quiet small num">{t('rt.actionsN', { n: actions.length })}</span>
        </div>
        <p className="rt-pad quiet small">{t('rt.actionsText')}</p>
        {actions.length === 0 ? (
          <EmptyState icon={<Target size={28} />} title={t('rt.actionsNoneLong')} action={add}>
            {t('rt.actionsNoneText')}
          </EmptyState>
        ) : (
          <ActionList full />
        )}
        {actions.length > 0 && add && <div className="rt-pad">{add}</div>}
      </section>
      {open && <ActionDialog onClose={() => setOpen(false)} />}
    </>
  );
}
