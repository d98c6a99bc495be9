import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ComponentProps, type ComponentType, lazy, Suspense } from 'react';
import { follow } from '../../features/standup/following';
import { present } from '../../features/standup/present';
import { Scope } from '../../features/today/Scope';
import { TodayPage } from '../../features/today/TodayPage';
import { toastError } from '../../lib/notify';
import { useConnection } from '../../live';
import { ConnectionBanner } from '../Banner';
import { ChunkFailed } from '../ChunkFailed';
import { LiveState } from '../LiveState';
import type { Desk as DeskOf } from './desk';

const Desk = lazy<ComponentType<ComponentProps<typeof DeskOf>>>(() =>
  import('./desk').then(
    (m) => ({ default: m.Desk }),
    () => ({ default: ChunkFailed }),
  ),
);

export function TodayRoute() {
  const navigate = useNavigate();
  const { scope = 'mine', team } = useSearch({ from: '/inside/today' });
  const connection = useConnection();
  const choose = (
    <Scope
      scope={scope}
      onScope={(s) => void navigate({ to: '/today', search: s === 'all' ? { scope: s } : {}, replace: true })}
    />
  );
  const join = (series: string, board: string) => {
    follow(series);
    void navigate({ to: '/b/$board', params: { board } });
  };
  const state = <LiveState connection={connection} />;
  return (
    <>
      <ConnectionBanner connection={connection} />
      {scope === 'all' ? (
        <Suspense>
          <Desk
            scope={choose}
            team={team}
            onTeam={(x) => void navigate({ to: '/today', search: { scope: 'all', team: x }, replace: true })}
            onJoin={join}
            state={state}
          />
        </Suspense>
      ) : (
        <TodayPage
          scope={choose}
          onPresent={(seriesId) =>
            void present({ seriesId }).then(
              (series) => navigate({ to: '/standup/$series/screen', params: { series } }),
              (e) => toastError(e),
            )
          }
          onJoin={join}
          state={state}
        />
      )}
    </>
  );
}
