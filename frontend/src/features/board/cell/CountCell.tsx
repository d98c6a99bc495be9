import { memo, useRef } from 'react';
import type { Column } from '../../../api/types';
import { useCell, useCellCount, useUi } from '../context';
import { t } from '../messages';
import type { Group } from '../model/groups';
import { isOver } from './Cell';
import s from './cell.module.css';
import { useDropCell } from './useDropCell';

/** A cell of a folded row: how many cards are in it. It takes cards in at its end. */
export const CountCell = memo(function CountCell({ column, row }: { column: Column; row: Group }) {
  const spot = { columnId: column.id, row: row.id, strip: false };
  const ids = useCell(spot);
  const ref = useRef<HTMLUListElement>(null);
  const over = useUi((u) => (isOver(u.over, spot) ? u.over : null));
  useDropCell(ref, column, spot, () => ({ ids, items: [] }));
  const n = useCellCount(column.id, row.id);
  return (
    <ul
      ref={ref}
      className={s.cell}
      data-count=""
      data-over={over ? (over.verdict?.tone ?? 'ok') : undefined}
      aria-label={t('board.cellName', { row: row.name, column: column.name, n })}
    >
      <li className={s.countOf}>{over?.verdict && !over.onHead ? over.verdict.text : n || ''}</li>
    </ul>
  );
});
