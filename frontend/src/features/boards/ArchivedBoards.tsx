import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import type { BoardListItem } from '../../api/types';
import { useData } from '../../lib/data';
import { restoreBoard } from './BoardDialogs';
import { BoardTile } from './BoardTile';
import { t } from './messages';

/** Boards that were put away, at the foot of the page; they are asked for when somebody opens the list. */
export function ArchivedBoards() {
  const [open, setOpen] = useState(false);
  const { data, error } = useData<{ items: BoardListItem[] }>(open ? '/boards?archived=true' : null);
  return (
    <section className="archived-boards">
      <h2>
        <button type="button" className="btn ghost" aria-expanded={open} onClick={() => setOpen(!open)}>
          <ChevronDown size={15} aria-hidden />
          {t('boards.archivedList')}
        </button>
      </h2>
      {open && error && !data && <p className="quiet">{error.message}</p>}
      {open && data?.items.length === 0 && <p className="quiet">{t('boards.archivedNone')}</p>}
      {open && !!data?.items.length && (
        <ul className="tiles">
          {data.items.map((b) => (
            <BoardTile key={b.id} board={b}>
              {b.canLead && (
                <button type="button" className="btn line sm" onClick={() => void restoreBoard(b)}>
                  {t('boards.restore')}
                  <span className="sr"> {b.name}</span>
                </button>
              )}
            </BoardTile>
          ))}
        </ul>
      )}
    </section>
  );
}
