import { useNavigate, useParams } from '@tanstack/react-router';
import { Suspense } from 'react';
import { RemotePage } from '../../features/standup/RemotePage';
import { ScreenPage } from '../../features/standup/ScreenPage';
import { lazyPart } from '../../lib/lazy';
import { hasRight, useMe } from '../../lib/session';

export { Bare } from '../Bare';

const BoardHands = lazyPart(() => import('../../features/board/BoardHands').then((m) => m.BoardHands));

/** The picture, shown by somebody who is signed in: Present on this very laptop. */
export function StandupScreenRoute() {
  const { series } = useParams({ strict: false }) as { series: string };
  const me = useMe();
  const navigate = useNavigate();
  return (
    <ScreenPage
      key={series}
      seriesId={series}
      mayDrive={(team) => hasRight(me, team, 'worker')}
      onLeave={(board) => {
        if (document.fullscreenElement) void document.exitFullscreen();
        void navigate(board ? { to: '/b/$board', params: { board } } : { to: '/standup' });
      }}
      onSettle={() => {
        if (document.fullscreenElement) void document.exitFullscreen();
        void navigate({ to: '/standup/$series', params: { series } });
      }}
      onRemote={() => void navigate({ to: '/standup/$series/remote', params: { series }, replace: true })}
    />
  );
}

export function StandupRemoteRoute() {
  const { series } = useParams({ strict: false }) as { series: string };
  const me = useMe();
  const navigate = useNavigate();
  return (
    <RemotePage
      key={series}
      seriesId={series}
      me={{ id: me.person.id, name: me.person.name }}
      mayDrive={(team) => hasRight(me, team, 'worker')}
      hands={(store, wanted, done) => (
        <Suspense fallback={null}>
          <BoardHands store={store} me={me} wanted={wanted} onDone={done} />
        </Suspense>
      )}
      onFollow={(board) => void navigate({ to: '/b/$board', params: { board } })}
    />
  );
}
