import { ChevronDown, ChevronRight, TriangleAlert } from 'lucide-react';
import s from './board.module.css';
import { useLive, useRoom } from './context';
import { t } from './messages';
import type { Group } from './model/groups';
import { maxOf, wipState } from './model/limits';
import { laneCount } from './verdicts';

interface Props {
  row: Group;
  folded: boolean;
  onFold: () => void;
  ownLane: boolean;
}

/** The name of a row, how many cards are in it, and its limit if it has one. */
export function LaneHead({ row, folded, onFold }: Props) {
  const { view } = useRoom();
  const shown = useLive('cards', () =>
    view.columnIds.reduce((n, columnId) => n + view.cell({ columnId, row: row.id, strip: false }).length, 0),
  );
  const lane = row.lane;
  const count = useLive('cards', (store) => (lane ? laneCount(store, lane.id) : 0));
  const max = lane ? maxOf(lane.wip) : undefined;
  const state = lane ? wipState(lane.wip, count) : 'none';
  return (
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
    </div>
  );
}
