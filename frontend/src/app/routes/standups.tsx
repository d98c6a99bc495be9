import { useNavigate, useParams } from '@tanstack/react-router';
import { SeriesPage } from '../../features/standup/SeriesPage';
import { StandupsPage } from '../../features/standup/StandupsPage';
import { SummaryPage } from '../../features/standup/SummaryPage';
import { useConnection } from '../../live';
import { ConnectionBanner } from '../Banner';
import { LiveState } from '../LiveState';

export function StandupsRoute() {
  const connection = useConnection();
  return (
    <>
      <ConnectionBanner connection={connection} />
      <StandupsPage state={<LiveState connection={connection} />} />
    </>
  );
}

export function StandupRoute() {
  const { series } = useParams({ from: '/inside/standup/$series' });
  const connection = useConnection();
  const navigate = useNavigate();
  return (
    <>
      <ConnectionBanner connection={connection} />
      <SeriesPage
        key={series}
        seriesId={series}
        state={<LiveState connection={connection} />}
        onScreen={() => void navigate({ to: '/standup/$series/screen', params: { series } })}
      />
    </>
  );
}

export function StandupSummaryRoute() {
  const { series, meeting } = useParams({ from: '/inside/standup/$series/summary/$meeting' });
  return <SummaryPage key={meeting} seriesId={series} meetingId={meeting} />;
}
