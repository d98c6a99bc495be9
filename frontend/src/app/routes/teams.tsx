import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { TeamRituals } from '../../features/calendar/TeamRituals';
import { TeamPatterns } from '../../features/liaison/TeamPatterns';
import { TeamPage } from '../../features/team/TeamPage';
import { TeamsPage } from '../../features/team/TeamsPage';
import { useMe } from '../../lib/session';

export function TeamsRoute() {
  const navigate = useNavigate();
  const { new: fresh } = useSearch({ from: '/inside/teams' });
  return (
    <TeamsPage
      making={fresh !== undefined}
      onMaking={(on) => void navigate({ to: '/teams', search: on ? { new: 'team' } : {}, replace: !on })}
      openTeam={(id) => void navigate({ to: '/teams/$team', params: { team: id }, replace: true })}
    />
  );
}

export function TeamRoute() {
  const { team } = useParams({ from: '/inside/teams/$team' });
  const guest = useMe().person.role === 'guest';
  return (
    <TeamPage
      key={team}
      teamId={team}
      rituals={<TeamRituals team={team} />}
      patterns={(x) => <TeamPatterns team={x} guest={guest} />}
    />
  );
}
