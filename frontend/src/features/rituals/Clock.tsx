import { useNow } from '../../lib/use-now';
import { t } from './messages';
import type { Sitting } from './types';
import { minutes } from './words';

/** Counts up against the box; past it, it only says so. */
export function Clock({ sitting }: { sitting: Sitting }) {
  const now = useNow();
  const ms = Math.max(0, now - Date.parse(sitting.startedAt));
  const share = Math.min(1, ms / (sitting.boxSeconds * 1000));
  return (
    <p className="ri-clock" data-t={share >= 1 ? 'bad' : share >= 0.8 ? 'warn' : undefined}>
      <b>{minutes(ms)}</b>{' '}
      <span className="quiet">{t('ri.of', { box: minutes(sitting.boxSeconds * 1000) })}</span>
      <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect width="100" height="4" rx="2" fill="var(--well)" />
        <rect width={share * 100} height="4" rx="2" fill="currentColor" />
      </svg>
    </p>
  );
}
