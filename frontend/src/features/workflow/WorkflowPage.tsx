import { Link } from '@tanstack/react-router';
import { Printer } from 'lucide-react';
import type { ReactNode } from 'react';
import { useData } from '../../lib/data';
import { PageTitle, Top } from '../../lib/page';
import { hasRight, useMe } from '../../lib/session';
import { dateOf } from '../../lib/time';
import { EmptyState } from '../../ui/EmptyState';
import { RequestNumber } from '../../ui/RequestNumber';
import { AfterAWhile, Bone } from '../../ui/Skeleton';
import { useFresh } from './fresh';
import { t } from './messages';
import { Expectations, Items, Points, Policies, Reserves, States, Wips } from './parts';
import type { Workflow } from './types';
import './workflow.css';

/** A board's own rules in the six parts of the Kanban Guide, each with its date; made to be printed and hung up. */
export function WorkflowPage({ boardId }: { boardId: string }) {
  const path = `/boards/${boardId}/workflow`;
  const { data, error, refetch, isPending } = useData<Workflow>(path);
  const me = useMe();
  useFresh(boardId, path);
  const may = !!data && hasRight(me, data.teamId, 'lead');
  return (
    <div className="page">
      <PageTitle
        title={t('wf.title')}
        tab={data ? `${t('wf.title')}, ${data.name}` : t('wf.title')}
        crumb={
          data && (
            <Link to="/b/$board" params={{ board: boardId }}>
              {data.name}
            </Link>
          )
        }
      />
      <Top place="action">
        <button type="button" className="btn line" onClick={() => window.print()}>
          <Printer size={15} aria-hidden />
          {t('wf.print')}
        </button>
      </Top>
      <div className="page-in">
        {isPending && (
          <AfterAWhile>
            {[1, 2, 3, 4].map((n) => (
              <Bone key={n} width="100%" height={72} />
            ))}
          </AfterAWhile>
        )}
        {error && !data && (
          <EmptyState
            title={t('wf.failed')}
            action={
              <>
                <button type="button" className="btn" onClick={() => refetch()}>
                  {t('wf.retry')}
                </button>
                <RequestNumber error={error} />
              </>
            }
          >
            {error.message}
          </EmptyState>
        )}
        {data && (
          <article className="wf">
            <p className="wf-lead">
              {t('wf.of', {
                team: data.teamName,
                board: data.name,
                when: dateOf(data.changedAt, data.timeZone),
              })}{' '}
              {t('wf.own', { when: dateOf(data.createdAt, data.timeZone) })}
            </p>
            <Part n={1} title={t('wf.items')} edit={may && 'settings'} board={boardId}>
              <Items w={data} />
            </Part>
            <Part n={2} title={t('wf.points')} edit={may && 'settings'} board={boardId}>
              <Points w={data} />
            </Part>
            <Part n={3} title={t('wf.states')}>
              <States w={data} may={may} />
            </Part>
            <Part n={4} title={t('wf.wip')} edit={may && 'settings'} board={boardId}>
              <Wips w={data} may={may} />
            </Part>
            <Part n={5} title={t('wf.policies')}>
              <Policies w={data} may={may} />
            </Part>
            <Part n={6} title={t('wf.sle')} edit={may && 'settings'} board={boardId}>
              <Expectations w={data} />
            </Part>
            {data.reserves.length > 0 && (
              <Part n={7} title={t('wf.reserves')} edit={may && 'settings'} board={boardId}>
                <Reserves w={data} />
              </Part>
            )}
          </article>
        )}
      </div>
    </div>
  );
}

function Part({
  n,
  title,
  edit,
  board,
  children,
}: {
  n: number;
  title: string;
  edit?: string | false;
  board?: string;
  children: ReactNode;
}) {
  return (
    <section className="wf-part" aria-labelledby={`wf-${n}`}>
      <header>
        <h2 id={`wf-${n}`}>
          <span className="num" aria-hidden="true">
            {n}
          </span>
          {title}
        </h2>
        {edit && board && (
          <Link
            to="/b/$board"
            params={{ board }}
            search={{ edit }}
            className="wf-edit"
            aria-label={t('wf.changeWhat', { what: title })}
          >
            {t('wf.change')}
          </Link>
        )}
      </header>
      {children}
    </section>
  );
}
