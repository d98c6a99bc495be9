import { useParams } from '@tanstack/react-router';
import { ScreenPage } from '../../features/standup/ScreenPage';

/** The team's standup on a wall: the walk while it runs, the board in numbers between two of them. */
export function ScreenStandup() {
  const { series } = useParams({ from: '/screen/standup/$series' });
  return <ScreenPage key={series} seriesId={series} />;
}
