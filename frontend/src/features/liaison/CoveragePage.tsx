import { Link, useNavigate } from '@tanstack/react-router';
import { UsersRound } from 'lucide-react';
import { Fragment, type ReactNode, useEffect, useState } from 'react';
import { refresh, useData } from '../../lib/data';
import { PageTitle, Top } from '../../lib/page';
import { useMe } from '../../lib/session';
import { useFollow } from '../../live/follow';
import { Dialog } from '../../ui/Dialog';
import { DiscIcon } from '../../ui/DiscIcon';
import { EmptyState } from '../../ui/EmptyState';
import { disciplineName } from '../../ui/messages';
import { RecordButton } from '../../ui/RecordButton';
import { RequestNumber } from '../../ui/RequestNumber';
import { AfterAWhile, Bone } from '../../ui/Skeleton';
import { Days } from './Days';
import { LeaveDialog } from './LeaveDialog';
import './liaison.css';
import { t } from './messages';
import { type Asked, PatternDialog } from './PatternDialog';
import { People } from './People';
import { Recommended } from './Recommended';
import { SayDialog } from './SayDialog';
import { TeamTable } from './TeamTable';
import type { Coverage, CoverageSearch, Covering, PersonCover, TeamCover } from './types';

/** More than this one socket does not carry. */
const FOLLOWED = 40;
const BY = ['team', 'person', 'day'] as const;
const DISCIPLINES = ['operations', 'security'] as const satisfies readonly Covering[];
const NARROW = '(max-width: 1080px)';

function useNarrow(): boolean {
  const [narrow, setNarrow] = useState(() => window.matchMedia(NARROW).matches);
  useEffect(() => {
    const query = window.matchMedia(NARROW);
    const heard = () => setNarrow(query.matches);
    query.addEventListener('change', heard);
    return () => query.removeEventListener('change', heard);
  }, []);
  return narrow;
}

/** How operations or security stand to every team, and which pattern would fit. */
export function CoveragePage({ search, state }: { search: CoverageSearch; state?: ReactNode }) {
  const me = useMe();
  const navigate = useNavigate();
  const narrow = useNarrow();
  const discipline = search.discipline ?? 'operations';
  const by = search.by ?? 'team';
  const { data, error, refetch } = useData<Coverage>(`/coverage?discipline=${discipline}`);
  const [asked, setAsked] = useState<Asked>();
  const [saying, setSaying] = useState<TeamCover>();
  const [leaving, setLeaving] = useState<PersonCover>();
  useFollow(
    (data?.teams ?? []).map((x) => `team:${x.id}`).slice(0, FOLLOWED),
    () => void refresh('/coverage'),
  );
  const set = (next: CoverageSearch) =>
    void navigate({ to: '/teams/coverage', search: { ...search, ...next } as never, replace: true });
  const named = data?.teams.find((x) => x.id === search.team);
  const team = named ?? (narrow ? undefined : data?.teams[0]);
  const ask = (x: TeamCover, more: Partial<Asked> = {}) =>
    setAsked({ team: x, discipline, seats: x.seats, ...more });
  const panel = data && team && (
    <Recommended
      key={`${team.id} ${discipline}`}
      data={data}
      team={team}
      onPrepare={(pattern) => ask(team, { pattern })}
      onSay={() => setSaying(team)}
    />
  );
  return (
    <div className="page">
      <PageTitle title={t('cv.title')} crumb={<Link to="/teams">{t('cv.teams')}</Link>} />
      <Top place="state">{state}</Top>
      {by === 'team' && team?.canChange && (
        <Top place="action">
          <button type="button" className="btn" aria-haspopup="dialog" onClick={() => ask(team)}>
            {t('cv.change')}
          </button>
        </Top>
      )}
      <div className="page-in cv" data-d={discipline}>
        <div className="cv-tools">
          <fieldset className="seg" aria-label={t('cv.views')}>
            {BY.map((x) => (
              <button
                key={x}
                type="button"
                aria-pressed={by === x}
                onClick={() => set({ by: x === 'team' ? undefined : x })}
              >
                {t(`cv.by.${x}`)}
              </button>
            ))}
          </fieldset>
          {DISCIPLINES.map((d) => (
            <button
              key={d}
              type="button"
              className="chip"
              aria-pressed={discipline === d}
              onClick={() => set({ discipline: d === 'operations' ? undefined : d })}
            >
              <DiscIcon d={d} size={16} decorative />
              {disciplineName(d)}
            </button>
          ))}
          {data && <Ratio data={data} />}
          {['admin', 'manager'].includes(me.person.role) && <RecordButton />}
        </div>
        {error && !data && (
          <EmptyState
            title={t('cv.failed')}
            action={
              <>
                <button type="button" className="btn" onClick={() => refetch()}>
                  {t('cv.retry')}
                </button>
                <RequestNumber error={error} />
              </>
            }
          >
            {error.message}
          </EmptyState>
        )}
        {!data && !error && (
          <AfterAWhile>
            <div className="panel rows" aria-hidden="true">
              {[1, 2, 3, 4, 5, 6].map((n) => (
                <div key={n} className="cv-bone">
                  <Bone width={120} height={16} />
                  <Bone width={360} height={14} />
                </div>
              ))}
            </div>
          </AfterAWhile>
        )}
        {data && data.teams.length === 0 && (
          <EmptyState icon={<UsersRound size={30} />} title={t('cv.empty')}>
            {t('cv.emptyText')}
          </EmptyState>
        )}
        {data && data.teams.length > 0 && (
          <div className="cv-main" data-panel={(by === 'team' && !narrow) || undefined}>
            <div className="cv-left">
              {by === 'team' && (
                <TeamTable data={data} selected={team?.id} onSelect={(id) => set({ team: id })} />
              )}
              {by !== 'day' && <People data={data} all={by === 'person'} onLeave={setLeaving} />}
              {by === 'day' && <Days data={data} />}
            </div>
            {by === 'team' && !narrow && panel}
          </div>
        )}
      </div>
      {by === 'team' && narrow && team && !asked && !saying && (
        <Dialog
          title={t('rc.title', { team: team.name })}
          plain
          className="cv-sheet"
          onClose={() => set({ team: undefined })}
        >
          {panel}
          <button type="button" className="btn line cv-close" onClick={() => set({ team: undefined })}>
            {t('lv.close')}
          </button>
        </Dialog>
      )}
      {asked && <PatternDialog asked={asked} onClose={() => setAsked(undefined)} />}
      {saying && <SayDialog team={saying} discipline={discipline} onClose={() => setSaying(undefined)} />}
      {leaving && <LeaveDialog person={leaving.person} onClose={() => setLeaving(undefined)} />}
    </div>
  );
}

/** How many of each there are, against a hundred developers. */
function Ratio({ data }: { data: Coverage }) {
  const { development, operations, security } = data.counts;
  const per = (n: number) => Math.round((100 * n) / Math.max(1, development));
  const words = t(development ? 'cv.sum' : 'cv.sumNone', {
    teams: data.teams.length,
    ops: operations,
    sec: security,
    opsOf: per(operations),
    secOf: per(security),
  });
  return (
    <p className="cv-ratio num">
      {words.split('*').map((part, i) => {
        const key = `${i} ${part}`;
        return i % 2 ? <b key={key}>{part}</b> : <Fragment key={key}>{part}</Fragment>;
      })}
    </p>
  );
}
