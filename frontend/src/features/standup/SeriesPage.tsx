import { Link, useNavigate } from '@tanstack/react-router';
import { CloudOff, Eye, FileText, MonitorPlay, PhoneCall, Settings2, Smartphone, Users } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { toastError } from '../../lib/notify';
import { PageTitle, Top } from '../../lib/page';
import { hasRight, useMe } from '../../lib/session';
import { clock, moment, otherZone } from '../../lib/time';
import { useNow } from '../../lib/use-now';
import { CopyLine } from '../../ui/CopyLine';
import { DiscIcon } from '../../ui/DiscIcon';
import { EmptyState } from '../../ui/EmptyState';
import { HowItWorks } from '../../ui/how/HowItWorks';
import { AfterAWhile, Bone } from '../../ui/Skeleton';
import { follow } from './following';
import { t } from './messages';
import { PastMeetings } from './PastMeetings';
import './pages.css';
import { dayNames } from '../../lib/weekdays';
import { Planned } from './parked/Planned';
import { Settle } from './parked/Settle';
import { present } from './present';
import { WhoSheet } from './remote/WhoSheet';
import { SettingsDialog } from './SettingsDialog';
import { nextWords } from './screen/Radiator';
import type { Meeting, Schedule, StandupView } from './types';
import { type Standup, useJoin, useStandup } from './use-standup';
import { WrittenPanel } from './WrittenPanel';
import { cardCount, here, justOver, minutes, stepNow } from './walk';
import { inRoles, roleWords } from './words';

/** One team's standup: what runs, when the next one is, what is parked, and what there was. */
export function SeriesPage({
  seriesId,
  state,
  onScreen,
}: {
  seriesId: string;
  state?: ReactNode;
  onScreen: () => void;
}) {
  const standup = useStandup(seriesId);
  useJoin(standup);
  const { view } = standup;
  const me = useMe();
  const [settings, setSettings] = useState(false);
  if (!view)
    return (
      <div className="page">
        <PageTitle title={t('su.title')} />
        {standup.status === 'loading' ? (
          <AfterAWhile>
            <div className="page-in narrow sp" aria-busy="true">
              <Bone width="100%" height={120} radius={10} />
              <Bone width="100%" height={220} radius={10} />
            </div>
          </AfterAWhile>
        ) : (
          <EmptyState
            icon={<CloudOff size={28} />}
            title={t(standup.status === 'error' ? 'su.away' : 'su.missing')}
            action={
              standup.status === 'error' ? (
                <button type="button" className="btn" onClick={standup.again}>
                  {t('su.again')}
                </button>
              ) : (
                <Link to="/standup" className="btn line">
                  {t('sp.title')}
                </Link>
              )
            }
          >
            {t(standup.status === 'error' ? 'su.awayText' : 'su.missingText')}
          </EmptyState>
        )}
      </div>
    );
  const { series, meeting } = view;
  const canDrive = hasRight(me, series.teamId, 'worker');
  const canLead = hasRight(me, series.teamId, 'lead');
  const parked = view.parked.length > 0;
  return (
    <div className="page">
      <PageTitle title={series.name} crumb={<Link to="/standup">{t('sp.title')}</Link>} />
      <Top place="state">{state}</Top>
      <Top place="action">
        {canLead && (
          <button type="button" className="btn line" onClick={() => setSettings(true)}>
            <Settings2 size={15} aria-hidden />
            <span className="btn-word">{t('sp.settings')}</span>
          </button>
        )}
      </Top>
      <div className="page-in sp sp-two">
        <div className="sp">
          {meeting ? (
            <Running view={view} meeting={meeting} act={canDrive ? standup.act : undefined} />
          ) : series.mode === 'async' ? (
            <WrittenPanel
              view={view}
              acts={
                <>
                  <Link to="/b/$board" params={{ board: series.boardId } as never} className="btn line">
                    {t('su.toBoard')}
                  </Link>
                  <Call url={series.meetingUrl} />
                  <HowItWorks kind="async" teamId={series.teamId} />
                </>
              }
            />
          ) : (
            <>
              <Over view={view} />
              <Idle view={view} canDrive={canDrive} onScreen={onScreen} />
            </>
          )}
          <Planned
            items={(view.planned ?? []).filter((p) => !view.parked.some((x) => x.id === p.id))}
            take={canDrive ? standup.take : undefined}
          />
          {parked && (
            <div className="sp-parked">
              <Settle view={view} take={canDrive ? standup.take : undefined} />
            </div>
          )}
          <PastMeetings seriesId={seriesId} lastId={view.last?.id} />
        </div>
        <aside className="sp" aria-label={t('sp.onCall')}>
          <OnCall view={view} />
          <section className="panel sp-pad">
            <h2 className="h2">{t('sp.tv')}</h2>
            <p className="small">{t('sp.tvText', { team: series.teamName })}</p>
            <CopyLine
              text={`${window.location.origin}/screen/standup/${series.id}`}
              label={t('sp.tvAddress')}
            />
            <Link to="/teams/$team" params={{ team: series.teamId } as never} className="link small">
              {t('sp.tvTeam', { team: series.teamName })}
            </Link>
          </section>
        </aside>
      </div>
      {settings && (
        <SettingsDialog series={series} onSaved={standup.take} onClose={() => setSettings(false)} />
      )}
    </div>
  );
}

function Running({ view, meeting, act }: { view: StandupView; meeting: Meeting; act?: Standup['act'] }) {
  const navigate = useNavigate();
  const [who, setWho] = useState(false);
  const now = useNow();
  const { series } = view;
  const step = stepNow(meeting);
  const params = { series: series.id } as never;
  const named = inRoles(
    meeting,
    meeting.attendance.people.filter((p) => p.role !== 'core'),
  );
  return (
    <section className="panel sp-pad sp-run">
      <p className="sp-now">
        <span className="pill" data-t="ok">
          {t('sp.runs')}
        </span>
        <b className="num">{minutes(now - Date.parse(meeting.startedAt))}</b>
        <span className="quiet">{t('su.of', { box: minutes(meeting.boxSeconds * 1000) })}</span>
      </p>
      <h2>
        {meeting.state === 'sixteenth'
          ? t('su.sixteenth')
          : step?.kind === 'card'
            ? t('su.step', cardCount(meeting))
            : step?.person
              ? step.person.name
              : t(`sb.${step?.kind ?? 'brief'}`)}
      </h2>
      <p className="small quiet">
        {[
          t('sp.startedBy', { name: meeting.startedBy.name, time: clock(meeting.startedAt) }),
          meeting.driver && t('sp.driver', { name: meeting.driver.name }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <p className="sp-here">
        {t('sp.attendance', { n: here(meeting), core: meeting.attendance.core })}
        {act && (
          <button type="button" className="btn line sm" onClick={() => setWho(true)}>
            <Users size={15} aria-hidden />
            {t('sp.whoIsHere')}
          </button>
        )}
      </p>
      {who && act && (
        <WhoSheet teamId={series.teamId} meeting={meeting} act={act} onClose={() => setWho(false)} />
      )}
      {named.length > 0 && (
        <ul className="sp-who">
          {named.map((p) => (
            <li key={p.personId} data-away={p.state === 'away' || undefined}>
              <DiscIcon d={p.discipline} size={14} decorative />
              {p.name}
              <small>
                {roleWords(meeting, p)}
                {p.state === 'away' && `, ${t('sp.missing')}`}
              </small>
            </li>
          ))}
        </ul>
      )}
      <div className="sp-acts">
        {meeting.state === 'running' && (
          <button
            type="button"
            className="btn"
            onClick={() => {
              follow(series.id);
              void navigate({ to: '/b/$board', params: { board: series.boardId } as never });
            }}
          >
            <Eye size={15} aria-hidden />
            {t('sp.follow')}
          </button>
        )}
        {act && (
          <Link to="/standup/$series/remote" params={params} className="btn line">
            <Smartphone size={15} aria-hidden />
            {t('sp.openRemote')}
          </Link>
        )}
        <Link to="/standup/$series/screen" params={params} className="btn line">
          <MonitorPlay size={15} aria-hidden />
          {t('sp.openScreen')}
        </Link>
        <Call url={series.meetingUrl} />
        <HowItWorks kind={series.mode} teamId={series.teamId} />
      </div>
    </section>
  );
}

function Call({ url }: { url?: string }) {
  if (!url) return null;
  return (
    <a className="btn line" href={url} target="_blank" rel="noreferrer">
      <PhoneCall size={15} aria-hidden />
      {t('sp.call')}
    </a>
  );
}

/** Days and time as they were agreed; the zone is named to whoever reads in another one. */
function everyWords({ days, at, timeZone }: Schedule): string {
  const when = { days: dayNames(days), at };
  const zone = otherZone(timeZone);
  return zone ? t('sp.everyIn', { ...when, zone }) : t('sp.every', when);
}

/** The standup that ended a moment ago: what it came to is the next thing to read. */
function Over({ view }: { view: StandupView }) {
  const last = justOver(view, useNow());
  if (!last) return null;
  return (
    <section className="panel sp-pad sp-run" aria-live="polite">
      <h2>{t('sp.over', { name: view.series.name })}</h2>
      <p className="small quiet">{t('sp.overText', { n: last.minutes })}</p>
      <div className="sp-acts">
        <Link
          to="/standup/$series/summary/$meeting"
          params={{ series: view.series.id, meeting: last.id } as never}
          className="btn"
        >
          <FileText size={16} aria-hidden />
          {t('rm.summary')}
        </Link>
      </div>
    </section>
  );
}

function Idle({ view, canDrive, onScreen }: { view: StandupView; canDrive: boolean; onScreen: () => void }) {
  const { series } = view;
  const when = series.nextAt ? nextWords(series.nextAt, Date.now()) : t('su.radiator.noNext');
  return (
    <section className="panel sp-pad sp-run">
      <p className="quiet">{t('sp.idle')}</p>
      <h2>{when}</h2>
      <p className="small quiet">
        {[
          series.schedule && everyWords(series.schedule),
          t('sp.box', { n: series.boxMinutes }),
          series.boardName,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <div className="sp-acts">
        {canDrive && (
          <button
            type="button"
            className={justOver(view, Date.now()) ? 'btn line' : 'btn'}
            onClick={() => void present({ seriesId: series.id }).then(onScreen, (e) => toastError(e))}
          >
            <MonitorPlay size={16} aria-hidden />
            {t('sp.present')}
          </button>
        )}
        <Link to="/b/$board" params={{ board: series.boardId } as never} className="btn line">
          {t('su.toBoard')}
        </Link>
        <Call url={series.meetingUrl} />
        <HowItWorks kind={series.mode} teamId={series.teamId} />
      </div>
      {canDrive && <p className="small quiet">{t('sp.idleText')}</p>}
    </section>
  );
}

function OnCall({ view }: { view: StandupView }) {
  return (
    <section className="panel sp-pad">
      <h2 className="h2">{t('sp.onCall')}</h2>
      {view.onCall.length === 0 ? (
        <p className="small quiet">{t('su.onCallNobody')}</p>
      ) : (
        <ul className="sp-call">
          {view.onCall.map((o) => (
            <li key={`${o.role}${o.service}${o.name}`}>
              <PhoneCall size={14} aria-hidden />
              <span>
                <b>{o.name}</b>
                <small>
                  {[t(`su.role.${o.role}`), o.service, o.until && t('sp.until', { time: moment(o.until) })]
                    .filter(Boolean)
                    .join(', ')}
                </small>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
