import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { SearchPage } from '../../features/search/SearchPage';
import type { SearchFor } from '../../features/search/types';

export function SearchRoute() {
  const navigate = useNavigate();
  const search = useSearch({ from: '/inside/search' });
  const set = useCallback(
    (next: SearchFor, replace: boolean) =>
      void navigate({ to: '/search', search: next, replace, resetScroll: false }),
    [navigate],
  );
  return <SearchPage search={search} onSearch={set} />;
}
