import { useParams, useSearch } from '@tanstack/react-router';
import { FlowPage } from '../../features/flow/page/FlowPage';
import { useConnection } from '../../live';
import { ConnectionBanner } from '../Banner';
import { LiveState } from '../LiveState';

export function BoardFlowRoute() {
  const { board } = useParams({ from: '/inside/b/$board/flow' });
  const search = useSearch({ from: '/inside/b/$board/flow' });
  const connection = useConnection();
  return (
    <>
      <ConnectionBanner connection={connection} />
      <FlowPage key={board} boardId={board} search={search} state={<LiveState connection={connection} />} />
    </>
  );
}
