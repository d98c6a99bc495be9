import { useNavigate, useSearch } from '@tanstack/react-router';
import { BoardsPage } from '../../features/boards/BoardsPage';

export function BoardsRoute() {
  const navigate = useNavigate();
  const { new: team } = useSearch({ from: '/inside/boards' });
  return (
    <BoardsPage
      openBoard={(id) => void navigate({ to: '/b/$board', params: { board: id } })}
      newTeam={() => void navigate({ to: '/teams', search: { new: 'team' } })}
      newIn={team}
      onNewClosed={() => void navigate({ to: '/boards', search: {}, replace: true })}
    />
  );
}
