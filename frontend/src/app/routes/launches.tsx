import { useParams } from '@tanstack/react-router';
import { LaunchesPage } from '../../features/checklist/launch/LaunchesPage';
import { LaunchPage } from '../../features/checklist/launch/LaunchPage';
import { useConnection } from '../../live';
import { ConnectionBanner } from '../Banner';
import { LiveState } from '../LiveState';

export function LaunchesRoute() {
  const connection = useConnection();
  return (
    <>
      <ConnectionBanner connection={connection} />
      <LaunchesPage state={<LiveState connection={connection} />} />
    </>
  );
}

export function LaunchRoute() {
  const { checklist } = useParams({ from: '/inside/launches/$checklist' });
  const connection = useConnection();
  return (
    <>
      <ConnectionBanner connection={connection} />
      <LaunchPage key={checklist} id={checklist} state={<LiveState connection={connection} />} />
    </>
  );
}
