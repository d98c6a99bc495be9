import { Dialog } from '../../ui/Dialog';
import { tu } from '../../ui/messages';
import { t } from './messages';

/** Asks before a meeting begins of a standup that is held in writing. */
export function InWriting({ onStart, onClose }: { onStart: () => void; onClose: () => void }) {
  return (
    <Dialog
      title={t('su.written.title')}
      onClose={onClose}
      onSubmit={onStart}
      actions={
        <>
          <button type="button" className="btn line" data-autofocus onClick={onClose}>
            {tu('ui.cancel')}
          </button>
          <button type="submit" className="btn">
            {t('su.written.start')}
          </button>
        </>
      }
    >
      <p>{t('su.written.text')}</p>
    </Dialog>
  );
}
