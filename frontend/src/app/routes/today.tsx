import { useNavigate, useSearch } from '@tanstack/react-router';
import { follow } from '../../features/standup/following';
import { present } from '../../features/standup/present';
import { TodayPage } from '../../features/today/TodayPage';
import { toastError } from '../../lib/notify';
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
        onPresent={(seriesId) =>
          void present({ seriesId }).then(
            (series) => navigate({ to: '/standup/$series/screen', params: { series } }),
            (e) => toastError(e),
          )
        }
        onJoin={(series, board) => {
          follow(series);
          void navigate({ to: '/b/$board', params: { board } });
        }}
        state={<LiveState connection={connection} />}
      />
    </>
  );
}
