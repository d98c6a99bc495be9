import { Link } from '@tanstack/react-router';
import { Download, KanbanSquare, Plus, Search } from 'lucide-react';
import { useId, useState } from 'react';
import type { BoardListItem, MyTeam } from '../../api/types';
import { useData } from '../../lib/data';
import { PageTitle, Top } from '../../lib/page';
import { hasRight, useMe } from '../../lib/session';
import { EmptyState } from '../../ui/EmptyState';
import { RequestNumber } from '../../ui/RequestNumber';
import { AfterAWhile, Bone } from '../../ui/Skeleton';
import { ArchivedBoards } from './ArchivedBoards';
import { ArchiveDialog, CopyDialog } from './BoardDialogs';
import { BoardTile } from './BoardTile';
import './boards.css';
import { shiftStar, starred, toggleStar } from './favourites';
import { useLiveBoards } from './live';
import { t } from './messages';
import { NewBoardDialog } from './NewBoardDialog';
import { TileMenu } from './TileMenu';

/** Boards by team, own teams first. */
function byTeam(
  boards: readonly BoardListItem[],
  mine: readonly MyTeam[],
): [string, string, string, BoardListItem[]][] {
  const found = new Map<string, [string, string, string, BoardListItem[]]>();
  for (const b of boards) {
    const entry = found.get(b.teamId) ?? [b.teamId, b.teamName, b.teamKey, []];
    entry[3].push(b);
    found.set(b.teamId, entry);
  }
  const own = (id: string) => mine.some((m) => m.id === id && m.right !== 'none' && m.right !== 'viewer');
  return [...found.values()].sort(
    (a, b) => Number(own(b[0])) - Number(own(a[0])) || a[1].localeCompare(b[1]),
  );
}

export function BoardsPage({
  openBoard,
  newTeam,
  newIn,
  onNewClosed,
}: {
  openBoard: (id: string) => void;
  newTeam: () => void;
  /** From the address: a new board in this team is asked for. */
  newIn?: string;
  onNewClosed: () => void;
}) {
  const me = useMe();
  const { data, error, refetch, isPending } = useData<{ items: BoardListItem[] }>('/boards');
  const [making, setMaking] = useState(false);
  const [q, setQ] = useState('');
  const id = useId();
  const leads = me.teams.filter((team) => hasRight(me, team.id, 'lead'));
  const boards = data?.items ?? [];
  const [asked, ask] = useState<{ what: 'copy' | 'archive'; board: BoardListItem }>();
  useLiveBoards(boards);
  const words = q.trim().toLowerCase();
  const shown = boards.filter((b) => `${b.name} ${b.teamName} ${b.teamKey}`.toLowerCase().includes(words));

  const favourites = starred(shown);
  const all = starred(boards);
  const tile = (b: BoardListItem) => {
    const at = all.indexOf(b);
    return (
      <BoardTile key={b.id} board={b} onStar={() => void toggleStar(boards, b)}>
        <TileMenu
          board={b}
          onEarlier={at > 0 ? () => void shiftStar(boards, b, -1) : undefined}
          onLater={at >= 0 && at < all.length - 1 ? () => void shiftStar(boards, b, 1) : undefined}
          onCopy={leads.length > 0 ? () => ask({ what: 'copy', board: b }) : undefined}
          onArchive={b.canLead ? () => ask({ what: 'archive', board: b }) : undefined}
        />
      </BoardTile>
    );
  };

  return (
    <div className="page">
      <PageTitle title={t('boards.title')} crumb={me.workspace.name} />
      {boards.length > 4 && (
        <Top place="search">
          <search className="searchbox">
            <Search size={15} aria-hidden />
            <label className="sr" htmlFor={id}>
              {t('boards.find')}
            </label>
            <input
              id={id}
              type="search"
              value={q}
              placeholder={t('boards.find')}
              onChange={(e) => setQ(e.target.value)}
            />
          </search>
        </Top>
      )}
      {leads.length > 0 && (
        <Top place="action">
          <Link to="/import" className="btn line">
            <Download size={15} aria-hidden />
            {t('boards.import')}
          </Link>
          {(boards.length > 0 || !data) && (
            <button type="button" className="btn" onClick={() => setMaking(true)}>
              <Plus size={16} aria-hidden />
              {t('boards.new')}
            </button>
          )}
        </Top>
      )}
      <div className="page-in">
        {isPending && (
          <AfterAWhile>
            <Waiting />
          </AfterAWhile>
        )}
        {error && !data && (
          <EmptyState
            title={t('boards.failed')}
            action={
              <>
                <button type="button" className="btn" onClick={() => refetch()}>
                  {t('boards.retry')}
                </button>
                <RequestNumber error={error} />
              </>
            }
          >
            {error.message}
          </EmptyState>
        )}
        {data && boards.length === 0 && (
          <EmptyState
            icon={<KanbanSquare size={30} />}
            title={t('boards.empty.title')}
            action={
              leads.length > 0 ? (
                <button type="button" className="btn" onClick={() => setMaking(true)}>
                  <Plus size={16} aria-hidden />
                  {t('boards.new')}
                </button>
              ) : me.person.role === 'admin' ? (
                <button type="button" className="btn" onClick={newTeam}>
                  <Plus size={16} aria-hidden />
                  {t('boards.new.team')}
                </button>
              ) : undefined
            }
          >
            {t(
              leads.length > 0
                ? 'boards.empty.text'
                : me.person.role === 'admin'
                  ? 'boards.empty.noTeam'
                  : 'boards.empty.member',
            )}
          </EmptyState>
        )}
        {boards.length > 0 && shown.length === 0 && <p className="quiet">{t('boards.none', { q })}</p>}
        {favourites.length > 0 && (
          <section className="team-boards favourites" aria-labelledby="favourites">
            <header>
              <h2 id="favourites">{t('boards.favourites')}</h2>
            </header>
            <ul className="tiles">{favourites.map(tile)}</ul>
          </section>
        )}
        <div className="teams-boards">
          {byTeam(
            shown.filter((b) => b.favourite === undefined),
            me.teams,
          ).map(([teamId, name, key, list]) => (
            <section key={teamId} className="team-boards" aria-labelledby={`team-${teamId}`}>
              <header>
                <h2 id={`team-${teamId}`}>
                  <Link to="/teams/$team" params={{ team: teamId }}>
                    {name}
                  </Link>
                </h2>
                <code>{key}</code>
              </header>
              <ul className="tiles">{list.map(tile)}</ul>
            </section>
          ))}
        </div>
        {data && <ArchivedBoards />}
      </div>
      {asked?.what === 'copy' && (
        <CopyDialog board={asked.board} teams={leads} onMade={openBoard} onClose={() => ask(undefined)} />
      )}
      {asked?.what === 'archive' && <ArchiveDialog board={asked.board} onClose={() => ask(undefined)} />}
      {leads.length > 0 && (making || newIn) && (
        <NewBoardDialog
          teams={leads}
          teamId={leads.find((team) => team.id === newIn)?.id}
          onMade={openBoard}
          onClose={() => {
            setMaking(false);
            if (newIn) onNewClosed();
          }}
        />
      )}
    </div>
  );
}

function Waiting() {
  return (
    <div className="team-boards" aria-hidden="true">
      <header>
        <Bone width={140} height={16} />
      </header>
      <div className="tiles">
        {[1, 2, 3].map((n) => (
          <div key={n} className="tile panel">
            <Bone width="50%" height={16} />
            <Bone width="100%" height={34} />
          </div>
        ))}
      </div>
    </div>
  );
}
