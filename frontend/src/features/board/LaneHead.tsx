import { ChevronDown, ChevronRight, TriangleAlert } from 'lucide-react';
import type { Column } from '../../api/types';
import { maxOf, wipState } from '../../lib/limits';
import s from './board.module.css';
import { useCellCount, useLive, useRoom } from './context';
import { t } from './messages';
import type { Group } from './model/groups';
import { laneCount } from './verdicts';

interface Props {
  row: Group;
  columns: readonly Column[];
  grid: React.CSSProperties;
  folded: boolean;
  onFold: () => void;
}

/** The name of a row, how many cards are in it and in each of its cells, and its limit if it has one. */
export function LaneHead({ row, columns, grid, folded, onFold }: Props) {
  const { view } = useRoom();
  const shown = useLive('cards', () =>
    view.inRow(
      row.id,
      columns.map((c) => c.id),
    ),
  );
  const lane = row.lane;
  const count = useLive('cards', (store) => (lane ? laneCount(store, lane.id) : 0));
  const max = lane ? maxOf(lane.wip) : undefined;
  const state = lane ? wipState(lane.wip, count) : 'none';
  return (
    <div className={s.laneTop}>
      <div className={s.laneHead}>
        <button type="button" aria-expanded={!folded} onClick={onFold}>
          {folded ? <ChevronRight size={15} aria-hidden /> : <ChevronDown size={15} aria-hidden />}
          <b>{row.name}</b>
          <span className="num">{t('board.cardsN', { n: shown })}</span>
        </button>
        {max !== undefined && (
          <span className={s.laneWip} data-wip={state}>
            {state === 'over' && <TriangleAlert size={13} aria-hidden />}
            {state === 'over' && `${t('board.over')} `}
            {state === 'full' && `${t('board.full')} `}
            {t('board.ofMax', { n: count, max })}
            <span className="sr">{t('board.limitWords', { max })}</span>
          </span>
        )}
        {view.by() === 'parent' && <Whole id={row.id} />}
      </div>
      {!folded && columns.length > 1 && (
        <div className={s.laneCounts} style={grid} aria-hidden="true">
          {columns.map((c) => (
            <CellCount key={c.id} columnId={c.id} row={row.id} />
          ))}
        </div>
      )}
    </div>
  );
}

function CellCount({ columnId, row }: { columnId: string; row: string }) {
  return <span>{useCellCount(columnId, row) || ''}</span>;
}

/** How far the card is of which the row shows the parts, and the way to open it. */
function Whole({ id }: { id: string }) {
  const { setSearch } = useRoom();
  const whole = useLive(id || 'none', (st) => (id ? st.card(id) : undefined));
  if (!whole) return null;
  const { done = 0, total = 0 } = whole.children ?? {};
  return (
    <>
      {total > 0 && <span className={s.laneDone}>{t('board.wholeDone', { done, total })}</span>}
      <button type="button" className={s.laneOpen} onClick={() => setSearch({ card: whole.key })}>
        {t('board.openWhole', { key: whole.key })}
      </button>
    </>
  );
}
