import type { ReactNode } from 'react';
import { defineMessages } from '../lib/i18n';
import { RequestNumber } from './RequestNumber';
import { AfterAWhile, Bone } from './Skeleton';

// Fetched with the pages that use it; the shared words would come with the first view.
const t = defineMessages({
  'loaded.failed': 'This could not be read.',
  'loaded.retry': 'Try again',
});

/** A list that is being read, could not be read, or is here. What was read once stays when reading it again fails. */
export function Loaded<T>({
  query,
  failed,
  children,
}: {
  query: { data?: T; error: Error | null; refetch: () => unknown };
  /** "The retros could not be read." */
  failed?: string;
  children: (data: T) => ReactNode;
}) {
  if (query.data) return children(query.data);
  if (query.error)
    return (
      <div className="panel row-a" role="alert">
        <span className="row-main">
          {failed ?? t('loaded.failed')}
          <small>{query.error.message}</small>
        </span>
        <RequestNumber error={query.error} />
        <button type="button" className="btn line" onClick={() => query.refetch()}>
          {t('loaded.retry')}
        </button>
      </div>
    );
  return (
    <AfterAWhile>
      <div className="panel rows" aria-busy="true">
        {[1, 2, 3].map((n) => (
          <div key={n} className="row-a">
            <Bone width={180 - n * 20} height={14} />
          </div>
        ))}
      </div>
    </AfterAWhile>
  );
}
