import { QueryClient, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { ApiError, api } from './api';
import { onPersonLeft } from './session';

// Lists and forms of the quiet rooms: people, teams, tokens, the boards overview. Cards never come this way.

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (n, error) => n < 2 && !(error instanceof ApiError && error.status < 500),
      refetchOnWindowFocus: true,
    },
  },
});

/** What GET `path` answers, kept fresh. Null asks nothing. */
export function useData<T>(path: string | null): UseQueryResult<T, Error> {
  return useQuery<T, Error>(
    {
      queryKey: [path],
      queryFn: ({ signal }) => api.get<T>(path!, { signal }),
      enabled: path !== null,
    },
    client,
  );
}

/** Reads again everything whose path begins with one of these. */
export function refresh(...paths: string[]): Promise<void> {
  return client.invalidateQueries({
    predicate: (q) => paths.some((p) => String(q.queryKey[0]).startsWith(p)),
  });
}

/** Shows `next` at once where `path` is read; the next reading corrects it. */
export function putData<T>(path: string, next: (old: T | undefined) => T | undefined): void {
  client.setQueryData<T>([path], next);
}

onPersonLeft(() => client.clear());
