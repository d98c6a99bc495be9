import { useSearch } from '@tanstack/react-router';
import { CoveragePage } from '../../features/liaison/CoveragePage';
import { useConnection } from '../../live';
import { ConnectionBanner } from '../Banner';
import { LiveState } from '../LiveState';

export function CoverageRoute() {
  const search = useSearch({ from: '/inside/teams/coverage' });
  const connection = useConnection();
  return (
    <>
      <ConnectionBanner connection={connection} />
      <CoveragePage search={search} state={<LiveState connection={connection} />} />
    </>
  );
}
