import { Link } from '@tanstack/react-router';
import { CloudOff, ShieldAlert, TriangleAlert } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useMe } from '../lib/session';
import { clock } from '../lib/time';
import type { Connection } from '../live/types';
import { t } from './messages';

function Banner({ icon, tone, children }: { icon: ReactNode; tone: 'warn' | 'bad'; children: ReactNode }) {
  return (
    <aside className="banner" data-t={tone}>
      {icon}
      <p>{children}</p>
    </aside>
  );
}

const GRACE_MS = 3000;

/** Says after three seconds that the connection is gone, and always when it only works by asking again and again. */
export function ConnectionBanner({ connection }: { connection: Connection }) {
  const { state, since, queued } = connection;
  const [late, setLate] = useState(false);
  const away = state === 'offline' || state === 'reconnecting';
  const from = since?.getTime() ?? 0;
  useEffect(() => {
    setLate(false);
    if (!away) return;
    const timer = setTimeout(() => setLate(true), Math.max(0, (from || Date.now()) + GRACE_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [away, from]);

  if (away && late)
    return (
      <Banner tone="bad" icon={<CloudOff size={16} aria-hidden />}>
        {t('app.banner.offline', { time: clock(since ?? Date.now()) })}{' '}
        {queued > 0 && <b>{t('app.banner.queued', { n: queued })}</b>}
      </Banner>
    );
  if (state === 'polling')
    return (
      <Banner tone="warn" icon={<TriangleAlert size={16} aria-hidden />}>
        {t('app.banner.polling')}{' '}
        <Link to="/settings/connection" className="link">
          {t('app.banner.why')}
        </Link>
      </Banner>
    );
  return null;
}

let hidden = false;

/** Administrators are told while people sign in over plain http from other machines. */
export function InsecureBanner() {
  const me = useMe();
  const [gone, setGone] = useState(hidden);
  if (!me.insecure || me.person.role !== 'admin' || gone) return null;
  return (
    <Banner tone="warn" icon={<ShieldAlert size={16} aria-hidden />}>
      {t('app.banner.insecure')}{' '}
      <Link to="/settings/connection" className="link">
        {t('app.banner.insecureHow')}
      </Link>{' '}
      <button
        type="button"
        className="link-btn"
        onClick={() => {
          hidden = true;
          setGone(true);
        }}
      >
        {t('app.banner.hide')}
      </button>
    </Banner>
  );
}
