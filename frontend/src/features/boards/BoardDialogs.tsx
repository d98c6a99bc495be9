import { useState } from 'react';
import type { BoardListItem, MyTeam } from '../../api/types';
import { announce } from '../../lib/announce';
import { ApiError, api } from '../../lib/api';
import { refresh } from '../../lib/data';
import { useForm } from '../../lib/form';
import { toast } from '../../lib/notify';
import { Dialog } from '../../ui/Dialog';
import { FormProblem, SelectField, TextField } from '../../ui/FormField';
import { t } from './messages';

/** A board after another one: what comes along and what does not is said before. */
export function CopyDialog({
  board,
  teams,
  onMade,
  onClose,
}: {
  board: BoardListItem;
  teams: readonly MyTeam[];
  onMade: (id: string) => void;
  onClose: () => void;
}) {
  const form = useForm({
    initial: {
      name: t('boards.copy.of', { name: board.name }).slice(0, 80),
      teamId: teams.find((team) => team.id === board.teamId)?.id ?? teams[0]?.id ?? '',
    },
    checks: { name: (v) => !v.trim() && t('boards.new.need') },
    submit: async ({ name, teamId }) => {
      const made = await api.post<{ id: string }>(`/boards/${board.id}/copy`, { name: name.trim(), teamId });
      await refresh('/boards');
      onMade(made.id);
    },
  });
  return (
    <Dialog
      title={t('boards.copy.title', { name: board.name })}
      onClose={onClose}
      onSubmit={() => void form.submit()}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('boards.new.cancel')}
          </button>
          <button type="submit" className="btn" disabled={form.busy} data-busy={form.busy || undefined}>
            {t('boards.copy.do')}
          </button>
        </>
      }
    >
      <FormProblem>{form.problem}</FormProblem>
      <p className="small">{t('boards.copy.text')}</p>
      <TextField {...form.field('name')} label={t('boards.new.name')} autoComplete="off" />
      <SelectField {...form.field('teamId')} label={t('boards.new.team')}>
        {teams.map((team) => (
          <option key={team.id} value={team.id}>
            {team.name}
          </option>
        ))}
      </SelectField>
    </Dialog>
  );
}

const sentence = (error: unknown) => (error instanceof ApiError ? error.detail : String(error));

export async function restoreBoard(board: BoardListItem): Promise<void> {
  try {
    await api.post(`/boards/${board.id}/restore`);
    announce(t('boards.restored', { name: board.name }));
  } catch (error) {
    toast({ text: sentence(error), tone: 'bad' });
  }
  await refresh('/boards');
}

/** Asks before a board is put away, and offers to take it back afterwards. */
export function ArchiveDialog({ board, onClose }: { board: BoardListItem; onClose: () => void }) {
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const archive = async () => {
    setBusy(true);
    try {
      await api.post(`/boards/${board.id}/archive`);
      await refresh('/boards');
      onClose();
      toast({
        text: t('boards.archived', { name: board.name }),
        stay: 30_000,
        action: { label: t('boards.undo'), run: () => void restoreBoard(board) },
      });
    } catch (error) {
      setWrong(sentence(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t('boards.archive.title', { name: board.name })}
      onClose={onClose}
      onSubmit={() => void archive()}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('boards.new.cancel')}
          </button>
          <button type="submit" className="btn danger" disabled={busy} data-busy={busy || undefined}>
            {t('boards.archive.do')}
          </button>
        </>
      }
    >
      <p>{t('boards.archive.text')}</p>
      {wrong && (
        <p className="field-error" role="alert">
          {wrong}
        </p>
      )}
    </Dialog>
  );
}
