import { Zap } from 'lucide-react';
import { memo } from 'react';
import type { Column } from '../../api/types';
import s from './board.module.css';
import { StripCell } from './cell/StripCell';
import { useBoard, useCell, useLive, useStripShown, useUi } from './context';
import { t } from './messages';
import { ALL } from './model/groups';
import { stripCount } from './verdicts';

interface Props {
  columns: readonly Column[];
  grid: React.CSSProperties;
  isFolded: (columnId: string) => boolean;
  /** One column at a time: the strip then shows all its cards, whatever their column. */
  stacked: boolean;
}

/** Expedite: one pinned strip with its own limit. It takes no room while it is empty, but for the length of a drag. */
export const Strip = memo(function Strip({ columns, grid, isFolded, stacked }: Props) {
  const board = useBoard();
  const underName = useCell({ columnId: columns[0]?.id ?? '', row: ALL, strip: true }).length > 0;
  const count = useLive('cards', stripCount);
  const shown = useStripShown();
  const carrying = useUi((u) => u.dragId !== null || u.grab !== null);
  if (shown === 0 && !carrying) return null;
  const { mode, max } = board.expedite;
  const limit = mode === 'off' ? undefined : max;
  const words = limit ? t('board.stripOf', { n: count, max: limit }) : t('board.stripPlain', { n: count });
  return (
    <section
      className={s.strip}
      aria-label={words}
      data-over={limit !== undefined && count > limit ? '' : undefined}
      data-first={underName || stacked || undefined}
      data-empty={count === 0 || undefined}
    >
      <h2 className={s.stripName}>
        <Zap size={14} fill="currentColor" aria-hidden />
        <span className={s.stripWord}>
          {t('board.expedite')}
          <b className="num">{limit ? `${count} / ${limit}` : count}</b>
          <small>
            {limit !== undefined && count > limit ? t('board.overLimit') : t('board.dropEverything')}
          </small>
        </span>
      </h2>
      <div className={s.row} data-stacked={stacked || undefined} style={stacked ? undefined : grid}>
        {columns.map((c) => (
          <StripCell key={c.id} column={c} folded={isFolded(c.id)} />
        ))}
      </div>
    </section>
  );
});
