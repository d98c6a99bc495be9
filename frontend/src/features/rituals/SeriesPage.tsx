import { Link } from '@tanstack/react-router';
import {
  Archive,
  CloudOff,
  ExternalLink,
  FileText,
  MonitorPlay,
  PhoneCall,
  Play,
  Settings2,
} from 'lucide-react';
import { lazy, type ReactNode, Suspense, useRef, useState } from 'react';
import { toast } from '../../lib/notify';
import { PageTitle, Top } from '../../lib/page';
import { hasRight, useMe } from '../../lib/session';
import { browserZone, dateOf, moment } from '../../lib/time';
import { EmptyState } from '../../ui/EmptyState';
import { HowItWorks } from '../../ui/how/HowItWorks';
import { AfterAWhile, Bone } from '../../ui/Skeleton';
import { t } from './messages';
import { PastSittings } from './PastSittings';
import './rituals.css';
import { SetUpDialog } from './SetUpDialog';
import type { Last, RitualView, Series } from './types';
import { type Ritual, useJoin, useRitual } from './use-ritual';
import { scheduleWords } from './words';

const Demo = lazy(() => import('./demo/Demo').then((m) => ({ default: m.Demo })));
const Choose = lazy(() => import('./demo/Choose').then((m) => ({ default: m.Choose })));
const Review = lazy(() => import('./review/Review').then((m) => ({ default: m.Review })));
const Replenish = lazy(() => import('./replenish/Replenish').then((m) => ({ default: m.Replenish })));

/** One ritual: what runs, or when the next one is and what there was. */
export function SeriesPage({ seriesId, state }: { seriesId: string; state?: ReactNode }) {
  const ritual = useRitual(seriesId);
  const { view } = ritual;
  const me = useMe();
  const [settings, setSettings] = useState(false);
  const canWork = view ? hasRight(me, view.series.teamId, 'worker') && !view.series.archivedAt : false;
  useJoin(ritual, me.person.id);
  const over = useJustOver(view);
  if (!view)
    return (
      <div className="page">
        <PageTitle title={t('ri.title')} />
        {ritual.status === 'loading' ? (
          <Waits />
        ) : (
          <EmptyState
            icon={<CloudOff size={28} />}
            title={t(ritual.status === 'error' ? 'ri.error' : 'ri.missing')}
            action={
              ritual.status === 'error' ? (
                <button type="button" className="btn" onClick={ritual.again}>
                  {t('ri.again')}
                </button>
              ) : (
                <Link to="/rituals" className="btn line">
                  {t('ri.title')}
                </Link>
              )
            }
          >
            {t(ritual.status === 'error' ? 'ri.awayText' : 'ri.missingText')}
          </EmptyState>
        )}
      </div>
    );
  const { series, sitting } = view;
  const leads = hasRight(me, series.teamId, 'lead');
  const canLead = leads && !series.archivedAt;
  const part = { ritual, view, canWork, me: me.person.id };
  return (
    <div className="page">
      <PageTitle title={series.name} crumb={<Link to="/rituals">{t('ri.title')}</Link>} />
      {!sitting && <Top place="state">{state}</Top>}
      {canLead && !sitting && (
        <Top place="action">
          <button type="button" className="btn line" onClick={() => setSettings(true)}>
            <Settings2 size={15} aria-hidden />
            <span className="btn-word">{t('ri.settings')}</span>
          </button>
        </Top>
      )}
      {sitting && (
        <Top place="state">
          <Link
            to="/rituals/$series/screen"
            params={{ series: series.id } as never}
            className="btn line ri-present"
          >
            <MonitorPlay size={15} aria-hidden />
            <span className="btn-word">{t('rt.present')}</span>
          </Link>
          {state}
        </Top>
      )}
      {sitting ? (
        <Suspense fallback={<Waits />}>
          {series.kind === 'flow_review' && <Review key={sitting.id} {...part} sitting={sitting} />}
          {series.kind === 'demo' && <Demo key={sitting.id} {...part} sitting={sitting} />}
          {series.kind === 'replenishment' && <Replenish key={sitting.id} {...part} sitting={sitting} />}
        </Suspense>
      ) : (
        <div className="page-in narrow ri">
          {series.archivedAt ? (
            <Away ritual={ritual} series={series} canLead={leads} />
          ) : (
            <>
              {over && <Over view={view} last={over} />}
              <Idle ritual={ritual} view={view} canWork={canWork} plain={Boolean(over)} />
            </>
          )}
          {series.kind === 'demo' && !series.archivedAt && (
            <Suspense fallback={null}>
              <Choose seriesId={series.id} canWork={canWork} />
            </Suspense>
          )}
          {series.kind !== 'retro' && <PastSittings seriesId={series.id} lastId={view.last?.id} />}
        </div>
      )}
      {settings && <SetUpDialog series={series} onSaved={ritual.take} onClose={() => setSettings(false)} />}
    </div>
  );
}

/** The sitting that ended while one looked on: until one leaves the page, what it came to is the next thing to read. */
function useJustOver(view: RitualView | undefined): Last | undefined {
  const seen = useRef<string>(undefined);
  if (view?.sitting) seen.current = view.sitting.id;
  return view?.last && !view.sitting && view.last.id === seen.current ? view.last : undefined;
}

function SummaryLink({ view, last, className }: { view: RitualView; last: Last; className: string }) {
  return (
    <Link
      to="/rituals/$series/summary/$sitting"
      params={{ series: view.series.id, sitting: last.id } as never}
      className={className}
    >
      <FileText size={16} aria-hidden />
      {t(className === 'btn big' ? 'ri.toSummary' : 'ri.lastSummary')}
    </Link>
  );
}

function Over({ view, last }: { view: RitualView; last: Last }) {
  return (
    <section className="panel ri-pad ri-idle" aria-live="polite">
      <h2>{t('ri.ended', { name: view.series.name })}</h2>
      <p className="lead">{t('ri.endedText', { n: last.minutes })}</p>
      <div className="ri-acts">
        <SummaryLink view={view} last={last} className="btn big" />
      </div>
    </section>
  );
}

/** A ritual that was put away says so, and whoever leads the team brings it back. */
function Away({ ritual, series, canLead }: { ritual: Ritual; series: Series; canLead: boolean }) {
  const [busy, setBusy] = useState(false);
  const back = async () => {
    setBusy(true);
    if (await ritual.ask('restore')) toast({ text: t('ri.wasBack', { name: series.name }) });
    setBusy(false);
  };
  return (
    <section className="panel ri-pad ri-idle">
      <h2>
        <Archive size={22} aria-hidden />{' '}
        {t('ri.isAway', { date: dateOf(series.archivedAt ?? '', browserZone()) })}
      </h2>
      <p className="lead">{t('ri.isAwayText')}</p>
      <div className="ri-acts">
        {canLead && (
          <button type="button" className="btn big" data-busy={busy || undefined} onClick={() => void back()}>
            {t('ri.bringBack')}
          </button>
        )}
        <Link to="/b/$board" params={{ board: series.boardId } as never} className="btn line big">
          <ExternalLink size={15} aria-hidden />
          {t('ri.toBoard')}
        </Link>
      </div>
    </section>
  );
}

function Waits() {
  return (
    <AfterAWhile>
      <div className="page-in narrow ri" aria-busy="true">
        <Bone width="100%" height={120} radius={10} />
        <Bone width="100%" height={260} radius={10} />
      </div>
    </AfterAWhile>
  );
}

function Idle({
  ritual,
  view,
  canWork,
  plain,
}: {
  ritual: Ritual;
  view: RitualView;
  canWork: boolean;
  /** Something above it is what comes next. */
  plain: boolean;
}) {
  const { series } = view;
  const [busy, setBusy] = useState(false);
  const start = async () => {
    setBusy(true);
    await ritual.ask('start');
    setBusy(false);
  };
  return (
    <section className="panel ri-pad ri-idle">
      <p className="quiet">{t('ri.idle')}</p>
      <h2>{series.nextAt ? moment(series.nextAt) : t('ri.noTimeYet')}</h2>
      <p className="lead">{t(`ri.what.${series.kind}`)}</p>
      <p className="small quiet">
        {[
          series.schedule && scheduleWords(series.schedule),
          t('ri.box', { n: series.boxMinutes }),
          series.boardName,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <div className="ri-acts">
        {canWork && series.kind !== 'retro' && (
          <button
            type="button"
            className={plain ? 'btn line big' : 'btn big'}
            data-busy={busy || undefined}
            onClick={() => void start()}
          >
            <Play size={16} aria-hidden />
            {t(`ri.startKind.${series.kind}`)}
          </button>
        )}
        {series.kind === 'retro' && (
          <Link to="/retro/new" className="btn big">
            {t('ri.toRetro')}
          </Link>
        )}
        <Link to="/b/$board" params={{ board: series.boardId } as never} className="btn line big">
          <ExternalLink size={15} aria-hidden />
          {t('ri.toBoard')}
        </Link>
        {view.last && !plain && <SummaryLink view={view} last={view.last} className="btn line big" />}
        {series.meetingUrl && (
          <a className="btn line big" href={series.meetingUrl} target="_blank" rel="noreferrer">
            <PhoneCall size={15} aria-hidden />
            {t('ri.call')}
          </a>
        )}
      </div>
      <HowItWorks kind={series.kind} teamId={series.teamId} />
    </section>
  );
}
