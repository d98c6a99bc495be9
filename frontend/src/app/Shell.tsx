import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { CircleHelp } from 'lucide-react';
import { Suspense, useEffect, useMemo, useState } from 'react';
import { listenForKeys, useKeys } from '../lib/keys';
import { useOwnKeys } from '../lib/keys/setting';
import { lazyPart } from '../lib/lazy';
import { type TopPlace, TopPlaces } from '../lib/page';
import { useSession } from '../lib/session';
import { Announcer } from './Announcer';
import { isReadable } from './address';
import { InsecureBanner } from './Banner';
import { BellPlace } from './BellPlace';
import { t } from './messages';
import { NotFound } from './NotFound';
import { PaletteButton, usePalette } from './PaletteButton';
import { Rail } from './Rail';
import { useScrollKeys } from './use-scroll-keys';

const KeyMap = lazyPart(() => import('./KeyMap').then((m) => m.default));
// Toasts are fetched at once but not waited for; what is said before they are here is shown when they are.
const Toaster = lazyPart(() => import('./Toaster').then((m) => m.default));

/** The frame: rail, top bar, and the one main region into which the rooms are put. */
export function Shell() {
  const session = useSession();
  const navigate = useNavigate();
  const path = useRouterState({ select: (s) => s.location.pathname });
  const [places, setPlaces] = useState<Partial<Record<TopPlace, HTMLElement | null>>>({});
  const [help, setHelp] = useState(false);
  const palette = usePalette();
  useOwnKeys();
  useEffect(listenForKeys, []);
  useScrollKeys();

  useEffect(() => {
    if (session.state !== 'out') return;
    const next = window.location.pathname + window.location.search;
    void navigate({ to: '/sign-in', search: next === '/' ? {} : { next } });
  }, [session.state, navigate]);

  useKeys(t('app.scope.everywhere'), [
    { keys: 'Mod+k', label: t('app.palette'), run: palette.open, inFields: true },
    { keys: '?', label: t('app.key.help'), run: () => setHelp(true) },
    { keys: '/', label: t('app.search.everywhere'), run: () => navigate({ to: '/search' }) },
    { keys: 'g h', label: t('app.key.today'), run: () => navigate({ to: '/today' }) },
    { keys: 'g b', label: t('app.key.boards'), run: () => navigate({ to: '/boards' }) },
    { keys: 'g a', label: t('app.key.ask'), run: () => navigate({ to: '/ask' }) },
    { keys: 'g u', label: t('app.key.standup'), run: () => navigate({ to: '/standup' }) },
    { keys: 'g r', label: t('app.key.retro'), run: () => navigate({ to: '/retro' }) },
    { keys: 'g l', label: t('app.key.checklists'), run: () => navigate({ to: '/checklists' }) },
    { keys: 'g f', label: t('app.key.flow'), run: () => navigate({ to: '/flow' }) },
    { keys: 'g i', label: t('app.key.rituals'), run: () => navigate({ to: '/rituals' }) },
    { keys: 'g t', label: t('app.key.teams'), run: () => navigate({ to: '/teams' }) },
    { keys: 'g s', label: t('app.key.settings'), run: () => navigate({ to: '/settings' }) },
  ]);

  const put = useMemo(() => {
    const at = (place: TopPlace) => (el: HTMLElement | null) =>
      setPlaces((old) => (old[place] === el ? old : { ...old, [place]: el }));
    return { title: at('title'), search: at('search'), state: at('state'), action: at('action') };
  }, []);

  return (
    <TopPlaces value={places}>
      <div className="shell">
        <a className="skip" href="#page">
          {t('app.skip')}
        </a>
        <Rail path={path} />
        <header className="top">
          <div className="top-title" ref={put.title} />
          <div className="top-search" ref={put.search} />
          <PaletteButton onOpen={palette.open} />
          <div className="top-state" ref={put.state} />
          <BellPlace />
          <button
            type="button"
            className="btn ghost icon top-help"
            aria-label={t('app.help')}
            aria-haspopup="dialog"
            onClick={() => setHelp(true)}
          >
            <CircleHelp size={17} aria-hidden />
          </button>
          <div className="top-action" ref={put.action} />
        </header>
        <main id="page" tabIndex={-1}>
          <Announcer />
          <InsecureBanner />
          {isReadable(window.location) ? <Outlet /> : <NotFound />}
          <div id="portals" />
          {palette.shown}
          {help && (
            <Suspense fallback={null}>
              <KeyMap onClose={() => setHelp(false)} />
            </Suspense>
          )}
          <Suspense fallback={null}>
            <Toaster />
          </Suspense>
        </main>
      </div>
    </TopPlaces>
  );
}
