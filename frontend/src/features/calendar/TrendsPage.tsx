import { Link, useNavigate } from '@tanstack/react-router';
import { TrendingUp } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useData } from '../../lib/data';
import { PageTitle, Top } from '../../lib/page';
import { useMe } from '../../lib/session';
import { EmptyState } from '../../ui/EmptyState';
import { RequestNumber } from '../../ui/RequestNumber';
import { AfterAWhile, Bone } from '../../ui/Skeleton';
import './calendar.css';
import './trends.css';
import { t } from './messages';
import type { Tally, Trends, TrendWeek } from './types';

const number = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

interface TeamItem {
  id: string;
  name: string;
}

/** Eight weeks of a team's rituals, as figures with their n and what they mean. */
export function TrendsPage({ team, state }: { team?: string; state?: ReactNode }) {
  const me = useMe();
  const navigate = useNavigate();
  const teams = useData<{ items: TeamItem[] }>('/teams').data?.items;
  const chosen = team ?? me.teams[0]?.id ?? teams?.[0]?.id;
  const { data, error, refetch } = useData<Trends>(chosen ? `/calendar/trends?teamId=${chosen}` : null);
  return (
    <div className="page">
      <PageTitle
        title={t('tr.title')}
        crumb={
          <Link to="/calendar" className="crumb">
            {t('ca.back')}
          </Link>
        }
      />
      <Top place="state">{state}</Top>
      <div className="page-in ca">
        <div className="ca-tools">
          <select
            className="input sm ca-team-select"
            aria-label={t('ca.team')}
            value={chosen ?? ''}
            onChange={(e) =>
              void navigate({
                to: '/calendar/trends',
                search: { team: e.target.value } as never,
                replace: true,
              })
            }
          >
            {teams?.map((x) => (
              <option key={x.id} value={x.id}>
                {x.name}
              </option>
            ))}
          </select>
          <p className="small quiet">{t('tr.text')}</p>
        </div>
        {teams && !chosen && (
          <EmptyState icon={<TrendingUp size={28} />} title={t('tr.none')}>
            {t('tr.noneText')}
          </EmptyState>
        )}
        {error && !data && (
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
        )}
        {!data && !error && chosen && (
          <AfterAWhile>
            <div className="panel sp-wait" aria-busy="true">
              <Bone width="100%" height={320} radius={7} />
            </div>
          </AfterAWhile>
        )}
        {data && <Figures data={data} />}
      </div>
    </div>
  );
}

function Figures({ data }: { data: Trends }) {
  const table = useRef<HTMLElement>(null);
  // where it does not fit, this week is what one sees first
  useEffect(() => {
    if (data.teamId && table.current) table.current.scrollLeft = table.current.scrollWidth;
  }, [data.teamId]);
  const full = data.weeks.at(-2);
  const last = data.weeks.at(-1);
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: data.timeZone });
  if (!full || !last) return null;
  return (
    <>
      <ul className="tr-say">
        <li className="panel">
          {full.standups.n > 0
            ? t('tr.sayStandup', {
                a: number.format(full.standups.medianMinutes ?? 0),
                box: number.format(full.standups.boxMinutes ?? 0),
                n: full.standups.n,
              })
            : t('tr.sayStandupNone')}
        </li>
        <li className="panel">
          {last.blockers.n > 0
            ? t('tr.sayBlockers', { n: last.blockers.n, days: number.format(last.blockers.medianDays ?? 0) })
            : t('tr.sayBlockersNone')}
        </li>
        <li className="panel">{t('tr.sayQuiet', { n: last.quiet.n, of: last.quiet.of })}</li>
      </ul>
      <div className="panel tr">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways is reached by keyboard */}
        <section ref={table} className="tr-scroll" tabIndex={0} aria-label={t('tr.title')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('tr.measure')}</th>
                {data.weeks.map((w) => (
                  <th key={w.from} scope="col" data-now={!w.over || undefined}>
                    {w.over ? day.format(new Date(w.from)) : t('tr.thisWeek')}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              <Row name={t('tr.standup')} why={t('tr.standupWhy')} weeks={data.weeks} cell={standupCell} />
              <Row name={t('tr.blockers')} why={t('tr.blockersWhy')} weeks={data.weeks} cell={blockerCell} />
              <Row name={t('tr.quiet')} why={t('tr.quietWhy')} weeks={data.weeks} cell={quietCell} />
              <Row
                name={t('tr.operations')}
                why={t('tr.cameWhy')}
                weeks={data.weeks}
                cell={(w) => cameCell(w.operations)}
              />
              <Row
                name={t('tr.security')}
                why={t('tr.cameWhy')}
                weeks={data.weeks}
                cell={(w) => cameCell(w.security)}
              />
            </tbody>
          </table>
        </section>
        <p className="small quiet">{t('tr.zone', { zone: data.timeZone })}</p>
      </div>
    </>
  );
}

function Row({
  name,
  why,
  weeks,
  cell,
}: {
  name: string;
  why: string;
  weeks: readonly TrendWeek[];
  cell: (w: TrendWeek) => ReactNode;
}) {
  return (
    <tr>
      <th scope="row">
        {name}
        <small>{why}</small>
      </th>
      {weeks.map((w) => (
        <td key={w.from} data-now={!w.over || undefined}>
          {cell(w)}
        </td>
      ))}
    </tr>
  );
}

function Nothing() {
  return (
    <>
      <span aria-hidden="true">{t('tr.nothing')}</span>
      <span className="sr">{t('tr.nothingSaid')}</span>
    </>
  );
}

function standupCell({ standups: s }: TrendWeek) {
  if (s.n === 0) return <Nothing />;
  const over = (s.medianMinutes ?? 0) > (s.boxMinutes ?? 0);
  return (
    <>
      <b data-t={over ? 'warn' : undefined}>{number.format(s.medianMinutes ?? 0)}</b>
      <small>{t('tr.box', { n: number.format(s.boxMinutes ?? 0) })}</small>
      <small>
        {t('tr.n', { n: s.n })}
        {s.overBox > 0 && `, ${t('tr.overBox', { n: s.overBox })}`}
      </small>
    </>
  );
}

function blockerCell({ blockers: b }: TrendWeek) {
  if (b.n === 0) return <Nothing />;
  return (
    <>
      <b>{number.format(b.medianDays ?? 0)}</b>
      <small>{t('tr.n', { n: b.n })}</small>
    </>
  );
}

function quietCell({ quiet: q }: TrendWeek) {
  if (q.of === 0) return <Nothing />;
  return (
    <>
      <b>{q.n}</b>
      <small>{t('tr.of', { n: q.of })}</small>
    </>
  );
}

function cameCell(d: Tally) {
  if (d.agreed === 0) return <Nothing />;
  return (
    <>
      <b data-t={d.low ? 'warn' : undefined}>{d.came}</b>
      <small>{t('tr.of', { n: d.agreed })}</small>
    </>
  );
}
