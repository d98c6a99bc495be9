import { useNavigate, useParams } from '@tanstack/react-router';
import { ScreenPage } from '../../features/rituals/screen/ScreenPage';
import { hasRight, useMe } from '../../lib/session';

/** A ritual for the wall, shown by somebody who is signed in. */
export function RitualScreenRoute() {
  const { series } = useParams({ strict: false }) as { series: string };
  const me = useMe();
  const navigate = useNavigate();
  return (
    <ScreenPage
      key={series}
      seriesId={series}
      me={me.person.id}
      mayDrive={(team) => hasRight(me, team, 'worker')}
      onLeave={() => void navigate({ to: '/rituals/$series', params: { series } })}
    />
  );
}

/** The same by a screen's link. */
export function ScreenRitual() {
  const { series } = useParams({ strict: false }) as { series: string };
  return <ScreenPage key={series} seriesId={series} />;
}
