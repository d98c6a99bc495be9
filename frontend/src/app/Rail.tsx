import { Link } from '@tanstack/react-router';
import {
  CalendarDays,
  ClipboardCheck,
  HandHelping,
  KanbanSquare,
  MessagesSquare,
  Presentation,
  Repeat,
  Settings,
  Sun,
  UsersRound,
} from 'lucide-react';
import { Suspense, useState } from 'react';
import { lazyPart } from '../lib/lazy';
import { useMe } from '../lib/session';
import { Avatar } from '../ui/Avatar';
import { t } from './messages';

const ROOMS = [
  { to: '/today', word: 'app.today', Icon: Sun, also: ['/today'] },
  { to: '/boards', word: 'app.boards', Icon: KanbanSquare, also: ['/b/', '/c/', '/import', '/boards'] },
  { to: '/standup', word: 'app.standup', Icon: Presentation, also: ['/standup'] },
  { to: '/retro', word: 'app.retro', Icon: MessagesSquare, also: ['/retro', '/health'], rest: true },
  { to: '/checklists', word: 'app.checklists', Icon: ClipboardCheck, also: ['/checklists', '/services'] },
  { to: '/rituals', word: 'app.rituals', Icon: Repeat, also: ['/rituals'], rest: true },
  { to: '/calendar', word: 'app.calendar', Icon: CalendarDays, also: ['/calendar'], rest: true },
  { to: '/ask', word: 'app.ask', Icon: HandHelping, also: ['/ask'], rest: true },
  { to: '/teams', word: 'app.teams', Icon: UsersRound, also: ['/teams'], rest: true },
] as const;

// The menu's code follows the first view; until then its button stands there and keeps a press for it.
const TodayBadge = lazyPart(() => import('../features/today/Badge').then((m) => m.Badge));
const MeMenu = lazyPart(() => import('./MeMenu').then((m) => m.MeMenu));

function Me({ here }: { here?: boolean }) {
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
      <MeMenu opened={pressed} here={here} />
    </Suspense>
  );
}

/**
 * The rooms that exist, as icon and word. Below 900 px the same list is a bar at the bottom; where that has room for
 * five, the rest is in the menu at its end.
 */
export function Rail({ path }: { path: string }) {
  const here = (also: readonly string[]) => also.some((p) => path === p || path.startsWith(p)) || undefined;
  return (
    <nav className="rail" aria-label={t('app.main')}>
      <Link to="/" className="rail-logo" aria-label="Trestle">
        <img src="/favicon.svg" alt="" width={32} height={32} />
      </Link>
      {ROOMS.map(({ to, word, Icon, also, ...room }) => (
        <Link
          key={to}
          to={to}
          aria-current={here(also) && 'page'}
          activeProps={{}}
          className="rail-a"
          data-rest={'rest' in room || undefined}
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
      <Me here={here(['/retro', '/health', '/rituals', '/calendar', '/ask', '/teams', '/settings'])} />
    </nav>
  );
}
