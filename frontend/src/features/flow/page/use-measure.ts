import { useRef } from 'react';
import { useData } from '../../../lib/data';
import { useFlow } from './context';

/** A measure over the window that is shown. While another window is read, the last answer stays. */
export function useMeasure<T>(measure: string | null, more?: Record<string, string | number | undefined>) {
  const { path } = useFlow();
  const query = useData<T>(measure && path(measure, more));
  const last = useRef<T>(undefined);
  if (query.data) last.current = query.data;
  return {
    data: query.data ?? last.current,
    error: query.error,
    at: query.dataUpdatedAt,
    refetch: query.refetch,
  };
}
