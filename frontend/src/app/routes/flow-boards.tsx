import { useNavigate, useSearch } from '@tanstack/react-router';
import { BoardsPage } from '../../features/flow/page/BoardsPage';
import { useConnection } from '../../live';
import { ConnectionBanner } from '../Banner';
import { LiveState } from '../LiveState';

/** Flow of several boards, or all of a team. */
export function BoardsFlowRoute() {
  const search = useSearch({ from: '/inside/flow/boards' });
  const navigate = useNavigate();
  const connection = useConnection();
  return (
    <>
      <ConnectionBanner connection={connection} />
      <BoardsPage
        search={search}
        onChoose={(of) =>
          void navigate({ to: '/flow/boards', search: { ...search, ...of }, resetScroll: false })
        }
        state={<LiveState connection={connection} />}
      />
    </>
  );
}
