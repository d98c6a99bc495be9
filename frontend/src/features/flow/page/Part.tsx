import type { ReactNode } from 'react';
import { clock } from '../../../lib/time';
import { RequestNumber } from '../../../ui/RequestNumber';
import { AfterAWhile, Bone } from '../../../ui/Skeleton';
import { t } from '../messages';
import type { Answered } from './use-measure';

/** One part of the page: the others stay when it cannot be read, and so does what was read of it before. */
export function Part<T>({
  query,
  height,
  children,
}: {
  query: Answered<T>;
  height: number;
  children: (v: T) => ReactNode;
}) {
  const { data, error, before, refetch } = query;
  if (data)
    return (
      <div className="fl-part" data-before={(before && !error) || undefined} aria-busy={before && !error}>
        {error && (
          <p className="fl-old small" role="status">
            {before ? t('fl.before') : t('fl.old', { time: clock(query.at ?? 0) })} {error.message}{' '}
            <button type="button" className="link" onClick={() => void refetch()}>
              {t('fl.retry')}
            </button>
          </p>
        )}
        {children(data)}
      </div>
    );
  if (error)
    return (
      <div className="panel fl-failed" role="alert">
        <p>
          <b>{t('fl.failedPart')}</b> {error.message} {t('fl.kept')}
        </p>
        <p>
          <button type="button" className="btn line" onClick={() => void refetch()}>
            {t('fl.retry')}
          </button>
          <RequestNumber error={error} />
        </p>
      </div>
    );
  return (
    <div style={{ minHeight: height }} aria-busy="true">
      <AfterAWhile>
        <Bone width="100%" height={height} radius={10} />
      </AfterAWhile>
    </div>
  );
}
