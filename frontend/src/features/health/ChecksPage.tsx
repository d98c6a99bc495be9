import { Link, useNavigate } from '@tanstack/react-router';
import { HeartPulse } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { MyTeam } from '../../api/types';
import { refresh, useData } from '../../lib/data';
import { PageTitle, Top } from '../../lib/page';
import { hasRight, useMe } from '../../lib/session';
import { dateOf } from '../../lib/time';
import { useFollow } from '../../live/follow';
import { EmptyState } from '../../ui/EmptyState';
import { Loaded } from '../../ui/Loaded';
import { t } from './messages';
import { StartDialog } from './StartDialog';
import type { Check, Head } from './types';
import './health.css';

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
/** More than this one socket does not carry. */
const FOLLOWED = 20;

/** How each of one's teams is doing, and the way to ask. */
export function ChecksPage({ state }: { state?: ReactNode }) {
  const me = useMe();
  const query = useData<{ items: Head[] }>('/health-checks');
  useFollow(
    me.teams.slice(0, FOLLOWED).map((x) => `team:${x.id}`),
    () => void refresh('/health-checks'),
  );
  return (
    <div className="page">
      <PageTitle title={t('hc.title')} />
      <Top place="state">{state}</Top>
      <div className="page-in narrow hc">
        <p className="lead">{t('hc.lead')}</p>
        {me.teams.length === 0 && (
          <EmptyState icon={<HeartPulse size={28} />} title={t('hc.none')}>
            {t('hc.noneText')}
          </EmptyState>
        )}
        {me.teams.length > 0 && (
          <Loaded query={query}>
            {({ items }) => (
              <ul className="panel rows" aria-label={t('hc.teams')}>
                {me.teams.map((x) => (
                  <TeamRow key={x.id} team={x} checks={items.filter((c) => c.teamId === x.id)} />
                ))}
              </ul>
            )}
          </Loaded>
        )}
      </div>
    </div>
  );
}

function TeamRow({ team, checks }: { team: MyTeam; checks: Head[] }) {
  const me = useMe();
  const navigate = useNavigate();
  const [starting, setStarting] = useState(false);
  const open = checks.find((c) => c.state === 'open');
  const last = checks.find((c) => c.state === 'revealed');
  return (
    <li className="row-a hc-team">
      <span className="row-main">
        {team.name}
        <small>
          {open
            ? t('hc.isOpen', { date: dateOf(open.openedAt, zone), n: open.answered })
            : last
              ? t('hc.last', { date: dateOf(last.endedAt ?? last.openedAt, zone), n: last.answered })
              : t(team.right !== 'none' || team.liaison ? 'hc.never' : 'hc.theirs')}
        </small>
      </span>
      {last && (
        <Link
          to="/health/team/$team"
          params={{ team: team.id } as never}
          className="btn ghost sm"
          aria-label={t('hc.overOf', { team: team.name })}
        >
          {t('hc.over')}
        </Link>
      )}
      {open ? (
        <Link
          to="/health/$check"
          params={{ check: open.id } as never}
          className="btn sm"
          aria-label={t('hc.of', { team: team.name })}
        >
          {t(hasRight(me, team.id, 'commenter') ? 'hc.answer' : 'hc.look')}
        </Link>
      ) : (
        hasRight(me, team.id, 'worker') && (
          <button type="button" className="btn line sm" onClick={() => setStarting(true)}>
            {t('hc.ask', { team: team.name })}
          </button>
        )
      )}
      {starting && (
        <StartDialog
          team={team}
          onClose={() => setStarting(false)}
          onStarted={(c: Check) => void navigate({ to: '/health/$check', params: { check: c.id } as never })}
        />
      )}
    </li>
  );
}
