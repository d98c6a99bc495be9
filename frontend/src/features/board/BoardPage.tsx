import { FilterX, KanbanSquare } from 'lucide-react';
import { Suspense, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { Me } from '../../api/types';
import { lazyPart } from '../../lib/lazy';
import { type BoardSearch, isFiltered, NO_FILTER, type SetBoardSearch } from '../../lib/search';
import type { BoardStore } from '../../live/types';
import { EmptyState } from '../../ui/EmptyState';
import { Board } from './Board';
import { BoardSkeleton } from './BoardSkeleton';
import { beside } from './beside';
import s from './board.module.css';
import { Room, useCounts, useLive, useRoom, useUi } from './context';
import { useDensity } from './density';
import { Dialogs } from './dialogs/Dialogs';
import { t } from './messages';
import { ColumnSwitcher } from './phone/ColumnSwitcher';
import { usePhone } from './phone/usePhone';
import { makeRoom } from './room';
import { groupingOf } from './toolbar/grouping';
import { Toolbar } from './toolbar/Toolbar';

const ArchivedNote = lazyPart(() => import('./dialogs/ArchiveBoard').then((m) => m.ArchivedNote));
const CardMenus = lazyPart(() => import('./menus/CardMenus').then((m) => m.CardMenus));

const BulkBar = lazyPart(() => import('./bulk/BulkBar').then((m) => m.BulkBar));

export interface BoardPageProps {
  /** The open board. It may still be loading. */
  store: BoardStore;
  me: Me;
  /** What the address says, and the way to change it. */
  search: BoardSearch;
  onSearch: SetBoardSearch;
  /** The connection is gone for a while: beams turn grey so that nobody trusts them. */
  stale?: boolean;
  /** Raised by the top bar's "New card". */
  newCard?: number;
  /** Told how to find the cards beside one as this page shows them, and with undefined that it no longer does. */
  onBeside?: (find: ((cardId: string) => Beside | undefined) | undefined) => void;
}
type Beside = { prev?: string; next?: string };

/** The board of a team. Loading, refused and broken boards are told apart by whoever opens the store. */
export function BoardPage(props: BoardPageProps) {
  const { store } = props;
  const status = useSyncExternalStore(
    (fn) => store.subscribe('status', fn),
    () => store.status(),
  );
  if (status === 'loading') return <BoardSkeleton />;
  if (status !== 'ready') return null;
  return <OpenBoard key={store.boardId} {...props} />;
}

const MINUTE = 60_000;

function OpenBoard({ store, me, search, onSearch, stale = false, newCard = 0, onBeside }: BoardPageProps) {
  const now = useRef({ me, search, onSearch });
  now.current = { me, search, onSearch };
  const room = useMemo(() => makeRoom(store, () => now.current), [store]);

  useEffect(() => room.view.follow(), [room]);
  // What is done in the open card can be taken back from here too.
  useEffect(
    () =>
      store.onOwn((note) => {
        const entry = room.ways.noted(note);
        if (!entry) return;
        room.undo.push(entry);
        note.sent.catch(() => room.undo.drop(entry));
      }),
    [store, room],
  );
  const { edit } = search;
  useEffect(() => {
    if (!edit) return;
    if (room.canLead())
      room.ui.setState({
        dialog: edit === 'settings' ? { kind: 'settings' } : { kind: 'column', id: edit },
      });
    room.setSearch({ edit: undefined }, { replace: true });
  }, [room, edit]);
  useEffect(() => {
    onBeside?.((id) => beside(room.view, id));
    return () => onBeside?.(undefined);
  }, [room, onBeside]);
  useEffect(() => {
    const h = setInterval(() => room.ui.setState({ now: Date.now() }), MINUTE);
    return () => clearInterval(h);
  }, [room]);
  useEffect(() => {
    if (newCard === 0) return;
    const { view, ui } = room;
    const columnId = view.columnIds[0];
    if (columnId && room.canWork()) ui.setState({ draft: { columnId, row: view.rowIds[0] ?? '*' } });
  }, [newCard, room]);
  return (
    <Room value={room}>
      <Configure search={search} meId={me.person.id} />
      <Whole search={search} stale={stale} />
    </Room>
  );
}

/** Keeps the view in step with the address, the person and the clock. */
function Configure({ search, meId }: { search: BoardSearch; meId: string }) {
  const { view } = useRoom();
  const lanes = useLive('lanes', (st) => st.lanes().length);
  const minute = useUi((u) => u.now);
  const grouping = groupingOf(search, lanes);
  // Opening a card changes the address but not what is shown.
  const { card: _open, lanes: _rows, ...filter } = search;
  const key = JSON.stringify([filter, grouping]);
  useEffect(() => {
    const [wanted, by] = JSON.parse(key) as [BoardSearch, typeof grouping];
    view.configure({ search: wanted, grouping: by, meId, now: minute });
  }, [view, key, meId, minute]);
  return null;
}

function Whole({ search, stale }: { search: BoardSearch; stale: boolean }) {
  const [density, setDensity] = useDensity();
  const phone = usePhone();
  const columns = useLive('columns', (st) => st.columns());
  const archived = useLive('board', (st) => st.board().archivedAt);
  const [at, setAt] = useState(0);
  const column = columns[Math.min(at, columns.length - 1)];
  useFirstFocus();
  return (
    <div className={s.page} data-phone={phone || undefined}>
      <div className={s.above}>
        {archived && (
          <Suspense fallback={null}>
            <ArchivedNote at={archived} />
          </Suspense>
        )}
        <Toolbar search={search} density={density} onDensity={setDensity} />
        {phone && column && <ColumnSwitcher at={column.id} onPick={(i) => setAt(i)} />}
        <Empty search={search} />
      </div>
      <Board density={density} only={phone ? column?.id : undefined} stale={stale} />
      <Suspense fallback={null}>
        <CardMenus />
      </Suspense>
      <Selected />
      <Dialogs />
    </div>
  );
}

/** The bar is fetched with the first selection. */
function Selected() {
  const some = useUi((u) => u.selected.size > 0);
  return (
    some && (
      <Suspense fallback={null}>
        <BulkBar />
      </Suspense>
    )
  );
}

/** Tab reaches one card of the board: the last one that had the focus, else the first that there is. */
function useFirstFocus(): void {
  const { ui, view, store } = useRoom();
  useLive('cards', (st) => st.cardIds());
  useEffect(() => {
    const { focusId } = ui.getState();
    if (focusId && store.card(focusId)) return;
    for (const columnId of view.columnIds)
      for (const row of view.rowIds) {
        const id = view.cell({ columnId, row, strip: false })[0];
        if (id) return ui.setState({ focusId: id });
      }
  });
}

/** Why there is nothing to see, and the one thing to do about it. */
function Empty({ search }: { search: BoardSearch }) {
  const { setSearch, ui, view, canWork } = useRoom();
  const { shown, total } = useCounts();
  if (total === 0)
    return (
      <EmptyState
        icon={<KanbanSquare size={28} />}
        title={t('board.emptyTitle')}
        action={
          canWork() && (
            <button
              type="button"
              className="btn"
              onClick={() =>
                ui.setState({ draft: { columnId: view.columnIds[0] ?? '', row: view.rowIds[0] ?? '*' } })
              }
            >
              {t('board.addFirst')}
            </button>
          )
        }
      >
        {t(canWork() ? 'board.emptyText' : 'board.emptyViewer')}
      </EmptyState>
    );
  if (shown === 0 && isFiltered(search))
    return (
      <EmptyState
        icon={<FilterX size={26} />}
        title={t('board.noneShown', { n: total })}
        action={
          <button type="button" className="btn line" onClick={() => setSearch(NO_FILTER)}>
            {t('board.clearFilters')}
          </button>
        }
      />
    );
  return null;
}
