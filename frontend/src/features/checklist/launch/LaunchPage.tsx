import { Link } from '@tanstack/react-router';
import { CloudOff, Rocket } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { PageTitle, Top, useTabTitle } from '../../../lib/page';
import { useTopic, useTopicState } from '../../../live/topic';
import { EmptyState } from '../../../ui/EmptyState';
import { RequestNumber } from '../../../ui/RequestNumber';
import { AfterAWhile, Bone } from '../../../ui/Skeleton';
import { type Act, ActDialog } from './ActDialog';
import { Banner } from './Banner';
import { Course } from './Course';
import { t } from './messages';
import { RollbackPart, Stages, StopRules, Watchers } from './Plan';
import { PlanDialog } from './PlanDialog';
import type { Launch, Plan, Section } from './types';
import './launch.css';

/** What is open over the page: a step, or a section that is written. */
export type Open = { act: Act } | { edit: Section; over?: Partial<Plan>; from?: string };

/** One launch: its stages and how far it has come, what stops it, who watches, how it is undone. */
export function LaunchPage({ id, state }: { id: string; state?: ReactNode }) {
  const topic = useTopic<Launch>(`checklist:${id}`, `/launches/${id}`);
  const { status, view, error } = useTopicState(topic);
  if (status === 'loading') return <Waiting />;
  if (!view || status === 'missing' || status === 'forbidden')
    return (
      <div className="page">
        <EmptyState
          icon={<CloudOff size={28} />}
          title={t(status === 'error' ? 'ln.error' : 'ln.missing')}
          action={
            status === 'error' ? (
              <>
                <button type="button" className="btn" onClick={() => void topic?.read()}>
                  {t('ln.again')}
                </button>
                <RequestNumber error={error} />
              </>
            ) : (
              <Link to="/launches" className="btn line">
                {t('ln.all')}
              </Link>
            )
          }
        >
          {t(status === 'error' ? 'ln.errorText' : 'ln.missingText')}
        </EmptyState>
      </div>
    );
  return <Opened view={view} state={state} take={(v) => topic?.take(v)} />;
}

function Opened({ view: v, state, take }: { view: Launch; state?: ReactNode; take: (v: Launch) => void }) {
  const [open, setOpen] = useState<Open>();
  const c = v.checklist;
  const close = () => setOpen(undefined);
  return (
    <div className="page">
      <PageTitle title={c.name} crumb={<Link to="/launches">{t('ln.title')}</Link>} />
      <Top place="state">{state}</Top>
      {!c.launchOn || c.kind === 'service' ? (
        <EmptyState
          icon={<Rocket size={28} />}
          title={t('ln.noDay')}
          action={
            <Link to="/checklists/$checklist" params={{ checklist: c.id } as never} className="btn">
              {t('ln.openChecklist')}
            </Link>
          }
        >
          {t('ln.noDayText')}
        </EmptyState>
      ) : (
        <div className="page-in ln-one">
          <Banner v={v} onAct={(act) => setOpen({ act })} />
          <div className="ln-main">
            <Stages v={v} onEdit={setOpen} take={take} />
            <StopRules v={v} onEdit={setOpen} take={take} />
            <RollbackPart v={v} onEdit={setOpen} take={take} />
          </div>
          <div className="ln-side">
            <Watchers v={v} onEdit={setOpen} take={take} />
            <Course v={v} />
          </div>
        </div>
      )}
      {open && 'act' in open && (
        <ActDialog v={v} act={open.act} onDone={take} onClose={close} onAct={(act) => setOpen({ act })} />
      )}
      {open && 'edit' in open && <PlanDialog v={v} {...open} onDone={take} onClose={close} />}
    </div>
  );
}

function Waiting() {
  useTabTitle(t('ln.title'));
  return (
    <AfterAWhile>
      <div className="page-in ln-one" aria-busy="true">
        <Bone width="100%" height={96} radius={10} />
        <div className="ln-main">
          <Bone width="100%" height={300} radius={10} />
          <Bone width="100%" height={120} radius={10} />
        </div>
        <div className="ln-side">
          <Bone width="100%" height={160} radius={10} />
        </div>
      </div>
    </AfterAWhile>
  );
}
