import { RotateCw, WifiOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { PageTitle } from '../lib/page';
import { EmptyState } from '../ui/EmptyState';
import { t } from './messages';

/** A part of the page could not be fetched: either there is a new version, or there is no connection. */
export function ChunkFailed() {
  const [reachable, setReachable] = useState<boolean | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    fetch('/healthz', { cache: 'no-store', signal: stop.signal }).then(
      (r) => setReachable(r.ok),
      () => !stop.signal.aborted && setReachable(false),
    );
    return () => stop.abort();
  }, []);
  if (reachable === null) return null;
  const words = reachable ? 'newVersion' : 'lazyOffline';
  return (
    <div className="page">
      <PageTitle title={t(`app.${words}.title`)} />
      <EmptyState
        icon={reachable ? <RotateCw size={28} /> : <WifiOff size={28} />}
        title={t(`app.${words}.title`)}
        action={
          <button type="button" className="btn" onClick={() => window.location.reload()}>
            {reachable ? t('app.reload') : t('app.retry')}
          </button>
        }
      >
        {t(`app.${words}.text`)}
      </EmptyState>
    </div>
  );
}
