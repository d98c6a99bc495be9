import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { RitualsPage } from '../../features/rituals/RitualsPage';
import { SeriesPage } from '../../features/rituals/SeriesPage';
import { SummaryPage } from '../../features/rituals/SummaryPage';
import { useConnection } from '../../live';
import { ConnectionBanner } from '../Banner';
import { LiveState } from '../LiveState';

function Connected({ children }: { children: (state: ReactNode) => ReactNode }) {
  const connection = useConnection();
  return (
    <>
      <ConnectionBanner connection={connection} />
      {children(<LiveState connection={connection} />)}
    </>
  );
}

export const RitualsRoute = () => <Connected>{(state) => <RitualsPage state={state} />}</Connected>;

export function RitualRoute() {
  const { series } = useParams({ from: '/inside/rituals/$series' });
  return <Connected>{(state) => <SeriesPage key={series} seriesId={series} state={state} />}</Connected>;
}

export function RitualSummaryRoute() {
  const { series, sitting } = useParams({ from: '/inside/rituals/$series/summary/$sitting' });
  return <SummaryPage key={sitting} seriesId={series} sittingId={sitting} />;
}
