import { useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { CalendarPage } from '../../features/calendar/CalendarPage';
import { TrendsPage } from '../../features/calendar/TrendsPage';
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

export function CalendarRoute() {
  const search = useSearch({ from: '/inside/calendar' });
  return <Connected>{(state) => <CalendarPage search={search} state={state} />}</Connected>;
}

export function TrendsRoute() {
  const { team } = useSearch({ from: '/inside/calendar/trends' });
  return <Connected>{(state) => <TrendsPage team={team} state={state} />}</Connected>;
}
