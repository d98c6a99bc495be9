import { useNavigate, useSearch } from '@tanstack/react-router';
import { TodayPage } from '../../features/today/TodayPage';
import { useConnection } from '../../live';
import { ConnectionBanner } from '../Banner';
import { LiveState } from '../LiveState';

export function TodayRoute() {
  const navigate = useNavigate();
  const { scope } = useSearch({ from: '/inside/today' });
  const connection = useConnection();
  return (
    <>
      <ConnectionBanner connection={connection} />
      <TodayPage
        scope={scope ?? 'mine'}
        onScope={(s) =>
          void navigate({ to: '/today', search: s === 'all' ? { scope: s } : {}, replace: true })
        }
        state={<LiveState connection={connection} />}
      />
    </>
  );
}
