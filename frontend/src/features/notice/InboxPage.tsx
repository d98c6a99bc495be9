import { Link } from '@tanstack/react-router';
import { CheckCheck, Inbox as InboxIcon } from 'lucide-react';
import { useState } from 'react';
import { PageTitle, Top } from '../../lib/page';
import { useMe } from '../../lib/session';
import { EmptyState } from '../../ui/EmptyState';
import { AfterAWhile, Bone } from '../../ui/Skeleton';
import { type Group, grouped } from './groups';
import { t } from './messages';
import { NoticeRow } from './NoticeRow';
import css from './notice.module.css';
import { markAll, markRead, useInbox } from './use-notices';

export type Which = 'unread' | 'all';

/** Everything that was told to me, card by card, to be acted on where it stands. */
export function InboxPage({ which, onWhich }: { which: Which; onWhich: (w: Which) => void }) {
  const me = useMe();
  const [cursor, setCursor] = useState('');
  const path = `/notices?state=${which}&limit=50${cursor && `&cursor=${cursor}`}`;
  const { data, error, refetch } = useInbox(path);
  const newest = data?.items[0];
  return (
    <div className="page">
      <PageTitle title={t('notice.inbox')} crumb={me.workspace.name} />
      <Top place="action">
        {data && data.unread > 0 && newest && (
          <button type="button" className="btn line" onClick={() => void markAll(path, newest.id)}>
            <CheckCheck size={15} aria-hidden />
            {t('notice.markAll')}
          </button>
        )}
      </Top>
      <div className="page-in narrow">
        <div className={css.bar}>
          <fieldset className="seg">
            <legend className="sr">{t('notice.which')}</legend>
            {(['unread', 'all'] as const).map((w) => (
              <button
                key={w}
                type="button"
                aria-pressed={which === w}
                onClick={() => {
                  setCursor('');
                  onWhich(w);
                }}
              >
                {t(`notice.${w}`)}
                {w === 'unread' && data && data.unread > 0 && ` ${data.unread}`}
              </button>
            ))}
          </fieldset>
        </div>
        {data ? (
          data.items.length ? (
            grouped(data.items).map((g) => <Card key={g.id} group={g} list={path} />)
          ) : (
            <EmptyState
              icon={<InboxIcon size={26} />}
              title={t(which === 'unread' ? 'notice.none' : 'notice.none.ever')}
            >
              {t('notice.none.text')}
            </EmptyState>
          )
        ) : error ? (
          <div className="panel row-a" role="alert">
            <span className="row-main">
              {t('notice.failed')}
              <small>{error.message}</small>
            </span>
            <button type="button" className="btn line sm" onClick={() => refetch()}>
              {t('notice.retry')}
            </button>
          </div>
        ) : (
          <AfterAWhile>
            <div className="panel rows" aria-hidden="true">
              {[1, 2, 3].map((n) => (
                <div key={n} className="row-a">
                  <Bone width={320 - n * 40} height={14} />
                </div>
              ))}
            </div>
          </AfterAWhile>
        )}
        {(cursor || data?.nextCursor) && (
          <div className={css.more}>
            {cursor && (
              <button type="button" className="btn line" onClick={() => setCursor('')}>
                {t('notice.newest')}
              </button>
            )}
            {data?.nextCursor && (
              <button type="button" className="btn line" onClick={() => setCursor(data.nextCursor!)}>
                {t('notice.older')}
              </button>
            )}
          </div>
        )}
      </div>
    </div>
  );
}

function Card({ group, list }: { group: Group; list: string }) {
  const unread = group.items.filter((n) => !n.readAt);
  return (
    <section className={`panel ${css.group}`} aria-label={group.cardKey || group.items[0]?.title}>
      {group.cardKey && (
        <header className={css.groupHead}>
          <h2>
            <Link to="/c/$key" params={{ key: group.cardKey }}>
              <code>{group.cardKey}</code> {group.cardTitle}
            </Link>
          </h2>
          {unread.length > 1 && (
            <button
              type="button"
              className="btn ghost sm"
              aria-label={t('notice.markCard', { key: group.cardKey })}
              onClick={() =>
                void markRead(
                  list,
                  unread.map((n) => n.id),
                )
              }
            >
              {t('notice.mark')}
            </button>
          )}
        </header>
      )}
      <ul className={css.list}>
        {group.items.map((n) => (
          <NoticeRow key={n.id} notice={n} list={list} />
        ))}
      </ul>
    </section>
  );
}
