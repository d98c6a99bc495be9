import { useNavigate, useSearch } from '@tanstack/react-router';
import { ImportPage } from '../../features/port/ImportPage';

export function ImportRoute() {
  const navigate = useNavigate();
  const { team } = useSearch({ from: '/inside/import' });
  return (
    <ImportPage teamId={team} openBoard={(id) => void navigate({ to: '/b/$board', params: { board: id } })} />
  );
}
