import { useNavigate, useSearch } from '@tanstack/react-router';
import { WallPage } from '../../features/flow/wall/WallPage';
import { WallTv } from '../../features/flow/wall/WallTv';
import { useConnection } from '../../live';
import { ConnectionBanner } from '../Banner';
import { LiveState } from '../LiveState';

/** Every board on one page; with ?tv=1 the same for a television. */
export function WallRoute() {
  const navigate = useNavigate();
  const { order = 'needs', tv } = useSearch({ from: '/inside/flow' });
  const connection = useConnection();
  if (tv)
    return (
      <WallTv
        connection={connection}
        onLeave={() => void navigate({ to: '/flow', search: (s) => ({ ...s, tv: undefined }) })}
      />
    );
  return (
    <>
      <ConnectionBanner connection={connection} />
      <WallPage
        order={order}
        onOrder={(o) =>
          void navigate({ to: '/flow', search: { order: o === 'needs' ? undefined : o }, replace: true })
        }
        onTv={() => void navigate({ to: '/flow', search: { tv: 1 } })}
        state={<LiveState connection={connection} />}
      />
    </>
  );
}

/** A team's screen shows its own boards. */
export function ScreenWall() {
  const navigate = useNavigate();
  return <WallTv connection={useConnection()} onLeave={() => void navigate({ to: '/screen' })} />;
}
