import { useEffect } from 'react';
import { announce } from '../../lib/announce';
import { api } from '../../lib/api';
import { putData, refresh, useData } from '../../lib/data';
import { toast, toastError } from '../../lib/notify';
import { onTopic } from '../../live';
import { t } from './messages';
import type { Inbox, Marked } from './types';

const COUNT = '/notices/unread';

/** How many are unread, live. */
export function useUnread(): number {
  const { data } = useData<{ unread: number }>(COUNT);
  useEffect(
    () =>
      onTopic('me', (e) => {
        if (!e.type.startsWith('notice.')) return;
        if (e.type === 'notice.created') announce(t('notice.came'));
        void refresh('/notices');
      }),
    [],
  );
  return data?.unread ?? 0;
}

export const useInbox = (path: string | null) => useData<Inbox>(path);

/** Shows the marking at once in the list that is on the page; the server's answer corrects it. */
function show(path: string, ids: readonly string[] | undefined, read: boolean): void {
  const now = new Date().toISOString();
  putData<Inbox>(
    path,
    (old) =>
      old && {
        ...old,
        items: old.items.map((n) =>
          ids && !ids.includes(n.id) ? n : { ...n, readAt: read ? (n.readAt ?? now) : undefined },
        ),
      },
  );
}

async function send(way: 'read' | 'unread', body: object): Promise<Marked | undefined> {
  try {
    const marked = await api.post<Marked>(`/notices/${way}`, body);
    putData<{ unread: number }>(COUNT, () => ({ unread: marked.unread }));
    return marked;
  } catch (e) {
    toastError(e);
    return undefined;
  } finally {
    void refresh('/notices');
  }
}

export async function markRead(path: string, ids: readonly string[]): Promise<void> {
  show(path, ids, true);
  const marked = await send('read', { ids });
  if (marked && marked.ids.length > 1) undoable(marked);
}

export async function markUnread(path: string, ids: readonly string[]): Promise<void> {
  show(path, ids, false);
  await send('unread', { ids });
}

/** Everything up to the newest that is shown: what comes in this very moment stays unread. */
export async function markAll(path: string, upTo: string): Promise<void> {
  show(path, undefined, true);
  const marked = await send('read', { all: true, upTo });
  if (marked?.ids.length) undoable(marked);
}

function undoable(marked: Marked): void {
  toast({
    id: 'notices-read',
    text: t('notice.marked', { n: marked.ids.length }),
    stay: 30_000,
    action: { label: t('notice.undo'), run: () => void undo(marked.ids) },
  });
}

async function undo(ids: readonly string[]): Promise<void> {
  for (let i = 0; i < ids.length; i += 500) await send('unread', { ids: ids.slice(i, i + 500) });
}
