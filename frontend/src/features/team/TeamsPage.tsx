import { Link } from '@tanstack/react-router';
import { Grid3x3, Plus, UsersRound } from 'lucide-react';
import { useData } from '../../lib/data';
import { PageTitle, Top } from '../../lib/page';
import { useMe } from '../../lib/session';
import { EmptyState } from '../../ui/EmptyState';
import { RequestNumber } from '../../ui/RequestNumber';
import { AfterAWhile, Bone } from '../../ui/Skeleton';
import { t } from './messages';
import { TeamForm } from './TeamForm';
import './team.css';
import { kindName, type TeamItem } from './types';

export function TeamsPage({
  openTeam,
  making,
  onMaking,
}: {
  openTeam: (id: string) => void;
  /** The form for a new team is open; the address says so. */
  making: boolean;
  onMaking: (on: boolean) => void;
}) {
  const me = useMe();
  const { data, error, refetch, isPending } = useData<{ items: TeamItem[] }>('/teams');
  const teams = data?.items ?? [];
  const may = me.person.role === 'admin';
  const button = (
    <button type="button" className="btn" onClick={() => onMaking(true)}>
      <Plus size={16} aria-hidden />
      {t('team.new')}
    </button>
  );
  return (
    <div className="page">
      <PageTitle title={t('team.title')} crumb={me.workspace.name} />
      {may && teams.length > 0 && <Top place="action">{button}</Top>}
      <div className="page-in narrow">
        {isPending && (
          <AfterAWhile>
            <div className="panel rows" aria-hidden="true">
              {[1, 2, 3].map((n) => (
                <div key={n} className="row-a">
                  <Bone width={160} height={16} />
                </div>
              ))}
            </div>
          </AfterAWhile>
        )}
        {error && !data && (
          <EmptyState
            title={t('team.failed')}
            action={
              <>
                <button type="button" className="btn" onClick={() => refetch()}>
                  {t('team.retry')}
                </button>
                <RequestNumber error={error} />
              </>
            }
          >
            {error.message}
          </EmptyState>
        )}
        {data && teams.length === 0 && (
          <EmptyState icon={<UsersRound size={30} />} title={t('team.empty')} action={may && button}>
            {t(may ? 'team.empty.text' : 'team.empty.member')}
          </EmptyState>
        )}
        {teams.length > 0 && me.person.role !== 'guest' && (
          <p className="team-map">
            <Link to="/teams/coverage" className="btn line">
              <Grid3x3 size={15} aria-hidden />
              {t('team.coverage')}
            </Link>
          </p>
        )}
        {teams.length > 0 && (
          <ul className="panel rows">
            {teams.map((team) => {
              const mine = me.teams.find((x) => x.id === team.id);
              return (
                <li key={team.id} className="row-a">
                  <code className="team-key">{team.key}</code>
                  <span className="row-main">
                    <Link to="/teams/$team" params={{ team: team.id }} className="row-link">
                      {team.name}
                    </Link>
                    <small>
                      {kindName(team.kind)} · {t('team.members', { n: team.members })}
                    </small>
                  </span>
                  {mine && mine.right !== 'none' && (
                    <span className="pill">
                      {mine.liaison
                        ? t('team.youLiaison')
                        : t('team.you', { right: t(`team.right.${mine.right}`).toLowerCase() })}
                    </span>
                  )}
                </li>
              );
            })}
          </ul>
        )}
      </div>
      {making && may && <TeamForm onDone={openTeam} onClose={() => onMaking(false)} />}
    </div>
  );
}
