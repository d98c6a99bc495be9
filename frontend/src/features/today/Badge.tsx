import { refresh, useData } from '../../lib/data';
import { useMe } from '../../lib/session';
import { useFollow } from '../../live/follow';
import { t } from './messages';
import './badge.css';
import type { Today } from './types';
import { checklistsOf } from './words';

const PATH = '/today?only=waiting';

/** How many things wait for me, on the rail. */
export function Badge() {
  const me = useMe();
  const { data } = useData<Today>(PATH);
  useFollow(
    [
      'me',
      // what waits may be settled by somebody else
      ...[...new Set((data?.waiting ?? []).map((r) => r.boardId))]
        .flatMap((id) => (id ? [`board:${id}`] : []))
        .slice(0, 10),
      ...checklistsOf(data?.waiting ?? []).slice(0, 8),
      ...me.teams
        .filter((x) => x.right !== 'none')
        .map((x) => `team:${x.id}`)
        .slice(0, 20),
    ],
    () => void refresh(PATH),
  );
  const n = data?.waiting.filter((r) => r.kind !== 'source.failed').length ?? 0;
  if (n === 0) return null;
  return (
    <span className="rail-n">
      <span aria-hidden="true">{n > 99 ? '99+' : n}</span>
      <span className="sr">{t('today.badge', { n })}</span>
    </span>
  );
}
