import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { memo, useLayoutEffect, useRef, useState } from 'react';
import type { Column } from '../../../api/types';
import { Card } from '../card/Card';
import { useCell, useQueueOrder, useRoom, useUi } from '../context';
import { t } from '../messages';
import type { Group } from '../model/groups';
import type { Spot } from '../model/place';
import { NewCard } from '../NewCard';
import { CellFoot } from './CellFoot';
import s from './cell.module.css';
import { useDropCell } from './useDropCell';

const GAP = 7;
const PAD = 6;
const GUESS = { compact: 52, comfortable: 92, roomy: 116 } as const;

interface Props {
  column: Column;
  row: Group;
  scroller: HTMLElement;
  density: keyof typeof GUESS;
  folded: boolean;
  /** The last row of the page carries the foot of the column. */
  last: boolean;
}

/**
 * The cards of one row in one column, windowed: only those near the screen exist. The whole board scrolls in one
 * element, so the cell has to know how far down it starts.
 */
export const Cell = memo(function Cell({ column, row, scroller, density, folded, last }: Props) {
  const { view } = useRoom();
  const spot: Spot = { columnId: column.id, row: row.id, strip: false };
  const ids = useCell(spot);
  const queue = column.kind === 'queue';
  useQueueOrder(column.id, queue);
  const ref = useRef<HTMLUListElement>(null);
  const margin = useMargin(ref, scroller);
  const focusIndex = useUi((u) => (u.focusId ? ids.indexOf(u.focusId) : -1));
  const drafting = useUi((u) => u.draft?.columnId === column.id && u.draft.row === row.id);
  const over = useUi((u) => (isOver(u.over, spot) ? u.over : null));
  const fresh = useFresh(ids);
  const v = useVirtualizer({
    count: folded ? 0 : ids.length,
    getScrollElement: () => scroller,
    // it scrolls there when it is made: a row that comes later must leave the page where it is
    initialOffset: () => scroller.scrollTop,
    estimateSize: () => GUESS[density],
    overscan: 3,
    gap: GAP,
    paddingStart: PAD,
    paddingEnd: PAD,
    scrollMargin: margin,
    getItemKey: (i) => ids[i] ?? i,
    // Many cells share one scroller: drawing each at once would force a layout per cell and scroll event.
    useFlushSync: false,
    // The card that has the focus stays mounted, or the keyboard would lose its place while scrolling. One that has
    // just come is measured wherever it is: a guess above the screen would move what is looked at.
    rangeExtractor: (r) => {
      const near = defaultRangeExtractor(r);
      const more = [focusIndex, ...fresh].filter((i) => i >= 0 && !near.includes(i));
      return more.length ? [...new Set([...near, ...more])].sort((a, b) => a - b) : near;
    },
  });
  // All columns share one scroller: a card of one that turns out shorter than thought must not move the others.
  v.shouldAdjustScrollPositionOnItemSizeChange = () => false;
  // useVirtualizer keeps measured heights by key; another density has other heights.
  const shape = useRef(density);
  useLayoutEffect(() => {
    if (shape.current === density) return;
    shape.current = density;
    v.measure();
  });
  const items = v.getVirtualItems();
  const lineAt = useDropCell(ref, column, spot, () => ({
    ids,
    items: v.getVirtualItems().map((it) => ({ index: it.index, start: it.start - margin, size: it.size })),
  }));
  const name = row.name
    ? t('board.cellName', { row: row.name, column: column.name, n: ids.length })
    : t('board.cellNamePlain', { column: column.name, n: ids.length });
  return (
    <ul
      ref={ref}
      className={s.cell}
      aria-label={name}
      data-cell={`${column.id}|${row.id}`}
      data-folded={folded || undefined}
      data-over={over ? (over.verdict?.tone ?? 'ok') : undefined}
    >
      {over?.verdict && !over.onHead && (
        <li className={s.verdict} aria-hidden="true">
          <span data-tone={over.verdict.tone}>{over.verdict.text}</span>
        </li>
      )}
      {folded && (
        <li className={s.foldedName} aria-hidden="true">
          {column.name}
        </li>
      )}
      {!folded && <li className={s.space} style={{ height: v.getTotalSize() }} aria-hidden="true" />}
      {items.map((it) => {
        const id = ids[it.index];
        if (!id) return null;
        return (
          <li
            key={id}
            ref={v.measureElement}
            data-index={it.index}
            className={s.slot}
            style={{ transform: `translateY(${it.start - margin}px)` }}
            aria-setsize={ids.length}
            aria-posinset={it.index + 1}
          >
            <Card id={id} number={queue ? view.numberOf(column.id, id) : undefined} inStrip={false} />
          </li>
        );
      })}
      {over && !over.onHead && lineAt !== null && column.kind !== 'done' && (
        <li className={s.line} style={{ transform: `translateY(${lineAt}px)` }} aria-hidden="true" />
      )}
      {drafting && (
        <li className={s.draft}>
          <NewCard column={column} row={row} />
        </li>
      )}
      {last && !folded && !drafting && <CellFoot column={column} row={row} empty={ids.length === 0} />}
    </ul>
  );
});

export const isOver = (over: Spot | null, s: Spot): boolean =>
  !!over && over.columnId === s.columnId && over.strip === s.strip && (s.strip || over.row === s.row);

/** Where the few cards stand that were not in the cell when it was drawn last. */
function useFresh(ids: readonly string[]): number[] {
  const last = useRef<{ ids: readonly string[]; set: Set<string> }>(null);
  const known = last.current;
  useLayoutEffect(() => {
    if (last.current?.ids !== ids) last.current = { ids, set: new Set(ids) };
  });
  if (!known || known.ids === ids) return NONE;
  const fresh: number[] = [];
  for (let i = 0; i < ids.length && fresh.length < 8; i++)
    if (!known.set.has(ids[i] as string)) fresh.push(i);
  return fresh;
}

const NONE: number[] = [];

/** How far below the top of the scrolled content the cell starts. Rows above may grow and shrink. */
function useMargin(ref: React.RefObject<HTMLUListElement | null>, scroller: HTMLElement): number {
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => {
    const el = ref.current;
    if (!el) return;
    const measure = () =>
      setMargin(
        Math.round(
          el.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop,
        ),
      );
    measure();
    const seen = new ResizeObserver(measure);
    if (scroller.firstElementChild) seen.observe(scroller.firstElementChild);
    return () => seen.disconnect();
  }, [ref, scroller]);
  return margin;
}
