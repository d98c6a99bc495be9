import { useEffect, useRef, useState } from 'react';
import type { Column } from '../../api/types';
import s from './board.module.css';
import { Cell } from './cell/Cell';
import { CountCell } from './cell/CountCell';
import { useRoom, useUi } from './context';
import type { Density } from './density';
import { LaneHead } from './LaneHead';
import { t } from './messages';
import { type Group, groupOf } from './model/groups';

interface Props {
  row: Group;
  columns: readonly Column[];
  grid: React.CSSProperties;
  scroller: HTMLElement | null;
  density: Density;
  isFolded: (columnId: string) => boolean;
  folded: boolean;
  onFold: () => void;
  named: boolean;
  last: boolean;
  /** There are so many rows that only those near the screen exist. */
  many: boolean;
}

/** One row of the board: its head, and its cells, or how many cards are in each when it is folded. */
export function Lane({ row, columns, grid, folded, onFold, named, last, ...rest }: Props) {
  const { scroller, density, isFolded, many } = rest;
  const ref = useRef<HTMLDivElement>(null);
  const [near, height] = useNear(ref, scroller, many && !folded);
  const holds = useHolds(row.id, many);
  const there = !many || near || holds;
  return (
    <section
      className={s.lane}
      aria-label={row.name ? t('board.laneName', { name: row.name }) : t('board.allCards')}
      data-named={named || undefined}
    >
      {named && <LaneHead row={row} columns={columns} grid={grid} folded={folded} onFold={onFold} />}
      {scroller && (
        <div
          ref={ref}
          className={s.row}
          data-fill={last || undefined}
          style={there || folded ? grid : { ...grid, minHeight: height }}
        >
          {folded
            ? columns.map((c) => <CountCell key={c.id} column={c} row={row} />)
            : there &&
              columns.map((c) => (
                <Cell
                  key={c.id}
                  column={c}
                  row={row}
                  scroller={scroller}
                  density={density}
                  folded={isFolded(c.id)}
                  last={last}
                />
              ))}
        </div>
      )}
    </section>
  );
}

/** The row of the card that has the focus, is carried or made stays, wherever the page is scrolled to. */
function useHolds(row: string, many: boolean): boolean {
  const { store, view } = useRoom();
  return useUi((u) => {
    if (!many) return false;
    if (u.grab?.target.row === row || u.draft?.row === row) return true;
    const card = u.focusId ? store.card(u.focusId) : undefined;
    return !!card && groupOf(view.by(), card) === row;
  });
}

const GUESS = 160;
/** Whether a row is near the screen, and the height that it had when it last was. */
function useNear(
  ref: React.RefObject<HTMLDivElement | null>,
  scroller: HTMLElement | null,
  on: boolean,
): [boolean, number] {
  const [near, setNear] = useState(false);
  const height = useRef(GUESS);
  useEffect(() => {
    const el = ref.current;
    if (!on || !el || !scroller) return;
    const seen = new IntersectionObserver(
      ([entry]) => {
        if (!entry) return;
        if (!entry.isIntersecting && el.childElementCount) height.current = entry.boundingClientRect.height;
        setNear(entry.isIntersecting);
      },
      { root: scroller, rootMargin: '900px 0px' },
    );
    seen.observe(el);
    return () => seen.disconnect();
  }, [ref, scroller, on]);
  return [near, height.current];
}
