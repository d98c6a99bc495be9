import { Link } from '@tanstack/react-router';
import { Lock, Star, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { BoardListItem } from '../../api/types';
import { dateWords } from '../../lib/time';
import { Beam } from '../../ui/Beam';
import { t } from './messages';

interface Props {
  board: BoardListItem;
  /** Absent where there is nothing to star: an archived board. */
  onStar?: () => void;
  children?: ReactNode;
}

/** One board at a glance: what is in progress, what is stuck, and a small beam per column. */
export function BoardTile({ board, onStar, children }: Props) {
  const starred = board.favourite !== undefined;
  return (
    <li className="tile panel" data-board-tile={board.id}>
      <div className="tile-head">
        <h3>
          <Link to="/b/$board" params={{ board: board.id }}>
            {board.name}
          </Link>
        </h3>
        {board.visibility === 'team' && (
          <span className="tile-lock">
            <Lock size={12} aria-hidden />
            {t('boards.team.only')}
          </span>
        )}
        <span className="tile-tools">
          {onStar && (
            <button
              type="button"
              className="btn ghost icon"
              aria-pressed={starred}
              aria-label={t('boards.star', { name: board.name })}
              title={t(starred ? 'boards.unstarShort' : 'boards.starShort')}
              onClick={onStar}
            >
              <Star size={15} aria-hidden fill={starred ? 'currentColor' : 'none'} />
            </button>
          )}
          {children}
        </span>
        <span className="tile-facts num">
          <b>{t('boards.facts.wip', { n: board.wip })}</b>
          {board.blocked > 0 && <span data-t="bad">{t('boards.facts.blocked', { n: board.blocked })}</span>}
          {board.aging > 0 && <span data-t="warn">{t('boards.facts.aging', { n: board.aging })}</span>}
          {board.over > 0 && (
            <span data-t="bad">
              <TriangleAlert size={12} aria-hidden /> {t('boards.facts.over', { n: board.over })}
            </span>
          )}
          {board.archivedAt && (
            <span>{t('boards.archivedOn', { when: dateWords(board.archivedAt.slice(0, 10)) })}</span>
          )}
        </span>
      </div>
      <ol className="tile-cols">
        {board.columns.map((c, i) => {
          const max = c.max ?? undefined;
          const over = max !== undefined && c.count > max;
          const words = over ? 'boards.column.over' : max ? 'boards.column.of' : 'boards.column';
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns of one board may share a name and carry no id here
            <li key={i} data-wip={over ? 'over' : max !== undefined && c.count === max ? 'at' : undefined}>
              <span className="sr">{t(words, { name: c.name, n: c.count, max: max ?? 0 })}</span>
              <span className="tile-col" aria-hidden="true">
                <span>{c.name}</span>
                <b className="num">{max ? `${c.count}/${max}` : c.count}</b>
              </span>
              <Beam mix={c.mix} max={max} height={16} />
            </li>
          );
        })}
      </ol>
    </li>
  );
}
