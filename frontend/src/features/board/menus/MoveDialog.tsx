import { Dialog } from '../../../ui/Dialog';
import { useLive } from '../context';
import { t } from '../messages-dialogs';
import { MovePanel } from './MovePanel';

/** The panel behind Move to, where there is no card for it to hang on. */
export function MoveDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const card = useLive(id, (s) => s.card(id));
  if (!card) return null;
  return (
    <Dialog title={`${t('board.move')} ${card.key}`} onClose={onClose} className="sheet">
      <MovePanel card={card} onClose={onClose} />
    </Dialog>
  );
}
