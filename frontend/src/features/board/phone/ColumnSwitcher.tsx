import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Suspense, useEffect, useRef } from 'react';
import type { Column } from '../../../api/types';
import { lazyPart } from '../../../lib/lazy';
import { maxOf } from '../../../lib/limits';
import { Beam } from '../../../ui/Beam';
import { useColumns, useCount, useMix, useRoom } from '../context';
import { WipWords } from '../head/Head';
import { t } from '../messages';
import s from './phone.module.css';

const ColumnMenu = lazyPart(() => import('../head/HeadMenu').then((m) => m.ColumnMenu));

/** The heads as tabs: each column is its beam, so that the one that is over is seen from any other. */
export function ColumnSwitcher({ at, onPick }: { at: string; onPick: (index: number) => void }) {
  const columns = useColumns();
  const i = columns.findIndex((c) => c.id === at);
  const { canLead } = useRoom();
  const column = columns[i];
  return (
    <nav className={s.switcher} aria-label={t('board.columns')}>
      <button
        type="button"
        className={s.step}
        aria-label={t('board.columnBefore')}
        data-dwell
        disabled={i <= 0}
        onClick={() => onPick(i - 1)}
      >
        <ChevronLeft size={18} aria-hidden />
      </button>
      <ul className={s.beams}>
        {columns.map((c, k) => (
          <Tab key={c.id} column={c} on={c.id === at} onPick={() => onPick(k)} />
        ))}
      </ul>
      <button
        type="button"
        className={s.step}
        aria-label={t('board.columnAfter')}
        data-dwell
        disabled={i >= columns.length - 1}
        onClick={() => onPick(i + 1)}
      >
        <ChevronRight size={18} aria-hidden />
      </button>
      {column && canLead() && (
        <Suspense fallback={null}>
          <ColumnMenu column={column} index={i} className={s.step} />
        </Suspense>
      )}
    </nav>
  );
}

function Tab({ column, on, onPick }: { column: Column; on: boolean; onPick: () => void }) {
  const mix = useMix(column.id);
  const count = useCount(column.id);
  const ref = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const el = ref.current;
    const list = el?.closest('ul');
    if (on && el && list) list.scrollTo({ left: el.offsetLeft - list.clientWidth / 2 + el.offsetWidth / 2 });
  }, [on]);
  return (
    <li>
      <button
        ref={ref}
        type="button"
        className={s.tab}
        data-dwell
        aria-current={on || undefined}
        onClick={onPick}
      >
        <span className={s.tabLine}>
          <b>{column.name}</b>
          <WipWords column={column} count={count} />
        </span>
        <Beam
          mix={mix}
          max={maxOf(column.wip)}
          min={column.wip.mode === 'off' ? undefined : column.wip.min}
          height={16}
        />
      </button>
    </li>
  );
}
