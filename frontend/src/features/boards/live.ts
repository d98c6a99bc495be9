import { useEffect, useRef } from 'react';
import type { BoardListItem } from '../../api/types';
import { refresh } from '../../lib/data';
import { onTopic } from '../../live';

/** A storm on one board asks for the list at most this often. */
const EVERY_MS = 2500;
/** More topics than a socket may follow are left to the next visit of the page. */
const FOLLOWED = 40;

/** Reads the list again when one of its boards, or a team's set of boards, changes. */
export function useLiveBoards(boards: readonly BoardListItem[]): void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const topics = [
    ...new Set(['me', ...boards.map((b) => `team:${b.teamId}`), ...boards.map((b) => `board:${b.id}`)]),
  ].slice(0, FOLLOWED);
  const key = topics.join(' ');
  useEffect(() => {
    const soon = () => {
      timer.current ??= setTimeout(() => {
        timer.current = undefined;
        void refresh('/boards');
      }, EVERY_MS);
    };
    const offs = key.split(' ').map((topic) => onTopic(topic, soon));
    return () => {
      for (const off of offs) off();
      clearTimeout(timer.current);
      timer.current = undefined;
    };
  }, [key]);
}
