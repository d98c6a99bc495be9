import { memo, useRef } from 'react';
import type { Column } from '../../../api/types';
import { Card } from '../card/Card';
import { useCell, useUi } from '../context';
import { t } from '../messages';
import { ALL } from '../model/groups';
import type { Spot } from '../model/place';
import { isOver } from './Cell';
import s from './cell.module.css';
import { useDropCell } from './useDropCell';

/** One column of the pinned strip. It holds a card or two and never scrolls, so nothing here is windowed. */
export const StripCell = memo(function StripCell({ column, folded }: { column: Column; folded: boolean }) {
  const spot: Spot = { columnId: column.id, row: ALL, strip: true };
  const ids = useCell(spot);
  const ref = useRef<HTMLUListElement>(null);
  const over = useUi((u) => (isOver(u.over, spot) ? u.over : null));
  useDropCell(ref, column, spot, () => {
    const el = ref.current;
    const items = [...(el?.querySelectorAll<HTMLElement>('[data-index]') ?? [])].map((li, index) => ({
      index,
      start: li.offsetTop,
      size: li.offsetHeight,
    }));
    return { ids, items };
  });
  return (
    <ul
      ref={ref}
      className={s.cell}
      aria-label={t('board.stripCellName', { column: column.name, n: ids.length })}
      data-cell={`${column.id}|strip`}
      data-strip=""
      data-over={over ? (over.verdict?.tone ?? 'ok') : undefined}
    >
      {over?.verdict && !over.onHead && (
        <li className={s.verdict} aria-hidden="true">
          <span data-tone={over.verdict.tone}>{over.verdict.text}</span>
        </li>
      )}
      {!folded &&
        ids.map((id, i) => (
          <li key={id} data-index={i} aria-setsize={ids.length} aria-posinset={i + 1}>
            <Card id={id} inStrip />
          </li>
        ))}
    </ul>
  );
});
