import { Link, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useMemo } from 'react';
import { BoardPage } from '../../features/board/BoardPage';
import { refresh, useData } from '../../lib/data';
import { PageTitle, Top } from '../../lib/page';
import { useBoardSearch } from '../../lib/search';
import {
  type BoardStore,
  isStale,
  StoreProvider,
  useBoard,
  useConnection,
  useOpenBoard,
  useStatus,
} from '../../live';
import { useFollow } from '../../live/follow';
import { EmptyState } from '../../ui/EmptyState';
import { LiveState } from '../LiveState';
import { useTeamBoards, useThisScreen, viewerOf } from './context';
import { t } from './messages';

const Peek = lazy(() => import('../../features/card').then((m) => ({ default: m.Peek })));

const NOTHING = { work: false, comment: false };

export function ScreenBoard() {
  const { board } = useParams({ from: '/screen/$board' });
  const store = useOpenBoard(board);
  if (!store) return null;
  return (
    <StoreProvider store={store}>
      <Opened key={board} store={store} />
    </StoreProvider>
  );
}

function Opened({ store }: { store: BoardStore }) {
  const screen = useThisScreen();
  const me = useMemo(() => viewerOf(screen), [screen]);
  const status = useStatus();
  const [search, setSearch] = useBoardSearch();
  const connection = useConnection();
  if (status === 'missing' || status === 'forbidden' || status === 'error') {
    const error = store.error();
    return (
      <div className="page">
        <PageTitle title={t('screen.title')} />
        <EmptyState
          title={status === 'error' && error instanceof Error ? error.message : t('screen.gone')}
          action={
            status === 'error' ? (
              <button type="button" className="btn" onClick={() => store.reload()}>
                {t('screen.again')}
              </button>
            ) : (
              <Link to="/screen" className="btn">
                {t('screen.allBoards')}
              </Link>
            )
          }
        />
      </div>
    );
  }
  return (
    <>
      {status === 'ready' && <Head />}
      <Top place="state">
        <ToRitual board={store.boardId} />
        <ToStandup board={store.boardId} />
        <Link to="/screen/wall" className="btn line sm">
          {t('screen.wall')}
        </Link>
        <LiveState connection={connection} />
      </Top>
      <div className="beside">
        <div className="beside-board">
          <BoardPage store={store} me={me} search={search} onSearch={setSearch} stale={isStale(connection)} />
        </div>
        {search.card && status === 'ready' && (
          <Suspense fallback={null}>
            <Peek
              store={store}
              cardKey={search.card}
              rights={NOTHING}
              me={me.person}
              alone
              onClose={() => setSearch({ card: undefined }, { replace: true })}
              onOpen={(card) => setSearch({ card }, { replace: true })}
            />
          </Suspense>
        )}
      </div>
    </>
  );
}

/** To the picture of the board's standup, which between two of them shows the board in numbers. */
/** The ritual that runs on the board now. */
function ToRitual({ board }: { board: string }) {
  const path = `/rituals?boardId=${board}`;
  const all = useData<{ items: { id: string; name: string; startedAt?: string }[] }>(path).data?.items ?? [];
  useFollow(
    all.map((r) => `ritual:${r.id}`),
    () => void refresh(path),
  );
  const runs = all.find((r) => r.startedAt);
  if (!runs) return null;
  return (
    <Link to="/screen/rituals/$series" params={{ series: runs.id }} className="btn sm">
      {runs.name}
    </Link>
  );
}

function ToStandup({ board }: { board: string }) {
  const series = useData<{ items: { id: string }[] }>(`/standups?boardId=${board}`).data?.items[0];
  if (!series) return null;
  return (
    <Link to="/screen/standup/$series" params={{ series: series.id }} className="btn line sm">
      {t('screen.standup')}
    </Link>
  );
}

function Head() {
  const { teamName } = useThisScreen();
  const { boards } = useTeamBoards();
  const board = useBoard();
  return (
    <PageTitle
      title={board.name}
      tab={`${board.name}, ${teamName}`}
      crumb={(boards?.length ?? 0) > 1 ? <Link to="/screen">{teamName}</Link> : teamName}
    />
  );
}
