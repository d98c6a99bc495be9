import { refresh, useData } from '../../lib/data';
import { useNow } from '../../lib/use-now';
import { useFollow } from '../../live/follow';
import { Boards } from './Boards';
import type { Today } from './types';

const PATH = '/today?scope=all&only=exceptions';
/** More than this one socket does not carry. */
const FOLLOWED = 15;

/** What is out of order on the boards of all teams, for who may look at them all. */
export function EveryBoard() {
  const { data } = useData<Today>(PATH);
  const now = useNow(60_000);
  useFollow(
    (data?.boards ?? []).slice(0, FOLLOWED).map((b) => `board:${b.id}`),
    () => void refresh(PATH),
  );
  if (!data) return null;
  return (
    <div className="td-every">
      <Boards boards={data.boards} rows={data.exceptions} now={now} />
    </div>
  );
}
