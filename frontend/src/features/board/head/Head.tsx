import { Ellipsis, Plus, TriangleAlert } from 'lucide-react';
import { memo, Suspense, useEffect, useRef, useState } from 'react';
import type { Column } from '../../../api/types';
import { lazyPart } from '../../../lib/lazy';
import { maxOf, wipState } from '../../../lib/limits';
import { Beam } from '../../../ui/Beam';
import { useCount, useLive, useMix, useRoom, useUi } from '../context';
import { byFinger, whenDragging } from '../drag';
import { t } from '../messages';
import { pullQueue } from '../model/queue';
import { saidVerdict } from '../verdicts';
import s from './head.module.css';
import { Policy } from './Policy';

const TopNote = lazyPart(() => import('../queue/TopNote').then((m) => m.TopNote));
const HeadMenu = lazyPart(() => import('./HeadMenu').then((m) => m.HeadMenu));

interface Props {
  column: Column;
  index: number;
  folded: boolean;
  onFold: (columnId: string) => void;
  /** Row in which a new card is made. */
  firstRow: string;
  stale: boolean;
}

/** "full 6 / 6", "over 5 / 4", "3 / 4", "6", "low 1, at least 2": the word before the colour. */
export function WipWords({ column, count }: { column: Column; count: number }) {
  const state = wipState(column.wip, count);
  const max = maxOf(column.wip);
  return (
    <span className={s.count} data-wip={state}>
      {state === 'over' && (
        <>
          <TriangleAlert size={13} aria-hidden /> {t('board.over')}
        </>
      )}
      {state === 'full' && t('board.full')}
      {state === 'starved' && t('board.low')}
      <span>
        {max ? t('board.ofMax', { n: count, max }) : count}
        <span className="sr">
          {state === 'starved'
            ? t('board.starvedWords', { min: column.wip.min ?? 0 })
            : max
              ? t('board.limitWords', { max })
              : t('board.cardsWord', { n: count })}
        </span>
      </span>
    </span>
  );
}

export const Head = memo(function Head({ column, index, folded, onFold, firstRow, stale }: Props) {
  const room = useRoom();
  const { ui, store, view, canWork, canLead } = room;
  const mix = useMix(column.id);
  const count = useCount(column.id);
  const over = useUi((u) => (u.over?.columnId === column.id ? u.over : null));
  const ref = useRef<HTMLDivElement>(null);
  const [menu, setMenu] = useState(false);
  /** A column is held over this one: on which side it would land. */
  const [beside, setBeside] = useState<'left' | 'right'>();
  const { id } = column;

  // A folded column accepts drops at its end; so does every head, which is the quick way to "top of the next column".
  useEffect(() => {
    const el = ref.current;
    if (!el) return;
    const spot = { columnId: id, row: firstRow, strip: false };
    const clear = () => ui.getState().over?.columnId === id && ui.setState({ over: null });
    const at = (columnId: unknown) => store.columns().findIndex((c) => c.id === columnId);
    return whenDragging(({ combine, draggable, dropTargetForElements }) => {
      const target = dropTargetForElements({
        element: el,
        canDrop: ({ source }) =>
          source.data.type === 'card' || (source.data.type === 'column' && source.data.id !== id),
        getData: () => ({ type: 'head', columnId: id }),
        onDragEnter: ({ source }) => {
          if (source.data.type === 'column') {
            setBeside(at(source.data.id) < at(id) ? 'right' : 'left');
            return;
          }
          const card = store.card(source.data.id as string);
          const verdict = card && saidVerdict(store, card, spot, view.by() === 'lanes');
          ui.setState({ over: { ...spot, index: 0, verdict, onHead: true } });
        },
        onDragLeave: () => {
          setBeside(undefined);
          clear();
        },
        onDrop: ({ source }) => {
          setBeside(undefined);
          clear();
          const held = store.columns().find((c) => source.data.type === 'column' && c.id === source.data.id);
          if (held) void import('./shift').then((m) => m.shiftColumn(room, held, at(id)));
        },
      });
      const held = draggable({
        element: el,
        canDrag: () => canLead() && !byFinger(),
        getInitialData: () => ({ type: 'column', id }),
      });
      return combine(target, held);
    });
  }, [id, firstRow, store, view, ui, room, canLead]);

  // the queue from which work is pulled says who changed its order
  const first = useLive('columns', (st) => pullQueue(st.columns(), st.board().startColumnId)?.id === id);
  const max = maxOf(column.wip);
  const min = column.wip.mode === 'off' ? undefined : column.wip.min;
  if (folded)
    return (
      <div
        ref={ref}
        className={s.head}
        data-folded=""
        data-over={over ? (over.verdict?.tone ?? 'ok') : undefined}
      >
        <h2 className={s.foldedName}>
          <button
            type="button"
            aria-expanded={false}
            aria-label={t('board.unfold', { column: column.name, n: count })}
            title={t('board.unfoldShort', { column: column.name })}
            onClick={() => onFold(id)}
          >
            <b className="num">{count}</b>
          </button>
        </h2>
      </div>
    );
  const menuButton = (early?: () => void) => (
    <button
      type="button"
      className={s.tool}
      aria-label={t('board.columnMenu', { column: column.name })}
      onClick={early}
    >
      <Ellipsis size={15} aria-hidden />
    </button>
  );
  return (
    <div
      ref={ref}
      className={s.head}
      data-head={id}
      data-beside={beside}
      data-over={over ? (over.verdict?.tone ?? 'ok') : undefined}
    >
      <div className={s.line}>
        <Policy column={column} />
        {first && (
          <Suspense fallback={null}>
            <TopNote />
          </Suspense>
        )}
        <span className={s.tools}>
          {canWork() && (
            <button
              type="button"
              className={s.tool}
              aria-label={t('board.addCardTo', { column: column.name })}
              title={t('board.addCard')}
              onClick={() => ui.setState({ draft: { columnId: id, row: firstRow } })}
            >
              <Plus size={15} aria-hidden />
            </button>
          )}
          <Suspense fallback={menuButton(() => setMenu(true))}>
            <HeadMenu
              column={column}
              index={index}
              opened={menu}
              onChange={setMenu}
              onFold={onFold}
              lead={canLead()}
            >
              {menuButton()}
            </HeadMenu>
          </Suspense>
        </span>
        <WipWords column={column} count={count} />
      </div>
      <Beam mix={mix} max={max} min={min} stale={stale} />
      {over?.onHead && over.verdict && (
        <p className={s.verdict} data-tone={over.verdict.tone} aria-hidden="true">
          {over.verdict.text}
        </p>
      )}
    </div>
  );
});
