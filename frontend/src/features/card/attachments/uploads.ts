import { useSyncExternalStore } from 'react';
import { announce } from '../../../lib/announce';
import { api, newId } from '../../../lib/api';
import { t } from './messages';
import { previewOf } from './preview';

/** A file on its way to a card. It goes on when the card is closed, and a second try never attaches it twice. */
export interface Upload {
  key: string;
  name: string;
  /** 0 to 1. */
  done: number;
  problem?: string;
}

interface Running extends Upload {
  file: File;
  cardKey: string;
  stop?: AbortController;
}

const cards = new Map<string, readonly Running[]>();
const watchers = new Set<() => void>();
const NONE: readonly Running[] = [];

function set(cardId: string, next: (old: readonly Running[]) => readonly Running[]): void {
  const list = next(cards.get(cardId) ?? NONE);
  if (list.length) cards.set(cardId, list);
  else cards.delete(cardId);
  for (const fn of watchers) fn();
}

const change = (cardId: string, key: string, part: Partial<Running>) =>
  set(cardId, (old) => old.map((u) => (u.key === key ? { ...u, ...part } : u)));

export const useUploads = (cardId: string): readonly Upload[] =>
  useSyncExternalStore(
    (fn) => {
      watchers.add(fn);
      return () => watchers.delete(fn);
    },
    () => cards.get(cardId) ?? NONE,
  );

export function upload(cardId: string, cardKey: string, files: Iterable<File>): void {
  for (const file of files) {
    const u: Running = { key: newId(), name: file.name, done: 0, file, cardKey };
    set(cardId, (old) => [...old, u]);
    void send(cardId, u);
  }
}

export function tryAgain(cardId: string, key: string): void {
  const u = cards.get(cardId)?.find((x) => x.key === key);
  if (!u) return;
  change(cardId, key, { problem: undefined, done: 0 });
  void send(cardId, u);
}

export function leave(cardId: string, key: string): void {
  cards
    .get(cardId)
    ?.find((u) => u.key === key)
    ?.stop?.abort();
  set(cardId, (old) => old.filter((u) => u.key !== key));
}

async function send(cardId: string, { key, file, cardKey }: Running): Promise<void> {
  const stop = new AbortController();
  change(cardId, key, { stop });
  try {
    const form = new FormData();
    form.append('file', file);
    const small = await previewOf(file);
    if (small) form.append('preview', small, 'preview');
    await api.upload(
      `/cards/${encodeURIComponent(cardId)}/attachments`,
      form,
      (done) => change(cardId, key, { done }),
      {
        key,
        signal: stop.signal,
      },
    );
    set(cardId, (old) => old.filter((u) => u.key !== key));
    announce(t('attach.done', { name: file.name, key: cardKey }));
  } catch (e) {
    if (stop.signal.aborted) return;
    change(cardId, key, { problem: e instanceof Error ? e.message : t('attach.away') });
  }
}
