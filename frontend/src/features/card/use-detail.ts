import { useCallback, useEffect, useRef, useState } from 'react';
import type { Detail } from '../../api/types';
import { ApiError, api } from '../../lib/api';
import { onPersonLeft } from '../../lib/session';
import type { BoardStore } from '../../live';
import { concerns } from './model';

const KEPT = 60;
const known = new Map<string, Detail>();
onPersonLeft(() => known.clear());

function keep(ref: string, detail: Detail): void {
  // Found again by its key and by its id.
  for (const name of new Set([ref, detail.card.id, detail.card.key])) {
    known.delete(name);
    known.set(name, detail);
  }
  for (const oldest of known.keys()) {
    if (known.size <= KEPT) break;
    known.delete(oldest);
  }
}

export interface DetailState {
  detail: Detail | undefined;
  /** The last reading failed; `detail` may still hold what was known before. */
  error: Error | undefined;
  again: () => void;
}

/**
 * The whole card, read when it is opened and again when something about it happens. Readings that overtake each
 * other are told apart by their sequence; a card seen before is shown at once.
 */
export function useDetail(ref: string, store: BoardStore | undefined): DetailState {
  const [state, setState] = useState<{ ref: string; detail?: Detail; error?: Error }>({
    ref,
    detail: known.get(ref),
  });
  const round = useRef(0);
  const read = useCallback(async () => {
    if (ref.startsWith('new:')) return; // not made yet; the board's face is all there is
    const mine = ++round.current;
    try {
      const detail = await api.get<Detail>(`/cards/${encodeURIComponent(ref)}`);
      keep(ref, detail);
      if (mine === round.current) setState({ ref, detail });
    } catch (error) {
      if (mine !== round.current) return;
      const gone = error instanceof ApiError && error.status === 404;
      if (gone) known.delete(ref);
      setState((old) => ({
        ref,
        detail: gone || old.ref !== ref ? undefined : old.detail,
        error: error as Error,
      }));
    }
  }, [ref]);

  useEffect(() => {
    setState({ ref, detail: known.get(ref) });
    void read();
    return () => {
      round.current++;
    };
  }, [ref, read]);

  const shown = state.ref === ref ? state : { detail: known.get(ref), error: undefined };
  const id = shown.detail?.card.id;
  useEffect(() => {
    if (!store || !id) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const off = store.onEvent((e) => {
      if (!concerns(e, id)) return;
      clearTimeout(timer);
      timer = setTimeout(() => void read(), 120);
    });
    return () => {
      clearTimeout(timer);
      off();
    };
  }, [store, id, read]);

  // A failed reading is tried again by itself when the network is back.
  const failed = Boolean(shown.error);
  useEffect(() => {
    if (!failed) return;
    const go = () => void read();
    window.addEventListener('online', go);
    return () => window.removeEventListener('online', go);
  }, [failed, read]);

  const again = useCallback(() => void read(), [read]);
  return { detail: shown.detail, error: shown.error, again };
}
