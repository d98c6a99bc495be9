import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { api } from '../../../lib/api';
import { putData, refresh, useData } from '../../../lib/data';
import { toastError } from '../../../lib/notify';
import { PageTitle, Top } from '../../../lib/page';
import { clock, longDay } from '../../../lib/time';
import { useNow } from '../../../lib/use-now';
import { useFollow } from '../../../live/follow';
import { EmptyState } from '../../../ui/EmptyState';
import { RequestNumber } from '../../../ui/RequestNumber';
import { AfterAWhile, Bone } from '../../../ui/Skeleton';
import { Asks, Blocked } from './Beside';
import './desk.css';
import { Ending } from './Ending';
import { Launches } from './Launches';
import { t } from './messages';
import { PushBack } from './PushBack';
import { More } from './parts';
import { Rituals } from './Rituals';
import { Summary, Teams } from './Teams';
import type { Answer, Desk } from './types';
import { useTriage } from './use-triage';
import { Waiting } from './Waiting';

/** As many topics as this one socket carries beside the shell's. */
const TEAMS = 20;
const LISTS = 16;
const SERIES = 6;

/** So many of each list are read, and so many more when they are asked for. */
const MOST = 50;

function pathOf(team: string | undefined, most: number): string {
  const asked = new URLSearchParams();
  if (team) asked.set('teamId', team);
  if (most > MOST) asked.set('most', String(most));
  return asked.size > 0 ? `/desk?${asked}` : '/desk';
}

/** What waits in all teams to which somebody stands, and for how long. */
export function DeskPage({
  scope,
  team,
  onTeam,
  onJoin,
  answer,
  boards,
  state,
}: {
  /** The switch back to one's own day. */
  scope: ReactNode;
  /** The one team that is looked at. */
  team: string | undefined;
  onTeam: (team: string | undefined) => void;
  /** Comes to a standup that runs, on its board. */
  onJoin: (series: string, board: string) => void;
  /** Shows what was answered. */
  answer: (of: Answer) => ReactNode;
  /** For who may look at all teams: what is out of order on their boards. */
  boards?: ReactNode;
  state?: ReactNode;
}) {
  const [most, setMost] = useState(MOST);
  const { data, error, refetch, isPending } = useData<Desk>(pathOf(team, most));
  const more = async () => {
    const path = pathOf(team, most + MOST);
    try {
      const desk = await api.get<Desk>(path);
      putData<Desk>(path, () => desk); // what is on the page stays there until it comes
      setMost(most + MOST);
    } catch (error) {
      toastError(error);
    }
  };
  const now = useNow(60_000);
  const lists = [
    ...new Set([
      ...(data?.waiting.items ?? []).map((x) => x.checklistId),
      ...(data?.launches.items ?? []).map((x) => x.checklist.id),
    ]),
  ].slice(0, LISTS);
  useFollow(
    [
      'me',
      ...(data?.teams ?? []).slice(0, TEAMS).map((x) => `team:${x.id}`),
      ...lists.map((id) => `checklist:${id}`),
      ...(data?.rituals ?? [])
        .slice(0, SERIES)
        .map((r) => `${r.kind === 'standup' ? 'standup' : 'ritual'}:${r.seriesId}`),
    ],
    () => void refresh('/desk'),
  );
  return (
    <div className="page">
      <PageTitle title={t('desk.title')} />
      <Top place="title">
        <span className="td-day">{longDay(now)}</span>
      </Top>
      <Top place="state">{state}</Top>
      <div className="dk">
        <div className="dk-top">
          {scope}
          {data && <Teams teams={data.teams} team={team} onTeam={onTeam} />}
          {data && <Summary desk={data} />}
        </div>
        {isPending && (
          <AfterAWhile>
            <Bones />
          </AfterAWhile>
        )}
        {error && !data && (
          <EmptyState
            title={t('desk.error')}
            action={
              <>
                <button type="button" className="btn" onClick={() => refetch()}>
                  {t('desk.retry')}
                </button>
                <RequestNumber error={error} />
              </>
            }
          >
            {error.message}
          </EmptyState>
        )}
        {data && data.teams.length === 0 && (
          <EmptyState
            title={t('desk.none')}
            action={
              <Link to="/teams/coverage" className="btn">
                {t('desk.coverage')}
              </Link>
            }
          >
            {t('desk.noneText')}
          </EmptyState>
        )}
        {data && data.teams.length > 0 && (
          <More.Provider value={{ n: MOST, read: more }}>
            <Body desk={data} now={now} answer={answer} onJoin={onJoin} />
          </More.Provider>
        )}
        {data?.wide && !team && boards}
      </div>
    </div>
  );
}

function Body({
  desk,
  now,
  answer,
  onJoin,
}: {
  desk: Desk;
  now: number;
  answer: (of: Answer) => ReactNode;
  onJoin: (series: string, board: string) => void;
}) {
  const [asking, ask] = useState<string>();
  const triage = useTriage(desk, ask);
  const asked = triage.items.find((x) => triage.idOf(x) === asking);
  return (
    <>
      <Rituals desk={desk} now={now} onJoin={onJoin} />
      <Trouble desk={desk} />
      <div className="dk-grid">
        <div className="dk-one">
          <Waiting desk={desk} triage={triage} now={now} answer={answer} onAsk={ask} />
          <div className="dk-pair">
            <Asks desk={desk} now={now} />
            <Blocked desk={desk} now={now} />
          </div>
        </div>
        <div className="dk-two">
          <Launches desk={desk} />
          <Ending desk={desk} />
        </div>
      </div>
      {asked && (
        <PushBack
          item={asked}
          onClose={() => ask(undefined)}
          onSend={(text) => void triage.pushBack(asked, text)}
        />
      )}
    </>
  );
}

/** What could not be read, in its own row; everything else is as it should be. */
function Trouble({ desk }: { desk: Desk }) {
  const time = clock(desk.at);
  const names = [...desk.failed.map((x) => t(`desk.failed.${x}`)), ...desk.unread.map((x) => x.name)];
  if (names.length === 0) return null;
  return (
    <ul className="panel dk-trouble">
      {names.map((name) => (
        <li key={name}>{t('desk.failed', { name, time })}</li>
      ))}
    </ul>
  );
}

function Bones() {
  return (
    <div className="dk-grid" aria-hidden="true">
      {['dk-one', 'dk-two'].map((c) => (
        <div key={c} className={c}>
          <div className="panel dk-panel">
            <div className="dk-head">
              <Bone width={170} height={16} />
            </div>
            {[1, 2, 3, 4, 5].map((n) => (
              <div key={n} className="dk-row">
                <Bone width="60%" height={14} />
              </div>
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
