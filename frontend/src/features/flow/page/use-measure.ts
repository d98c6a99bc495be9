import { useRef } from 'react';
import { useData } from '../../../lib/data';
import { useFlow } from './context';

/** What was answered, and when: they stay together. */
export interface Answered<T> {
  /** The answer to this very question, or, until it is here, to the one before. */
  data?: T;
  /** Whether it is the one before. */
  before: boolean;
  at?: number;
  error: Error | null;
  refetch: () => unknown;
}

/** A measure over the window that is shown. While another window is read, the last answer stays. */
export function useMeasure<T>(
  measure: string | null,
  more?: Record<string, string | number | undefined>,
): Answered<T> {
  const { path } = useFlow();
  const { data, error, dataUpdatedAt: at, refetch } = useData<T>(measure && path(measure, more));
  return { ...useLast(data && { data, at }), error, refetch };
}

/** What is here now, or else what was here last. */
export function useLast<T>(now: T | undefined): (T & { before: boolean }) | { before: false } {
  const last = useRef<T>(undefined);
  if (now) last.current = now;
  const shown = now ?? last.current;
  return shown ? { ...shown, before: !now } : { before: false };
}
