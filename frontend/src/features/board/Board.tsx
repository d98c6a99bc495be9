import { useEffect, useMemo, useRef, useState } from 'react';
import { useHint } from '../../lib/keys';
import { useStored } from '../../lib/stored';
import s from './board.module.css';
import { useColumns, useRoom, useRows } from './context';
import type { Density } from './density';
import { HintBar } from './HintBar';
import { Head } from './head/Head';
import { Lane } from './Lane';
import { t } from './messages';
import { Strip } from './Strip';
import { useBoardDrag } from './useBoardDrag';
import { useBoardKeys } from './useBoardKeys';
import { useTouch } from './useTouch';

/** Of a column, in pixels: seven stand beside each other at 1440, whose cards can still be read. */
const LEAST = 180;
const FOLDED = '48px';
/** From here on only the rows near the screen are drawn. */
const MANY_ROWS = 12;

/** A set of ids that is kept per board in this browser. */
export function useFolded(name: string): [ReadonlySet<string>, (id: string) => void] {
  const { store } = useRoom();
  const [kept, keep] = useStored<string>(`board.${store.boardId}.${name}`, '');
  const set = useMemo(() => new Set(kept.split(' ').filter(Boolean)), [kept]);
  const toggle = (id: string) => {
    const next = new Set(set);
    if (!next.delete(id)) next.add(id);
    keep([...next].join(' '));
  };
  return [set, toggle];
}

/** The table itself: heads, strip, rows of cells, in one scroller. On a phone `only` names the one column shown. */
export function Board({ density, only, stale }: { density: Density; only?: string; stale: boolean }) {
  // State, not a ref: cells run their layout effects before a parent's ref is filled.
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const heads = useRef<HTMLDivElement>(null);
  const { store } = useRoom();
  const all = useColumns();
  const columns = useMemo(() => (only ? all.filter((c) => c.id === only) : all), [all, only]);
  const rows = useRows();
  const [foldedColumns, foldColumn] = useFolded('folded');
  const [foldedRows, foldRow] = useFolded('foldedRows');
  const hint = useBoardDrag(scroller);
  useBoardKeys(scroller);
  useTouch(scroller);

  useEffect(() => {
    const el = heads.current;
    if (!el || !scroller) return;
    const seen = new ResizeObserver(() => {
      scroller.style.setProperty('--heads', `${el.offsetHeight}px`);
    });
    seen.observe(el);
    return () => seen.disconnect();
  }, [scroller]);

  const moves = useHint('m');
  const isFolded = (id: string) => !only && foldedColumns.has(id);
  const tracks = columns.map((c) => (isFolded(c.id) ? FOLDED : `minmax(${LEAST}px, 1fr)`)).join(' ');
  const grid = { gridTemplateColumns: tracks };
  const wide = columns.reduce((w, c) => w + (isFolded(c.id) ? 56 : LEAST + 8), 0);
  const named = rows.length > 1 || (rows[0]?.name ?? '') !== '';
  return (
    <div className={s.board} ref={setScroller} data-density={density} data-board={store.boardId}>
      <p id="board-keys" className="sr">
        {t('board.keysHelp')} {moves && t('board.keysHelpMove', { key: moves })}
      </p>
      <div className={s.grid} style={{ minWidth: only ? undefined : wide }}>
        <div className={s.heads} ref={heads}>
          {!only && (
            <div className={s.row} style={grid}>
              {columns.map((c) => (
                <Head
                  key={c.id}
                  column={c}
                  index={all.indexOf(c)}
                  folded={isFolded(c.id)}
                  onFold={foldColumn}
                  firstRow={rows[0]?.id ?? '*'}
                  stale={stale}
                />
              ))}
            </div>
          )}
          <Strip columns={only ? all : columns} grid={grid} isFolded={isFolded} stacked={!!only} />
        </div>
        {rows.map((row, i) => (
          <Lane
            key={row.id}
            row={row}
            columns={columns}
            grid={grid}
            scroller={scroller}
            density={density}
            isFolded={isFolded}
            folded={named && foldedRows.has(row.id)}
            onFold={() => foldRow(row.id)}
            named={named}
            last={i === rows.length - 1}
            many={rows.length > MANY_ROWS}
          />
        ))}
      </div>
      <HintBar said={hint} />
    </div>
  );
}
