import type { ReactNode } from 'react';
import { ApiError } from '../../lib/api';
import type { BoardStore } from '../../live';
import { EmptyState } from '../../ui/EmptyState';
import { RequestNumber } from '../../ui/RequestNumber';
import { AfterAWhile, Bone } from '../../ui/Skeleton';
import css from './card.module.css';
import { t } from './messages';

/** The shape of a card while it is read; not shown when the reading is quick. */
export function Loading({ part = false }: { part?: boolean }) {
  return (
    <AfterAWhile>
      <div className={css.bones} role="status" aria-label={t('card.loading')}>
        {!part && <Bone width="70%" height={24} />}
        <Bone width="96%" />
        <Bone width="88%" />
        <Bone width="92%" />
        <Bone width="40%" />
        {!part && <Bone width="100%" height={120} radius={8} />}
      </div>
    </AfterAWhile>
  );
}

/** No card to show: it is not there, or it could not be read. */
export function NoCard({
  cardKey,
  error,
  again,
  action,
}: {
  cardKey: string;
  error: Error;
  again: () => void;
  action?: ReactNode;
}) {
  const missing = error instanceof ApiError && (error.status === 404 || error.status === 403);
  if (missing)
    return (
      <EmptyState title={t('card.missing', { key: cardKey })} action={action}>
        {t('card.missingWhy')}
      </EmptyState>
    );
  return (
    <EmptyState
      title={t('card.failed')}
      action={
        <>
          <button type="button" className="btn" onClick={again}>
            {t('card.again')}
          </button>
          <RequestNumber error={error} />
        </>
      }
    >
      {error.message}
    </EmptyState>
  );
}

/** The card's own board cannot be shown, and so neither can the card: it was taken away, or the server is. */
export function NoBoard({ store, cardKey }: { store: BoardStore; cardKey: string }) {
  const why = store.error();
  const error = why instanceof Error ? why : new Error(t('card.failed'));
  return <NoCard cardKey={cardKey} error={error} again={() => store.reload()} />;
}
