import { useNavigate, useSearch } from '@tanstack/react-router';
import { AskPage } from '../../features/ask/AskPage';
import { useConnection } from '../../live';
import { ConnectionBanner } from '../Banner';
import { LiveState } from '../LiveState';

export function AskRoute() {
  const navigate = useNavigate();
  const { team, ask } = useSearch({ from: '/inside/ask' });
  const connection = useConnection();
  return (
    <>
      <ConnectionBanner connection={connection} />
      <AskPage
        team={team}
        ask={ask}
        onTeam={(id) => void navigate({ to: '/ask', search: { team: id || undefined, ask }, replace: true })}
        state={<LiveState connection={connection} />}
      />
    </>
  );
}
