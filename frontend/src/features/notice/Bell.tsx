import { Popover } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Bell as BellIcon } from 'lucide-react';
import { useState } from 'react';
import { num } from '../../lib/i18n';
import { AfterAWhile, Bone } from '../../ui/Skeleton';
import '../../ui/menu.css';
import { t } from './messages';
import { NoticeRow } from './NoticeRow';
import css from './notice.module.css';
import { markAll, useInbox, useUnread } from './use-notices';

const LATEST = '/notices?limit=8';

/** The bell of the top bar: how many are unread, and the newest of them at hand. `opened`: asked for before it was here. */
export function Bell({ opened }: { opened: boolean }) {
  const unread = useUnread();
  const [open, setOpen] = useState(opened);
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="bottom-end"
      width={400}
      trapFocus
      returnFocus
      withinPortal
    >
      <Popover.Target>
        <button
          type="button"
          className="btn ghost icon top-bell"
          aria-label={t('notice.bell', { n: unread })}
          aria-haspopup="dialog"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <BellIcon size={17} aria-hidden />
          {unread > 0 && (
            <span className={css.badge} aria-hidden>
              {unread > 99 ? '99+' : num(unread)}
            </span>
          )}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('notice.inbox')}>
        {open && <Latest unread={unread} onClose={() => setOpen(false)} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function Latest({ unread, onClose }: { unread: number; onClose: () => void }) {
  const { data, error, refetch } = useInbox(LATEST);
  const newest = data?.items[0];
  return (
    <div className={css.panel}>
      <header className={css.panelHead}>
        <h2>{t('notice.inbox')}</h2>
        {unread > 0 && newest && (
          <button type="button" className="btn ghost sm" onClick={() => void markAll(LATEST, newest.id)}>
            {t('notice.markAll')}
          </button>
        )}
      </header>
      {data ? (
        data.items.length ? (
          <ul className={css.list}>
            {data.items.map((n) => (
              <NoticeRow key={n.id} notice={n} list={LATEST} onOpen={onClose} />
            ))}
          </ul>
        ) : (
          <p className={css.none}>
            <b>{t('notice.none.ever')}</b>
            {t('notice.none.text')}
          </p>
        )
      ) : error ? (
        <p className={css.none} role="alert">
          {t('notice.failed')}
          <button type="button" className="btn line sm" onClick={() => refetch()}>
            {t('notice.retry')}
          </button>
        </p>
      ) : (
        <AfterAWhile>
          <div className={css.none} aria-hidden="true">
            <Bone width="70%" height={14} />
            <Bone width="45%" />
          </div>
        </AfterAWhile>
      )}
      <footer className={css.panelFoot}>
        <Link to="/inbox" className="btn line sm" onClick={onClose}>
          {t('notice.open')}
        </Link>
      </footer>
    </div>
  );
}
