import { ListPage } from '../../features/checklist/ListPage';
import { useConnection } from '../../live';
import { ConnectionBanner } from '../Banner';
import { LiveState } from '../LiveState';

export function ChecklistsRoute() {
  const connection = useConnection();
  return (
    <>
      <ConnectionBanner connection={connection} />
      <ListPage state={<LiveState connection={connection} />} />
    </>
  );
}
