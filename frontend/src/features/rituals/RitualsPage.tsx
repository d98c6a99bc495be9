import { Link, useNavigate } from '@tanstack/react-router';
import { CalendarSync, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { BoardListItem } from '../../api/types';
import { refresh, useData } from '../../lib/data';
import { PageTitle, Top } from '../../lib/page';
import { hasRight, useMe } from '../../lib/session';
import { browserZone, clock, dateOf, moment } from '../../lib/time';
import { useFollow } from '../../live/follow';
import { EmptyState } from '../../ui/EmptyState';
import { RequestNumber } from '../../ui/RequestNumber';
import { AfterAWhile, Bone } from '../../ui/Skeleton';
import { KindIcon } from './KindIcon';
import { t } from './messages';
import './rituals.css';
import { SetUpDialog } from './SetUpDialog';
import type { RitualItem } from './types';

/** More than this one socket does not carry. */
const FOLLOWED = 20;

/** The rituals of the boards that one may see, and the way to set one up. */
export function RitualsPage({ state }: { state?: ReactNode }) {
  const { data, error, isPending, refetch } = useData<{ items: RitualItem[] }>('/rituals');
  const me = useMe();
  const navigate = useNavigate();
  const boards = useData<{ items: BoardListItem[] }>('/boards').data?.items ?? [];
  const led = boards.filter((b) => hasRight(me, b.teamId, 'lead'));
  const [setUp, setSetUp] = useState(false);
  const items = data?.items ?? [];
  useFollow(
    [
      ...items.slice(0, FOLLOWED).map((s) => `ritual:${s.id}`),
      ...me.teams.slice(0, FOLLOWED).map((x) => `team:${x.id}`),
    ],
    () => void refresh('/rituals'),
  );
  const teams = [...new Map(items.map((s) => [s.teamId, s.teamName]))];
  const start = led.length > 0 && (
    <button type="button" className="btn" onClick={() => setSetUp(true)}>
      <Plus size={16} aria-hidden />
      <span className="btn-word">{t('ri.setUp')}</span>
    </button>
  );
  return (
    <div className="page">
      <PageTitle title={t('ri.title')} />
      <Top place="state">{state}</Top>
      <Top place="action">{start}</Top>
      <div className="page-in narrow ri">
        {isPending && (
          <AfterAWhile>
            <div className="panel ri-wait" aria-busy="true">
              {[0, 1, 2].map((i) => (
                <Bone key={i} width="100%" height={44} radius={7} />
              ))}
            </div>
          </AfterAWhile>
        )}
        {error && !data && (
          <EmptyState
            title={t('ri.error')}
            action={
              <>
                <button type="button" className="btn line" onClick={() => void refetch()}>
                  {t('ri.again')}
                </button>
                <RequestNumber error={error} />
              </>
            }
          >
            {error.message}
          </EmptyState>
        )}
        {data && items.length === 0 && (
          <EmptyState icon={<CalendarSync size={28} />} title={t('ri.none')}>
            {t('ri.noneText')}
          </EmptyState>
        )}
        {teams.map(([id, name]) => (
          <section key={id}>
            <h2 className="h2 ri-h">{name}</h2>
            <ul className="panel rows">
              {items
                .filter((s) => s.teamId === id)
                .map((s) => (
                  <Row key={s.id} item={s} />
                ))}
            </ul>
          </section>
        ))}
        {led.length > 0 && <PutAway teams={led.map((b) => b.teamId)} />}
      </div>
      {setUp && (
        <SetUpDialog
          boards={led}
          taken={items}
          onClose={() => setSetUp(false)}
          onSaved={(v) => {
            void refresh('/rituals');
            void navigate({ to: '/rituals/$series', params: { series: v.series.id } as never });
          }}
        />
      )}
    </div>
  );
}

/** What whoever leads the team may bring back. */
function PutAway({ teams }: { teams: readonly string[] }) {
  const items = useData<{ items: RitualItem[] }>('/rituals?away=true').data?.items ?? [];
  const mine = items.filter((s) => teams.includes(s.teamId));
  if (mine.length === 0) return null;
  return (
    <details className="ri-away">
      <summary>{t('ri.away', { n: mine.length })}</summary>
      <ul className="panel rows">
        {mine.map((s) => (
          <Row key={s.id} item={s} />
        ))}
      </ul>
    </details>
  );
}

function Row({ item }: { item: RitualItem }) {
  const words = [
    item.boardName,
    item.archivedAt && t('ri.isAway', { date: dateOf(item.archivedAt, browserZone()) }),
    !item.startedAt &&
      !item.archivedAt &&
      (item.nextAt ? t('ri.next', { when: moment(item.nextAt) }) : t('ri.noTime')),
    item.lastAt && t('ri.last', { when: moment(item.lastAt) }),
  ];
  return (
    <li className="row-a" data-on={item.startedAt && 'running'}>
      <KindIcon kind={item.kind} />
      <span className="row-main">
        <Link to="/rituals/$series" params={{ series: item.id } as never} className="row-link">
          {item.name}
        </Link>
        <small>{words.filter(Boolean).join(' · ')}</small>
      </span>
      {item.startedAt && (
        <span className="pill" data-t="ok">
          {t('ri.running', { time: clock(item.startedAt) })}
        </span>
      )}
    </li>
  );
}
