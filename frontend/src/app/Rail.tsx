import { Link } from '@tanstack/react-router';
import { Settings } from 'lucide-react';
import { Suspense, useEffect, useState } from 'react';
import { lazyPart } from '../lib/lazy';
import { useMe } from '../lib/session';
import { Avatar } from '../ui/Avatar';
import { t } from './messages';
import { barOf, isIn, ROOMS, type Room, roomOf, visited } from './rooms';

// The menu's code follows the first view; until then its button stands there and keeps a press for it.
const TodayBadge = lazyPart(() => import('../features/today/Badge').then((m) => m.Badge));
const MeMenu = lazyPart(() => import('./MeMenu').then((m) => m.MeMenu));

function Me({ here, bar }: { here?: boolean; bar: readonly Room[] }) {
  const { person } = useMe();
  const [pressed, setPressed] = useState(false);
  const button = (
    <button
      type="button"
      className="rail-me"
      data-here={here}
      aria-label={t('app.you', { name: person.name })}
      onClick={() => setPressed(true)}
    >
      <Avatar person={person} size={28} decorative />
      <span className="rail-more">{t('app.more')}</span>
    </button>
  );
  return (
    <Suspense fallback={button}>
      <MeMenu opened={pressed} here={here} bar={bar} />
    </Suspense>
  );
}

/**
 * The rooms that exist, as icon and word. Below 900 px the same list is a bar at the bottom; where that has room for
 * five, the rest is in the menu at its end.
 */
export function Rail({ path }: { path: string }) {
  const me = useMe().person.id;
  // As it was when the page was opened: under a thumb nothing changes its place.
  const [bar] = useState(() => barOf(me));
  const room = roomOf(path);
  useEffect(() => {
    if (room) visited(me, room);
  }, [me, room]);
  const here = (also: readonly string[]) => isIn(path, also) || undefined;
  return (
    <nav className="rail" aria-label={t('app.main')}>
      <Link to="/" className="rail-logo" aria-label="Trestle">
        <img src="/favicon.svg" alt="" width={32} height={32} />
      </Link>
      {ROOMS.filter((r) => r.to !== '/settings').map(({ to, word, Icon, also }) => (
        <Link
          key={to}
          to={to}
          aria-current={here(also) && 'page'}
          activeProps={{}}
          className="rail-a"
          data-rest={!bar.includes(to) || undefined}
        >
          <Icon size={20} strokeWidth={1.75} aria-hidden />
          {t(word)}
          {to === '/today' && (
            <Suspense fallback={null}>
              <TodayBadge />
            </Suspense>
          )}
        </Link>
      ))}
      <span className="rail-gap" />
      <Link
        to="/settings"
        aria-current={here(['/settings']) && 'page'}
        activeProps={{}}
        className="rail-a"
        data-rest
      >
        <Settings size={20} strokeWidth={1.75} aria-hidden />
        {t('app.settings')}
      </Link>
      <Me here={(room && !bar.includes(room)) || undefined} bar={bar} />
    </nav>
  );
}
