import type { ReactNode } from 'react';
import { AfterAWhile, Bone } from '../../ui/Skeleton';
import { t } from './messages';

/** A list that is being read, could not be read, or is here. */
export function Loaded<T>({
  query,
  children,
}: {
  query: { data?: T; error: Error | null; refetch: () => unknown };
  children: (data: T) => ReactNode;
}) {
  if (query.data) return children(query.data);
  if (query.error)
    return (
      <div className="panel row-a">
        <span className="row-main">
          {t('settings.failed')}
          <small>{query.error.message}</small>
        </span>
        <button type="button" className="btn line sm" onClick={() => query.refetch()}>
          {t('settings.retry')}
        </button>
      </div>
    );
  return (
    <AfterAWhile>
      <div className="panel rows" aria-hidden="true">
        {[1, 2, 3].map((n) => (
          <div key={n} className="row-a">
            <Bone width={180 - n * 20} height={14} />
          </div>
        ))}
      </div>
    </AfterAWhile>
  );
}
