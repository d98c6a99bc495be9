import { ArrowRightToLine, Redo2, Undo2, X } from 'lucide-react';
import { Suspense, useSyncExternalStore } from 'react';
import type { Discipline } from '../../../api/types';
import { useWithKey } from '../../../lib/keys';
import { lazyPart } from '../../../lib/lazy';
import { type BoardSearch, isFiltered, NO_FILTER, QUICK, type Quick } from '../../../lib/search';
import { DiscIcon } from '../../../ui/DiscIcon';
import { disciplineName } from '../../../ui/messages';
import { useCounts, useLive, useRoom } from '../context';
import type { Density } from '../density';
import { t } from '../messages';
import { toggled } from '../model/filter';
import { pullQueue } from '../model/queue';
import { pullSoon } from '../queue';
import { discShort } from '../words';
import { Facts } from './Facts';
import { FilterButton } from './FilterButton';
import s from './toolbar.module.css';

// The kit's menus follow the first view.
const FilterPopover = lazyPart(() => import('./FilterPopover').then((m) => m.FilterPopover));
const ViewsMenu = lazyPart(() => import('./ViewsMenu').then((m) => m.ViewsMenu));
const ViewMenus = lazyPart(() => import('./ViewMenus').then((m) => m.ViewMenus));

const CHIPS: readonly Discipline[] = ['development', 'operations', 'security'];
/** 'wip' has no chip of its own: it is the first fact on the right. */
const QUICK_CHIPS = QUICK.filter((q): q is Exclude<Quick, 'wip'> => q !== 'wip');

interface Props {
  search: BoardSearch;
  density: Density;
  onDensity: (d: Density) => void;
}

/** Everything above the board: what is shown, what is true, how it is shown. */
export function Toolbar({ search, density, onDensity }: Props) {
  const { setSearch } = useRoom();
  return (
    <section className={s.tools} aria-label={t('board.tools')}>
      <fieldset className={s.group} aria-label={t('board.byDiscipline')}>
        {CHIPS.map((d) => (
          <button
            key={d}
            type="button"
            className="chip"
            title={disciplineName(d)}
            aria-pressed={search.disc?.includes(d) ?? false}
            onClick={() => setSearch({ disc: toggled(search.disc, d) })}
          >
            <DiscIcon d={d} size={16} decorative />
            {discShort(d)}
          </button>
        ))}
      </fieldset>
      <span className={s.sep} />
      <fieldset className={s.group} aria-label={t('board.quickFilters')}>
        {QUICK_CHIPS.map((q) => (
          <button
            key={q}
            type="button"
            className="chip plain"
            aria-pressed={search.quick?.includes(q) ?? false}
            onClick={() => setSearch({ quick: toggled(search.quick, q) })}
          >
            {t(`board.quick.${q}`)}
          </button>
        ))}
      </fieldset>
      <Suspense fallback={<FilterButton search={search} />}>
        <FilterPopover search={search} />
      </Suspense>
      <Suspense fallback={null}>
        <ViewsMenu search={search} />
      </Suspense>
      {isFiltered(search) && <Shown />}
      <span className={s.space} />
      <Facts search={search} />
      <span className={s.menus}>
        <PullButton />
        <UndoButton />
        <Suspense fallback={<span className={s.menusToCome} />}>
          <ViewMenus search={search} density={density} onDensity={onDensity} />
        </Suspense>
      </span>
    </section>
  );
}

/** "4 of 28" and the one way out of all filters. */
function Shown() {
  const { setSearch } = useRoom();
  const { shown, total } = useCounts();
  return (
    <span className={s.shown}>
      <b className="num">{t('board.shownOf', { n: shown, of: total })}</b>
      <button type="button" className="btn ghost sm" onClick={() => setSearch(NO_FILTER)}>
        <X size={14} aria-hidden />
        {t('board.clear')}
      </button>
    </span>
  );
}

/** Takes the next card of the queue that limits allow, whoever is first. */
function PullButton() {
  const room = useRoom();
  const queue = useLive('columns', (st) => pullQueue(st.columns(), st.board().startColumnId));
  const title = useWithKey(t('board.pullTitle', { column: queue?.name ?? '' }), 'p');
  if (!room.canWork() || !queue) return null;
  return (
    <button
      type="button"
      className={`btn ghost ${s.pull}`}
      aria-label={t('board.pull')}
      title={title}
      onClick={() => pullSoon(room)}
    >
      <ArrowRightToLine size={15} aria-hidden />
      <span className={s.word}>{t('board.pull')}</span>
    </button>
  );
}

/** Take back, and do again: what one did at this page. The second one is there once something was taken back. */
function UndoButton() {
  const { undo, mover, canWork } = useRoom();
  const last = useSyncExternalStore(undo.subscribe, undo.last);
  const undone = useSyncExternalStore(undo.subscribe, undo.lastUndone);
  if (!canWork()) return null;
  const name = last ? t('board.undoWhat', { what: last.text }) : t('board.nothingToUndo');
  const again = undone && t('board.redoWhat', { what: undone.text });
  return (
    <>
      <button
        type="button"
        className={`btn ghost icon ${s.undo}`}
        aria-label={name}
        title={last ? `${name} (Ctrl Z)` : name}
        aria-disabled={!last || undefined}
        onClick={() => last && void mover.runUndo()}
      >
        <Undo2 size={15} aria-hidden />
      </button>
      {again && (
        <button
          type="button"
          className={`btn ghost icon ${s.undo}`}
          aria-label={again}
          title={`${again} (Ctrl Shift Z)`}
          onClick={() => void mover.runRedo()}
        >
          <Redo2 size={15} aria-hidden />
        </button>
      )}
    </>
  );
}
