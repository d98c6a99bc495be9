import { Link } from '@tanstack/react-router';
import { HandHelping } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { refresh, useData } from '../../lib/data';
import { PageTitle, Top } from '../../lib/page';
import { useMe } from '../../lib/session';
import { longDay } from '../../lib/time';
import { useFollow } from '../../live/follow';
import { EmptyState } from '../../ui/EmptyState';
import { RequestNumber } from '../../ui/RequestNumber';
import { AfterAWhile, Bone } from '../../ui/Skeleton';
import { Awaited } from './Awaited';
import { Boards } from './Boards';
import './days.css';
import { FirstDay } from './FirstDay';
import { Lately } from './Lately';
import { MyCards } from './MyCards';
import { t } from './messages';
import { NextDays } from './NextDays';
import { Rituals } from './Rituals';
import './rituals.css';
import './today.css';
import type { Today } from './types';
import { WaitingFor } from './WaitingFor';
import { checklistsOf } from './words';

/** More topics than this one socket does not carry; the rest of the boards is read with the others' news. */
const FOLLOWED = 25;

/** The minute, so that "3 h" becomes "4 h" on a page that is left open. */
function useMinute(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

export function TodayPage({
  scope,
  onPresent,
  onJoin,
  state,
}: {
  /** The switch to the desk of all one's teams, for who has one. */
  scope: ReactNode;
  /** Starts a standup, and fills this very display with it. */
  onPresent: (series: string) => void;
  /** Goes along with a standup that runs. */
  onJoin: (series: string, board: string) => void;
  /** How fresh the page is. */
  state?: ReactNode;
}) {
  const { data, error, refetch, isPending } = useData<Today>('/today');
  const me = useMe();
  const now = useMinute();
  const topics = [
    'me',
    ...new Set([
      ...[...(data?.waiting ?? []), ...(data?.mine ?? []), ...(data?.awaited ?? [])].map(
        (r) => r.boardId ?? '',
      ),
      ...(data?.boards ?? []).map((b) => b.id),
      ...(data?.awaited ?? []).map((r) => r.other?.boardId ?? ''),
      ...(data?.since.rows ?? []).map((r) => r.boardId ?? ''),
    ]),
  ]
    .filter(Boolean)
    .map((id) => (id === 'me' ? id : `board:${id}`))
    .slice(0, FOLLOWED);
  const rituals = [
    ...new Set(
      [...(data?.rituals ?? []), ...(data?.next ?? [])]
        .filter((r) => /^(standup|retro|ritual)\./.test(r.kind))
        .map((r) => `${r.kind.split('.')[0]}:${r.id}`),
    ),
  ].slice(0, 6);
  const teams = [...new Set((data?.boards ?? []).map((b) => `team:${b.teamId}`))].slice(0, 14);
  const lists = checklistsOf([...(data?.waiting ?? []), ...(data?.awaited ?? [])]).slice(0, 5);
  useFollow([...topics, ...teams, ...rituals, ...lists], () => void refresh('/today'));
  return (
    <div className="page">
      <PageTitle title={t('today.title')} />
      <Top place="title">
        <span className="td-day">{longDay(now)}</span>
      </Top>
      <Top place="state">{state}</Top>
      {me.person.role !== 'guest' && (
        <Top place="action">
          <Link to="/ask" className="btn td-ask">
            <HandHelping size={16} aria-hidden />
            {t('today.ask')}
          </Link>
        </Top>
      )}
      <div className="td">
        {data?.desk && <div className="td-over">{scope}</div>}
        {isPending && (
          <AfterAWhile>
            <Waiting />
          </AfterAWhile>
        )}
        {error && !data && (
          <EmptyState
            title={t('today.error')}
            action={
              <>
                <button type="button" className="btn" onClick={() => refetch()}>
                  {t('today.retry')}
                </button>
                <RequestNumber error={error} />
              </>
            }
          >
            {error.message}
          </EmptyState>
        )}
        {data && <Day today={data} now={now} onPresent={onPresent} onJoin={onJoin} />}
      </div>
    </div>
  );
}

function Day({
  today,
  now,
  onPresent,
  onJoin,
}: {
  today: Today;
  now: number;
  onPresent: (series: string) => void;
  onJoin: (series: string, board: string) => void;
}) {
  const fresh = today.mine.length === 0 && today.boards.every((b) => b.wip === 0);
  const someWaits = today.waiting.length > 0;
  const lively = !fresh || today.since.rows.length > 0;
  return (
    <>
      <Rituals rows={today.rituals} next={today.next} now={now} onPresent={onPresent} onJoin={onJoin} />
      <div className="td-grid">
        <div className="td-one">
          {fresh && !someWaits && <FirstDay today={today} />}
          <WaitingFor today={today} now={now} quiet={fresh} />
          {fresh && someWaits && <FirstDay today={today} />}
          {lively && <Lately since={today.since} now={now} />}
        </div>
        <div className="td-two">
          <MyCards rows={today.mine} advice={today.advice} now={now} />
          {(!fresh || today.awaited.length > 0) && <Awaited rows={today.awaited} now={now} />}
        </div>
        <div className="td-three">
          <Boards boards={today.boards} rows={today.exceptions} now={now} />
        </div>
        {today.teams > 0 && (
          <NextDays rows={today.next} due={today.waiting.filter((r) => r.kind === 'card.due')} now={now} />
        )}
      </div>
    </>
  );
}

function Waiting() {
  return (
    <div className="td-grid" aria-hidden="true">
      {['td-one', 'td-two', 'td-three'].map((c) => (
        <div key={c} className={c}>
          <div className="panel td-panel">
            <div className="td-head">
              <Bone width={130} height={16} />
            </div>
            {[1, 2, 3].map((n) => (
              <div key={n} className="td-row">
                <Bone width="60%" height={14} />
              </div>
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
