import { Pin, Trash2, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { ApiError, api } from '../../../lib/api';
import { toast } from '../../../lib/notify';
import type { BoardSearch } from '../../../lib/search';
import { Dialog } from '../../../ui/Dialog';
import { useRoom } from '../context';
import { t as tb } from '../messages';
import { t as td } from '../messages-dialogs';
import { t } from '../messages-find';
import s from './toolbar.module.css';
import { queryOf, type SavedView, type SavedViews, viewsPath } from './views';

const sentence = (error: unknown): string => (error instanceof ApiError ? error.detail : String(error));

/** Keeps what is shown now under a name. */
export function SaveView({
  search,
  onClose,
  onSaved,
}: {
  search: BoardSearch;
  onClose: () => void;
  onSaved: (v: SavedViews) => void;
}) {
  const { store, canWork } = useRoom();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const [wrong, setWrong] = useState('');
  const save = async () => {
    if (!name.trim()) return setWrong(t('board.views.nameless'));
    try {
      onSaved(
        await api.post<SavedViews>(viewsPath(store.boardId), {
          name: name.trim(),
          query: queryOf(search),
          shared,
        }),
      );
      toast({ text: t('board.views.saved', { name: name.trim() }) });
      onClose();
    } catch (error) {
      setWrong(sentence(error));
    }
  };
  return (
    <Dialog
      title={t('board.views.saveTitle')}
      onClose={onClose}
      onSubmit={() => void save()}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {td('board.cancel')}
          </button>
          <button type="submit" className="btn">
            {t('board.views.keep')}
          </button>
        </>
      }
    >
      <label className={s.viewField}>
        {t('board.views.name')}
        <input
          className="input"
          data-autofocus
          maxLength={60}
          value={name}
          aria-invalid={wrong ? true : undefined}
          onChange={(e) => setName(e.target.value)}
        />
      </label>
      {wrong && (
        <p className={s.viewWrong} role="alert">
          {wrong}
        </p>
      )}
      {canWork() && (
        <label className={s.viewCheck}>
          <input type="checkbox" checked={shared} onChange={(e) => setShared(e.target.checked)} />
          {t('board.views.share')}
        </label>
      )}
    </Dialog>
  );
}

/** Rename, share, open the board with one, bring one up to date, remove. */
export function ManageViews({
  views,
  search,
  onClose,
  onChanged,
}: {
  views: SavedViews;
  search: BoardSearch;
  onClose: () => void;
  onChanged: (v: SavedViews) => void;
}) {
  const { store } = useRoom();
  const [wrong, setWrong] = useState('');
  const run = async (what: Promise<SavedViews>) => {
    try {
      onChanged(await what);
      setWrong('');
    } catch (error) {
      setWrong(sentence(error));
    }
  };
  const remove = async (v: SavedView) => {
    await run(api.del<SavedViews>(`/views/${v.id}`));
    toast({
      text: t('board.views.removed', { name: v.name }),
      action: {
        label: tb('board.undo'),
        run: () =>
          void run(
            api.post<SavedViews>(viewsPath(store.boardId), {
              name: v.name,
              query: v.query,
              shared: v.shared,
            }),
          ),
      },
    });
  };
  return (
    <Dialog title={t('board.views.manage')} onClose={onClose} width={560}>
      <ul className={s.viewList}>
        {views.items.map((v) => (
          <One
            key={v.id}
            view={v}
            opens={v.id === views.defaultId}
            search={search}
            run={(path, body) => void run(api.patch<SavedViews>(path, body))}
            onOpens={(on) =>
              void run(
                api.put<SavedViews>(`/boards/${store.boardId}/default-view`, { viewId: on ? v.id : '' }),
              )
            }
            onRemove={() => void remove(v)}
          />
        ))}
      </ul>
      {views.items.length === 0 && <p>{t('board.views.none')}</p>}
      {wrong && (
        <p className={s.viewWrong} role="alert">
          {wrong}
        </p>
      )}
    </Dialog>
  );
}

interface OneProps {
  view: SavedView;
  opens: boolean;
  search: BoardSearch;
  run: (path: string, body: object) => void;
  onOpens: (on: boolean) => void;
  onRemove: () => void;
}

function One({ view, opens, search, run, onOpens, onRemove }: OneProps) {
  const { me, canLead, canWork } = useRoom();
  const [name, setName] = useState(view.name);
  const path = `/views/${view.id}`;
  const may = view.byId === me().person.id || canLead();
  const differs = queryOf(search) !== '' && queryOf(search) !== view.query;
  return (
    <li>
      <div className={s.viewLine}>
        {may ? (
          <input
            className="input sm"
            aria-label={t('board.views.nameOf', { name: view.name })}
            maxLength={60}
            value={name}
            onChange={(e) => setName(e.target.value)}
            onBlur={() => name.trim() && name.trim() !== view.name && run(path, { name: name.trim() })}
            onKeyDown={(e) => e.key === 'Enter' && e.currentTarget.blur()}
          />
        ) : (
          <b>{view.name}</b>
        )}
        <button
          type="button"
          className="chip plain"
          aria-pressed={opens}
          title={t('board.views.opensHelp')}
          onClick={() => onOpens(!opens)}
        >
          <Pin size={13} aria-hidden />
          {t('board.views.opens')}
        </button>
        {may && (canWork() || view.shared) ? (
          <button
            type="button"
            className="chip plain"
            aria-pressed={view.shared}
            onClick={() => run(path, { shared: !view.shared })}
          >
            <UsersRound size={13} aria-hidden />
            {t('board.views.shared')}
          </button>
        ) : (
          view.shared && <span className="pill">{t('board.views.shared')}</span>
        )}
        {may && (
          <button
            type="button"
            className="btn ghost icon"
            aria-label={t('board.views.remove', { name: view.name })}
            title={t('board.views.remove', { name: view.name })}
            onClick={onRemove}
          >
            <Trash2 size={15} aria-hidden />
          </button>
        )}
      </div>
      {may && differs && (
        <button type="button" className="btn ghost sm" onClick={() => run(path, { query: queryOf(search) })}>
          {t('board.views.update')}
        </button>
      )}
    </li>
  );
}
