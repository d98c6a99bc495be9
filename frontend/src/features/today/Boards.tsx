import { CircleCheck } from 'lucide-react';
import { Beam } from '../../ui/Beam';
import './boards.css';
import { Go } from '../../ui/Go';
import { t } from './messages';
import { RowLine } from './RowLine';
import type { BoardLine, Row } from './types';

/** My teams' boards: those with something out of order each in a panel, the calm ones in one line together. */
export function Boards({ boards, rows, now }: { boards: BoardLine[]; rows: Row[]; now: number }) {
  const of = (b: BoardLine) => rows.filter((r) => r.boardId === b.id);
  const stirred = boards.filter((b) => of(b).length > 0);
  const calm = boards.filter((b) => of(b).length === 0);
  return (
    <>
      {stirred.map((b) => (
        <BoardPanel key={b.id} board={b} rows={of(b)} now={now} />
      ))}
      {calm.length > 0 && (
        <section className="panel td-panel td-calm" aria-labelledby="today-calm">
          <h2 id="today-calm">
            <CircleCheck size={16} aria-hidden />
            {t('today.calm')}
          </h2>
          <ul>
            {calm.map((b) => (
              <li key={b.id}>
                <Go to={`/b/${b.id}`} className="link">
                  {b.teamName}, {b.name}
                </Go>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function BoardPanel({ board, rows, now }: { board: BoardLine; rows: Row[]; now: number }) {
  const active = board.columns.filter((c) => c.kind === 'active').slice(0, 6);
  return (
    <section className="panel td-panel" aria-labelledby={`today-${board.id}`}>
      <header className="td-head">
        <h2 id={`today-${board.id}`}>
          {board.teamName}, {board.name}
        </h2>
        <Go to={`/b/${board.id}`} className="link td-open">
          {t('today.openBoard')}
          <span className="sr"> {board.name}</span>
        </Go>
      </header>
      {active.length > 0 && (
        <ol className="td-beams">
          {active.map((c, i) => {
            const max = c.max ?? undefined;
            const state =
              max === undefined ? undefined : c.count > max ? 'over' : c.count === max ? 'full' : undefined;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns of one board may share a name and carry no id here
              <li key={i} data-wip={state}>
                <span className="td-col">
                  <span>{c.name}</span>
                  <b className="num">
                    {state && `${state} `}
                    {max === undefined ? c.count : t('today.of', { n: c.count, max })}
                  </b>
                </span>
                <Beam mix={c.mix} max={max} height={16} />
              </li>
            );
          })}
        </ol>
      )}
      <ul className="td-rows">
        {rows.map((r) => (
          <RowLine key={`${r.kind}:${r.id}`} row={r} now={now} />
        ))}
      </ul>
      {(board.more ?? 0) > 0 && (
        <p className="td-more">
          <Go to={`/b/${board.id}`} className="link">
            {t('today.more', { n: board.more ?? 0 })}
          </Go>
        </p>
      )}
    </section>
  );
}
