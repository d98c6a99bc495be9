import { Link } from '@tanstack/react-router';
import { Lock, TriangleAlert } from 'lucide-react';
import type { BoardListItem } from '../../api/types';
import { Beam } from '../../ui/Beam';
import { t } from './messages';

/** One board at a glance: what is in progress, what is stuck, and a small beam per column. */
export function BoardTile({ board }: { board: BoardListItem }) {
  return (
    <li className="tile panel">
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
        <span className="tile-facts num">
          <b>{t('boards.facts.wip', { n: board.wip })}</b>
          {board.blocked > 0 && <span data-t="bad">{t('boards.facts.blocked', { n: board.blocked })}</span>}
          {board.over > 0 && (
            <span data-t="bad">
              <TriangleAlert size={12} aria-hidden /> {t('boards.facts.over', { n: board.over })}
            </span>
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
