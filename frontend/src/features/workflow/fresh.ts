import { useEffect } from 'react';
import { refresh } from '../../lib/data';
import { onTopic } from '../../live';

/** Reads again when the board's rules change while somebody looks. */
export function useFresh(boardId: string, path: string): void {
  useEffect(
    () =>
      onTopic(`board:${boardId}`, (e) => {
        if (/^(board|column|lane)\.(updated|created|removed|archived|restored)$/.test(e.type))
          void refresh(path);
      }),
    [boardId, path],
  );
}
