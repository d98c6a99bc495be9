import { HandHelping } from 'lucide-react';
import type { ReactNode } from 'react';
import { refresh, useData } from '../../lib/data';
import { PageTitle, Top } from '../../lib/page';
import { useMe } from '../../lib/session';
import { useFollow } from '../../live/follow';
import { EmptyState } from '../../ui/EmptyState';
import { RequestNumber } from '../../ui/RequestNumber';
import { AfterAWhile, Bone } from '../../ui/Skeleton';
import { AskForm } from './AskForm';
import './ask.css';
import { MyAsk } from './MyAsk';
import { t } from './messages';
import type { Ask } from './types';

/** Ask any team for something, and follow what one has asked for. */
export function AskPage({
  team,
  ask,
  onTeam,
  state,
}: {
  team?: string;
  /** The ask that a link is about. */
  ask?: string;
  onTeam: (id: string) => void;
  /** How fresh the page is. */
  state?: ReactNode;
}) {
  const me = useMe();
  const { data, error, refetch, isPending } = useData<{ items: Ask[] }>('/asks');
  const mine = data?.items ?? [];
  // what changes about one's asks is said on the topics of the teams that were asked
  const teams = [...new Set([...mine.map((a) => a.teamId), ...(team ? [team] : [])])].slice(0, 30);
  useFollow(['me', ...teams.map((id) => `team:${id}`)], () => void refresh('/asks', '/teams/'));
  return (
    <div className="page">
      <PageTitle title={t('ask.title')} />
      <Top place="state">{state}</Top>
      <div className="ask-in">
        <section aria-labelledby="ask-new">
          <h2 id="ask-new" className="sr">
            {t('ask.title')}
          </h2>
          {me.person.role === 'guest' ? (
            <p className="lead">{t('ask.guest')}</p>
          ) : (
            <>
              <p className="lead">{t('ask.lead')}</p>
              <AskForm team={team} onTeam={onTeam} />
            </>
          )}
        </section>
        <section aria-labelledby="ask-mine">
          <h2 id="ask-mine" className="h2">
            {t('ask.mine')}
          </h2>
          {isPending && (
            <AfterAWhile>
              <div className="panel my-asks" aria-hidden="true">
                {[1, 2].map((n) => (
                  <div key={n} className="my-ask">
                    <Bone width="60%" height={16} />
                    <Bone width="40%" height={12} />
                  </div>
                ))}
              </div>
            </AfterAWhile>
          )}
          {error && !data && (
            <EmptyState
              title={t('ask.mine.error')}
              action={
                <>
                  <button type="button" className="btn line" onClick={() => refetch()}>
                    {t('ask.retry')}
                  </button>
                  <RequestNumber error={error} />
                </>
              }
            >
              {error.message}
            </EmptyState>
          )}
          {data && mine.length === 0 && (
            <EmptyState icon={<HandHelping size={28} />} title={t('ask.mine.empty')}>
              {t('ask.mine.none')}
            </EmptyState>
          )}
          {mine.length > 0 && (
            <ul className="panel my-asks">
              {mine.map((a) => (
                <MyAsk key={a.id} ask={a} open={a.id === ask} />
              ))}
            </ul>
          )}
        </section>
      </div>
    </div>
  );
}
