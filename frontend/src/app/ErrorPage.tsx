import type { ErrorComponentProps } from '@tanstack/react-router';
import { TriangleAlert, WifiOff } from 'lucide-react';
import { useEffect } from 'react';
import { ApiError, NetworkError } from '../lib/api';
import { PageTitle } from '../lib/page';
import { EmptyState } from '../ui/EmptyState';
import { RequestNumber } from '../ui/RequestNumber';
import { ChunkFailed } from './ChunkFailed';
import { t } from './messages';
import { NotFound } from './NotFound';

/** What failed, what was kept, what to do. One route's trouble leaves the frame and the other rooms alone. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  useEffect(() => {
    console.error(error);
  }, [error]);
  if (error instanceof ApiError && error.status === 404) return <NotFound />;
  if (error instanceof TypeError && /module/i.test(error.message)) return <ChunkFailed />;
  const away = error instanceof NetworkError;
  const said = away ? t('app.error.network') : error instanceof Error ? error.message : String(error);
  return (
    <div className="page">
      <PageTitle title={t('app.error.title')} />
      <EmptyState
        icon={away ? <WifiOff size={28} /> : <TriangleAlert size={28} />}
        title={said}
        action={
          <>
            <button type="button" className="btn" onClick={() => reset()}>
              {t('app.retry')}
            </button>
            <RequestNumber error={error} />
          </>
        }
      >
        {t('app.error.kept')}
      </EmptyState>
    </div>
  );
}
