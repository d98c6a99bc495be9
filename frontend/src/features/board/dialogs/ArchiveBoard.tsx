import { useState } from 'react';
import { announce } from '../../../lib/announce';
import { api } from '../../../lib/api';
import { refresh } from '../../../lib/data';
import { toast } from '../../../lib/notify';
import { hasRight } from '../../../lib/session';
import { absolute } from '../../../lib/time';
import { Dialog } from '../../../ui/Dialog';
import { useBoard, useRoom } from '../context';
import { t } from '../messages-dialogs';
import { sentence } from '../move';
import s from './dialogs.module.css';

async function restore(boardId: string, name: string): Promise<void> {
  await api.post(`/boards/${boardId}/restore`);
  announce(t('board.restoredBoard', { name }));
  await refresh('/boards');
}

/** Asks before the board is put away, and says what stays. */
export function ArchiveBoardDialog() {
  const { ui, store } = useRoom();
  const { name } = useBoard();
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const close = () => ui.setState({ dialog: null });
  const archive = async () => {
    setBusy(true);
    try {
      await api.post(`/boards/${store.boardId}/archive`);
      await refresh('/boards');
      close();
      toast({
        text: t('board.archivedBoard', { name }),
        stay: 30_000,
        action: { label: t('board.undo'), run: () => void restore(store.boardId, name) },
      });
    } catch (error) {
      setWrong(sentence(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t('board.archiveTitle', { name })}
      onClose={close}
      onSubmit={() => void archive()}
      actions={
        <>
          <button type="button" className="btn line" onClick={close}>
            {t('board.cancel')}
          </button>
          <button type="submit" className="btn danger" data-busy={busy || undefined} disabled={busy}>
            {t('board.archiveDo')}
          </button>
        </>
      }
    >
      <p>{t('board.archiveText')}</p>
      {wrong && (
        <p className="field-error" role="alert">
          {wrong}
        </p>
      )}
    </Dialog>
  );
}

/** Above an archived board: what it is, and for a lead the way back. */
export function ArchivedNote({ at }: { at: string }) {
  const { store, me } = useRoom();
  const { name, teamId } = useBoard();
  const [wrong, setWrong] = useState('');
  return (
    <div className={s.archived} role="note">
      <span>{t('board.isArchived', { when: absolute(at) })}</span>
      {hasRight(me(), teamId, 'lead') && (
        <button
          type="button"
          className="btn line sm"
          onClick={() => restore(store.boardId, name).catch((error) => setWrong(sentence(error)))}
        >
          {t('board.restoreBoard')}
        </button>
      )}
      {wrong && <span role="alert">{wrong}</span>}
    </div>
  );
}
