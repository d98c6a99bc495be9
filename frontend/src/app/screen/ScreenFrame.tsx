import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { Monitor } from 'lucide-react';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import type { Screen } from '../../api/types';
import { Door } from '../../features/account/Door';
import { listenForKeys } from '../../lib/keys';
import { type TopPlace, TopPlaces, useTabTitle } from '../../lib/page';
import { useSession } from '../../lib/session';
import { EmptyState } from '../../ui/EmptyState';
import { Announcer } from '../Announcer';
import { ScreenContext } from './context';
import { t } from './messages';
import './screen.css';
import { type ScreenState, useScreen } from './use-screen';

const Toaster = lazy(() => import('../Toaster'));

/** A team's boards for a screen on the wall: nobody is signed in and nothing can be changed. */
export function ScreenFrame() {
  const now = useScreen();
  useTabTitle(now.state === 'ready' ? t('screen.tab', { team: now.screen.teamName }) : t('screen.title'));
  return now.state === 'ready' ? <Ready screen={now.screen} /> : <Before now={now} />;
}

function Before({ now }: { now: Exclude<ScreenState, { state: 'ready' }> }) {
  const navigate = useNavigate();
  const inside = useSession().state === 'in';
  const [busy, setBusy] = useState(false);
  if (now.state === 'asking') return <Door title={t('screen.asking')}>{null}</Door>;
  if (now.state === 'person')
    return (
      <Door title={t('screen.title')} sub={now.screen.name}>
        <div className="panel">
          <EmptyState
            title={t('screen.in.title', { name: now.name })}
            action={
              <>
                <button type="button" className="btn" onClick={() => void navigate({ to: '/boards' })}>
                  {t('screen.in.boards')}
                </button>
                <button
                  type="button"
                  className="btn line"
                  data-busy={busy || undefined}
                  onClick={() => {
                    setBusy(true);
                    void now.leave().catch(() => setBusy(false));
                  }}
                >
                  {t('screen.in.out')}
                </button>
              </>
            }
          >
            {t('screen.in.text', { team: now.screen.teamName })}
          </EmptyState>
        </div>
      </Door>
    );
  const [title, text] =
    now.state === 'none'
      ? [t('screen.none.title'), t('screen.none.text')]
      : now.state === 'refused'
        ? [now.why, t('screen.refused.text')]
        : [t('screen.away.title'), t('screen.away.text')];
  return (
    <Door title={t('screen.title')}>
      <div className="panel">
        <EmptyState
          icon={<Monitor size={28} />}
          title={title}
          action={
            now.state !== 'away' && (
              <Link to={inside ? '/boards' : '/sign-in'} className="btn line">
                {t(inside ? 'screen.in.boards' : 'screen.signIn')}
              </Link>
            )
          }
        >
          {text}
        </EmptyState>
      </div>
    </Door>
  );
}

function Ready({ screen }: { screen: Screen }) {
  const [places, setPlaces] = useState<Partial<Record<TopPlace, HTMLElement | null>>>({});
  useEffect(listenForKeys, []);
  // The picture of a standup fills the wall.
  const bare = useRouterState({ select: (s) => /^\/screen\/(standup\/|wall$)/.test(s.location.pathname) });
  const put = useMemo(() => {
    const at = (place: TopPlace) => (el: HTMLElement | null) =>
      setPlaces((old) => (old[place] === el ? old : { ...old, [place]: el }));
    return { title: at('title'), state: at('state') };
  }, []);
  if (bare)
    return (
      <ScreenContext value={screen}>
        <Outlet />
      </ScreenContext>
    );
  return (
    <ScreenContext value={screen}>
      <TopPlaces value={places}>
        <div className="screen">
          <header className="top">
            <img src="/favicon.svg" alt="" width={30} height={30} />
            <div className="top-title" ref={put.title} />
            <div className="top-state" ref={put.state} />
            <span className="pill">{t('screen.readOnly')}</span>
            <Link to="/sign-in" className="btn ghost sm">
              {t('screen.signIn')}
            </Link>
          </header>
          <main id="page" tabIndex={-1}>
            <Announcer />
            <Outlet />
            <div id="portals" />
            <Suspense fallback={null}>
              <Toaster />
            </Suspense>
          </main>
        </div>
      </TopPlaces>
    </ScreenContext>
  );
}
