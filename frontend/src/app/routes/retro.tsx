import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { NewRetroPage } from '../../features/retro/NewRetroPage';
import { RetroPage } from '../../features/retro/RetroPage';
import { RetrosPage } from '../../features/retro/RetrosPage';
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

export const RetrosRoute = () => <Connected>{(state) => <RetrosPage state={state} />}</Connected>;
export const NewRetroRoute = () => <Connected>{(state) => <NewRetroPage state={state} />}</Connected>;

export function RetroRoute() {
  const { retro } = useParams({ from: '/inside/retro/$retro' });
  return <Connected>{(state) => <RetroPage key={retro} retroId={retro} state={state} />}</Connected>;
}
