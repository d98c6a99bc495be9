import type { BoardListItem } from '../../api/types';
import { refresh } from '../../lib/data';
import { useFollow } from '../../live/follow';

/** More topics than a socket may follow are left to the next visit of the page. */
const FOLLOWED = 40;

/** Reads the list again when one of its boards, or a team's set of boards, changes. */
export function useLiveBoards(boards: readonly BoardListItem[]): void {
  const topics = ['me', ...boards.map((b) => `team:${b.teamId}`), ...boards.map((b) => `board:${b.id}`)];
  useFollow([...new Set(topics)].slice(0, FOLLOWED), () => void refresh('/boards'));
}
