import { Link, useNavigate } from '@tanstack/react-router';
import { CalendarDays, CalendarPlus, Rocket, TrendingUp } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { refresh, useData } from '../../lib/data';
import { PageTitle, Top } from '../../lib/page';
import { useNow } from '../../lib/use-now';
import { useFollow } from '../../live/follow';
import { EmptyState } from '../../ui/EmptyState';
import { RequestNumber } from '../../ui/RequestNumber';
import { AfterAWhile, Bone } from '../../ui/Skeleton';
import { Attendance } from './Attendance';
import './calendar.css';
import { FeedsDialog } from './FeedsDialog';
import { KindIcon } from './KindIcon';
import { MonthStrip } from './MonthStrip';
import { t } from './messages';
import { OccurrenceDialog } from './OccurrenceDialog';
import { type CalendarData, KINDS, type Kind, type Occurrence } from './types';
import { Week } from './Week';
import { dayFrom, dayKey, mondayOf, plusDays, weeksOfMonth } from './week';

/** More than this one socket does not carry. */
const FOLLOWED = 40;

export interface CalendarSearch {
  week?: string;
  team?: string;
  kind?: Kind;
}

/** When the rituals of all teams are and what launches, who of operations and security agreed to come, and who came. */
export function CalendarPage({ search, state }: { search: CalendarSearch; state?: ReactNode }) {
  const navigate = useNavigate();
  const now = useNow(60_000);
  const monday = mondayOf(dayFrom(search.week) ?? new Date(now));
  const middle = plusDays(monday, 3);
  const weeks = weeksOfMonth(middle.getFullYear(), middle.getMonth());
  const from = (weeks[0] ?? monday).toISOString();
  const to = plusDays(weeks.at(-1) ?? monday, 7).toISOString();
  const { data, error, refetch } = useData<CalendarData>(`/calendar?from=${from}&to=${to}`);
  const [open, setOpen] = useState<string>();
  const [feeds, setFeeds] = useState(false);

  const teams = data?.teams ?? [];
  const has = teams.some((x) => x.mine);
  const team = search.team ?? (has ? 'mine' : 'all');
  const shownTeams = useMemo(() => {
    const list = data?.teams ?? [];
    return list.filter((x) => (team === 'all' ? true : team === 'mine' ? x.mine : x.id === team));
  }, [data, team]);
  const ids = new Set(shownTeams.map((x) => x.id));
  const items = (data?.occurrences ?? []).filter(
    (o) => ids.has(o.teamId) && (!search.kind || o.kind === search.kind),
  );
  const whole = (data?.days ?? []).filter((d) => !search.kind && (!d.teamId || ids.has(d.teamId)));
  const sunday = dayKey(plusDays(monday, 6));
  const some = whole.some((d) => d.from <= sunday && d.to >= dayKey(monday));
  const here = items.filter((o) => {
    const at = Date.parse(o.startsAt);
    return at >= monday.getTime() && at < plusDays(monday, 7).getTime();
  });
  const series = [...new Set(items.map((o) => o.seriesId))].filter((id) => /^(std|rit)_/.test(id));
  useFollow(
    [
      'org',
      ...shownTeams.map((x) => `team:${x.id}`),
      ...series.map((id) => (id.startsWith('std_') ? `standup:${id}` : `ritual:${id}`)),
    ].slice(0, FOLLOWED),
    () => void refresh('/calendar'),
  );
  const set = (next: Partial<CalendarSearch>) =>
    void navigate({ to: '/calendar', search: { ...search, ...next } as never, replace: true });
  const month = (by: 1 | -1) => {
    const list = weeksOfMonth(middle.getFullYear(), middle.getMonth() + by);
    const first = by > 0 ? list[0] : list.at(-1);
    if (first) set({ week: dayKey(first) });
  };
  const nameOf = (id: string) => teams.find((x) => x.id === id)?.name ?? '';
  const shown: Occurrence | undefined = data?.occurrences.find((o) => o.id === open);

  return (
    <div className="page">
      <PageTitle title={t('ca.title')} />
      <Top place="state">{state}</Top>
      <Top place="action">
        <button type="button" className="btn" aria-haspopup="dialog" onClick={() => setFeeds(true)}>
          <CalendarPlus size={16} aria-hidden />
          <span className="btn-word">{t('ca.subscribe')}</span>
        </button>
      </Top>
      <div className="page-in ca">
        <MonthStrip
          weeks={weeks}
          monday={monday}
          items={items}
          whole={whole}
          now={now}
          onWeek={(m) => set({ week: dayKey(m) })}
          onMonth={month}
          onToday={() => set({ week: undefined })}
        />
        <div className="ca-tools">
          <select
            className="input sm ca-team-select"
            aria-label={t('ca.team')}
            value={team}
            onChange={(e) => set({ team: e.target.value })}
          >
            {has && <option value="mine">{t('ca.mine')}</option>}
            <option value="all">{t('ca.all')}</option>
            {teams.map((x) => (
              <option key={x.id} value={x.id}>
                {x.name}
              </option>
            ))}
          </select>
          <fieldset className="ca-kinds" aria-label={t('ca.kinds')}>
            {KINDS.map((k) => (
              <button
                key={k}
                type="button"
                className="chip ca-kind"
                data-kind={k}
                aria-pressed={search.kind === k}
                onClick={() => set({ kind: search.kind === k ? undefined : k })}
              >
                <KindIcon kind={k} />
                {t(`ca.kind.${k}`)}
              </button>
            ))}
          </fieldset>
          <Link
            to="/calendar/trends"
            search={(ids.size === 1 ? { team: shownTeams[0]?.id } : {}) as never}
            className="btn line sm ca-trends"
          >
            <TrendingUp size={15} aria-hidden />
            {t('ca.trends')}
          </Link>
          <Link to="/launches" className="btn line sm">
            <Rocket size={15} aria-hidden />
            {t('ca.launches')}
          </Link>
        </div>
        {error && !data ? (
          <EmptyState
            title={t('ca.error')}
            action={
              <>
                <button type="button" className="btn line" onClick={() => void refetch()}>
                  {t('ca.again')}
                </button>
                <RequestNumber error={error} />
              </>
            }
          >
            {error.message} {t('ca.kept')}
          </EmptyState>
        ) : !data ? (
          <AfterAWhile>
            <div className="ca-week" data-days={5} aria-busy="true">
              {[3, 2, 3, 1, 2].map((n, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: they never change places
                <div key={i} className="ca-day">
                  <Bone width={52} height={16} />
                  {Array.from({ length: n }, (_, j) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: they never change places
                    <Bone key={j} width="100%" height={74} radius={10} />
                  ))}
                </div>
              ))}
            </div>
          </AfterAWhile>
        ) : here.length === 0 && !some ? (
          <EmptyState
            icon={<CalendarDays size={28} />}
            title={t('ca.none')}
            action={
              (search.kind || search.team) && (
                <button
                  type="button"
                  className="btn line"
                  onClick={() => set({ kind: undefined, team: undefined })}
                >
                  {t('ca.clear')}
                </button>
              )
            }
          >
            {search.kind || search.team ? t('ca.noneFilter') : t('ca.noneText')}
          </EmptyState>
        ) : (
          <Week
            monday={monday}
            items={here}
            whole={whole}
            now={now}
            team={nameOf}
            onOpen={(o) => setOpen(o.id)}
          />
        )}
        {data && <Attendance teams={ids} />}
      </div>
      {shown && (
        <OccurrenceDialog
          o={shown}
          teamName={nameOf(shown.teamId)}
          canInvite={teams.find((x) => x.id === shown.teamId)?.canInvite ?? false}
          onClose={() => setOpen(undefined)}
        />
      )}
      {feeds && <FeedsDialog teams={teams.filter((x) => x.canFeed)} onClose={() => setFeeds(false)} />}
    </div>
  );
}
