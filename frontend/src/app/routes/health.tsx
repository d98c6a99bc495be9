import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { CheckPage } from '../../features/health/CheckPage';
import { ChecksPage } from '../../features/health/ChecksPage';
import { TeamPage } from '../../features/health/TeamPage';
import { useConnection } from '../../live';
import { ConnectionBanner } from '../Banner';
import { LiveState } from '../LiveState';

function Connected({ children }: { children: (state: ReactNode) => ReactNode }) {
  const connection = useConnection();
  return (
    <>
      <ConnectionBanner connection={connection} />
      {children(<LiveState connection={connection} />)}
    </>
  );
}

export const ChecksRoute = () => <Connected>{(state) => <ChecksPage state={state} />}</Connected>;

export function CheckRoute() {
  const { check } = useParams({ from: '/inside/health/$check' });
  return <Connected>{(state) => <CheckPage key={check} id={check} state={state} />}</Connected>;
}

export function TeamHealthRoute() {
  const { team } = useParams({ from: '/inside/health/team/$team' });
  return <Connected>{(state) => <TeamPage key={team} team={team} state={state} />}</Connected>;
}
