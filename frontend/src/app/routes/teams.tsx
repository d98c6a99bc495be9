import { useNavigate, useParams } from '@tanstack/react-router';
import { TeamPage } from '../../features/team/TeamPage';
import { TeamsPage } from '../../features/team/TeamsPage';

export function TeamsRoute() {
  const navigate = useNavigate();
  return <TeamsPage openTeam={(id) => void navigate({ to: '/teams/$team', params: { team: id } })} />;
}

export function TeamRoute() {
  const { team } = useParams({ from: '/inside/teams/$team' });
  return <TeamPage key={team} teamId={team} />;
}
