import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { CloudOff, Lock, MonitorPlay, Plus } from 'lucide-react';
import { type ComponentProps, Suspense, useCallback, useEffect, useState } from 'react';
import { BoardPage } from '../../features/board/BoardPage';
import { announceRemote } from '../../lib/announce';
import { lazyPart } from '../../lib/lazy';
import { toastError } from '../../lib/notify';
import { PageTitle, Top } from '../../lib/page';
import { useBoardSearch } from '../../lib/search';
import { hasRight, useMe } from '../../lib/session';
import {
  type BoardStore,
  isStale,
  StoreProvider,
  useBoard,
  useConnection,
  useOpenBoard,
  usePresence,
  useRejected,
  useStatus,
} from '../../live';
import { EmptyState } from '../../ui/EmptyState';
import { OwnKey } from '../../ui/Kbd';
import { AfterAWhile } from '../../ui/Skeleton';
import { ConnectionBanner } from '../Banner';
import { Faces } from '../Faces';
import { LiveState } from '../LiveState';
import { t } from '../messages';
import { NotFound } from '../NotFound';
import { SearchBox } from '../SearchBox';

// The card's panel is fetched when the board stands still, or when a card is open at once.
const cardPanel = () => import('../../features/card');
const Peek = lazyPart(() => cardPanel().then((m) => m.Peek));
const FollowBar = lazyPart(() => import('../../features/standup/FollowBar').then((m) => m.FollowBar));
const InWriting = lazyPart(() => import('../../features/standup/InWriting').then((m) => m.InWriting));
const NotApplied = lazyPart(() => cardPanel().then((m) => m.NotApplied));

if (/[?&]card=/.test(window.location.search)) void cardPanel().catch(() => {});

type Find = Parameters<NonNullable<ComponentProps<typeof BoardPage>['onBeside']>>[0];

/** A board with everything around it: who is here, how fresh it is, and the open card beside it. */
export function BoardRoute() {
  const { board } = useParams({ from: '/inside/b/$board' });
  const store = useOpenBoard(board);
  if (!store) return null;
  return (
    <StoreProvider store={store}>
      <Opened key={board} store={store} />
    </StoreProvider>
  );
}

function Opened({ store }: { store: BoardStore }) {
  const status = useStatus();
  if (status === 'missing') return <NotFound />;
  if (status === 'forbidden' || status === 'error')
    return <Broken store={store} forbidden={status === 'forbidden'} />;
  return status === 'ready' ? <Ready store={store} /> : <Waiting store={store} />;
}

function Waiting({ store }: { store: BoardStore }) {
  const me = useMe();
  const [search, setSearch] = useBoardSearch();
  return <BoardPage store={store} me={me} search={search} onSearch={setSearch} />;
}

function Broken({ store, forbidden }: { store: BoardStore; forbidden: boolean }) {
  const error = store.error();
  return (
    <div className="page">
      <PageTitle title={t('app.board')} />
      <EmptyState
        icon={forbidden ? <Lock size={28} /> : <CloudOff size={28} />}
        title={
          forbidden
            ? t('app.board.forbidden')
            : error instanceof Error
              ? error.message
              : t('app.board.failed')
        }
        action={
          forbidden ? (
            <Link to="/boards" className="btn">
              {t('app.404.boards')}
            </Link>
          ) : (
            <button type="button" className="btn" onClick={() => store.reload()}>
              {t('app.retry')}
            </button>
          )
        }
      >
        {t(forbidden ? 'app.board.forbiddenText' : 'app.error.kept')}
      </EmptyState>
    </div>
  );
}

function Ready({ store }: { store: BoardStore }) {
  const me = useMe();
  const navigate = useNavigate();
  const board = useBoard();
  const [search, setSearch] = useBoardSearch();
  const connection = useConnection();
  const presence = usePresence();
  const refused = useRejected();
  const [asked, setAsked] = useState(0);
  const [neighbours, setNeighbours] = useState<Find>();
  const onBeside = useCallback((find: Find) => setNeighbours(() => find), []);
  const rightsIn = (team: string) => ({
    work: hasRight(me, team, 'worker'),
    comment: hasRight(me, team, 'commenter'),
    lead: hasRight(me, team, 'lead'),
  });
  const mine = rightsIn(board.teamId);
  const may = !board.archivedAt && mine.work;
  const rights = { ...mine, work: may };
  const myId = me.person.id;

  useEffect(
    () =>
      store.onRemoteSummary((s) =>
        announceRemote(
          s.text,
          s.cardIds.some((id) => store.card(id)?.ownerIds.includes(myId)),
        ),
      ),
    [store, myId],
  );

  useEffect(() => {
    const timer = setTimeout(() => void cardPanel().catch(() => {}), 1500);
    return () => clearTimeout(timer);
  }, []);

  // A peek that was opened here is a step that Back takes back; leaving it by Escape does not add one.
  const open = (card?: string) => setSearch({ card }, { replace: true });
  const close = () => open();
  const [written, setWritten] = useState(false);
  const present = async (anyway: boolean) => {
    setWritten(false);
    try {
      const standup = await import('../../features/standup/present');
      if (!anyway && (await standup.inWriting(board.id))) return setWritten(true);
      const series = await standup.present({ boardId: board.id });
      await navigate({ to: '/standup/$series/screen', params: { series } });
    } catch (error) {
      toastError(error);
    }
  };

  return (
    <>
      <PageTitle
        title={board.name}
        tab={`${board.name}, ${board.teamName}`}
        crumb={
          <Link to="/teams/$team" params={{ team: board.teamId }}>
            {board.teamName}
          </Link>
        }
      />
      <Top place="search">
        <SearchBox />
      </Top>
      <Top place="state">
        <LiveState connection={connection} />
        <Faces people={presence} me={myId} />
      </Top>
      {may && (
        <Top place="action">
          <button type="button" className="btn line" onClick={() => void present(false)}>
            <MonitorPlay size={16} aria-hidden />
            <span className="btn-word">{t('app.present')}</span>
          </button>
          <button type="button" className="btn" onClick={() => setAsked(asked + 1)}>
            <Plus size={16} aria-hidden />
            <span className="btn-word">{t('app.newCard')}</span>
            <span className="btn-key" aria-hidden="true">
              <OwnKey of="c" />
            </span>
          </button>
        </Top>
      )}
      {written && (
        <Suspense fallback={null}>
          <InWriting onStart={() => void present(true)} onClose={() => setWritten(false)} />
        </Suspense>
      )}
      <ConnectionBanner connection={connection} />
      <AfterAWhile ms={600}>
        <Suspense fallback={null}>
          <FollowBar store={store} canWork={may} open={search.card} onOpen={open} />
        </Suspense>
      </AfterAWhile>
      {refused.length > 0 && (
        <Suspense fallback={null}>
          <NotApplied store={store} onOpen={(card) => setSearch({ card })} />
        </Suspense>
      )}
      <div className="beside">
        <div className="beside-board">
          <BoardPage
            store={store}
            me={me}
            search={search}
            onSearch={setSearch}
            stale={isStale(connection)}
            newCard={asked}
            onBeside={onBeside}
          />
        </div>
        {search.card && (
          <Suspense fallback={null}>
            <Peek
              store={store}
              cardKey={search.card}
              rights={rights}
              rightsIn={rightsIn}
              me={{ id: myId, name: me.person.name }}
              neighbours={neighbours}
              onClose={close}
              onOpen={open}
            />
          </Suspense>
        )}
      </div>
    </>
  );
}
