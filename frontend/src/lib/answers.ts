import { useState } from 'react';
import { api } from './api';
import { refresh } from './data';
import { defineMessages } from './i18n';
import { toast, toastError } from './notify';

// What waits for somebody is answered the same way wherever it stands: on Today and on the wall.

const t = defineMessages({ 'answer.undo': 'Undo' });

/** A line that waits for somebody, with the unread notices that tell of it. */
interface Line {
  notices?: readonly string[] | null;
}

/** One request that answers it, and the one that takes it back. */
interface Answer {
  post: string;
  body?: unknown;
  undo?: string;
  undoBody?: unknown;
  /** What is said once it is done. */
  done: string;
}

/** Marks as read what told of a line that is opened or answered here. */
export function readOf({ notices }: Line): void {
  if (!notices?.length) return;
  api
    .post('/notices/read', { ids: notices })
    .then(() => refresh('/today', '/notices', '/flow/wall'))
    .catch(toastError);
}

/** Sends answers. Everything under the paths `again` is read anew after each. */
export function useAnswers(...again: string[]) {
  const [busy, setBusy] = useState(false);
  const send = async (path: string, body?: unknown): Promise<boolean> => {
    setBusy(true);
    try {
      await api.post(path, body);
      return true;
    } catch (error) {
      toastError(error);
      return false;
    } finally {
      setBusy(false);
      void refresh(...again);
    }
  };
  /** Answers a line; half a minute long it can be taken back. */
  const answer = async (line: Line, { post, body, undo, undoBody, done }: Answer): Promise<boolean> => {
    if (!(await send(post, body))) return false;
    if (post !== '/notices/read') readOf(line); // that one has just read what it names, and no more
    toast({
      text: done,
      stay: undo ? 30_000 : undefined,
      action: undo ? { label: t('answer.undo'), run: () => void send(undo, undoBody) } : undefined,
    });
    return true;
  };
  return { busy, send, answer };
}
