import type { BoardListItem } from '../../api/types';
import { announce } from '../../lib/announce';
import { ApiError, api } from '../../lib/api';
import { putData, refresh } from '../../lib/data';
import { toast } from '../../lib/notify';
import { t } from './messages';

type List = { items: BoardListItem[] };

export const starred = (boards: readonly BoardListItem[]): BoardListItem[] =>
  boards.filter((b) => b.favourite !== undefined).sort((a, b) => (a.favourite ?? 0) - (b.favourite ?? 0));

/** Shows and sends one's favourites in their order; a refusal puts them back. */
async function send(ids: string[], said: string): Promise<void> {
  putData<List>(
    '/boards',
    (old) =>
      old && {
        ...old,
        items: old.items.map((b) => {
          const at = ids.indexOf(b.id);
          return { ...b, favourite: at < 0 ? undefined : at };
        }),
      },
  );
  announce(said);
  try {
    await api.put('/me/favourites', { boardIds: ids });
  } catch (error) {
    toast({ text: error instanceof ApiError ? error.detail : String(error), tone: 'bad' });
    await refresh('/boards');
  }
}

export function toggleStar(boards: readonly BoardListItem[], board: BoardListItem): Promise<void> {
  const ids = starred(boards).map((b) => b.id);
  const on = !ids.includes(board.id);
  return send(
    on ? [...ids, board.id] : ids.filter((id) => id !== board.id),
    t(on ? 'boards.starred' : 'boards.unstarred', { name: board.name }),
  );
}

export function shiftStar(boards: readonly BoardListItem[], board: BoardListItem, by: -1 | 1): Promise<void> {
  const ids = starred(boards).map((b) => b.id);
  const at = ids.indexOf(board.id);
  ids.splice(at, 1);
  ids.splice(at + by, 0, board.id);
  return send(ids, t('boards.placed', { name: board.name, n: at + by + 1, of: ids.length }));
}
