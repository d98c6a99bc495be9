import { useNavigate } from '@tanstack/react-router';
import { BoardsPage } from '../../features/boards/BoardsPage';

export function BoardsRoute() {
  const navigate = useNavigate();
  return (
    <BoardsPage
      openBoard={(id) => void navigate({ to: '/b/$board', params: { board: id } })}
      newTeam={() => void navigate({ to: '/teams' })}
    />
  );
}
