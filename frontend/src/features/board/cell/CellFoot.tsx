import { useReducer } from 'react';
import type { Column } from '../../../api/types';
import { useCount, useCounts, useOlder, useRoom, useUi } from '../context';
import { t } from '../messages';
import type { Group } from '../model/groups';
import s from './cell.module.css';

/** The quiet line under the last card: how a queue is read, what a done column folds away, where to add. */
export function CellFoot({ column, row, empty }: { column: Column; row: Group; empty: boolean }) {
  const { view, ui, canWork } = useRoom();
  const older = useOlder(column.id);
  const dragging = useUi((u) => u.dragId !== null);
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const inColumn = useCount(column.id);
  const { total } = useCounts();
  // An empty board says so once, above its columns. A mirror that does not count is something to see all the same.
  const why =
    empty && inColumn === 0 && total > 0 ? <span>{t(`board.emptyColumn.${column.kind}`)}</span> : null;
  if (column.kind === 'done') {
    const opened = view.isOpened(column.id);
    if (!older && !opened)
      return (
        why && (
          <li className={s.foot} data-empty="">
            {why}
          </li>
        )
      );
    return (
      <li className={s.foot}>
        <button
          type="button"
          onClick={() => {
            view.showOlder(column.id, !opened);
            redraw();
          }}
        >
          {opened ? t('board.fewer') : t('board.more', { n: older })}
        </button>
      </li>
    );
  }
  if (dragging) return null;
  return (
    <li className={s.foot} data-empty={why ? '' : undefined}>
      {why}
      {column.kind === 'queue' && !empty && (
        <span>{t(column.asks ? 'board.answerDaily' : 'board.pullFromTop')}</span>
      )}
      {canWork() && (
        <button
          type="button"
          className={s.add}
          onClick={() => ui.setState({ draft: { columnId: column.id, row: row.id } })}
        >
          {t('board.addCardPlus')}
        </button>
      )}
    </li>
  );
}
