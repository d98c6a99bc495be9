import { createRootRoute, createRoute, createRouter, Outlet, redirect } from '@tanstack/react-router';
import { readBoardsSearch, readFlowSearch } from '../features/flow/search';
import { readSearchFor } from '../features/search/types';
import { parseSearch, readBoardSearch, stringifySearch } from '../lib/search';
import { sessionNow, useSession } from '../lib/session';
import { isReadable } from './address';
import { ErrorPage } from './ErrorPage';
import { bareLazyPage, lazyPage } from './lazy';
import { NotFound } from './NotFound';
import { Shell } from './Shell';

// Every address of the page. A room's code is fetched when somebody goes there.

/** What no route takes, not even the last one: bytes that are no text. It is said inside the frame, too. */
function Nowhere() {
  const signedIn = useSession().state === 'in';
  return signedIn && !isReadable(window.location) ? <Shell /> : <NotFound />;
}

const root = createRootRoute({ component: Outlet, notFoundComponent: Nowhere, errorComponent: ErrorPage });

/** A one-word search parameter, or nothing. */
const word = (raw: Record<string, unknown>, name: string): string | undefined =>
  typeof raw[name] === 'string' && raw[name] ? (raw[name] as string) : undefined;

const RITUALS = ['standup', 'replenishment', 'demo', 'retro', 'flow_review'] as const;
type RitualKind = (typeof RITUALS)[number];

// In front of the sign-in.
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (raw): { next?: string } => ({ next: word(raw, 'next') }),
  component: lazyPage(() => import('./routes/doors'), 'SignInRoute'),
});
const setUp = createRoute({
  getParentRoute: () => root,
  path: '/set-up',
  component: lazyPage(() => import('./routes/doors'), 'SetUpRoute'),
});
const invite = createRoute({
  getParentRoute: () => root,
  path: '/invite',
  component: lazyPage(() => import('./routes/doors'), 'InviteRoute'),
});

const noMail = createRoute({
  getParentRoute: () => root,
  path: '/no-mail',
  component: lazyPage(() => import('./routes/doors'), 'NoMailRoute'),
});

// A team's screen: read-only, with a link instead of a person.
const screen = createRoute({
  getParentRoute: () => root,
  path: '/screen',
  component: lazyPage(() => import('./routes/screen'), 'ScreenFrame'),
});
const screenBoards = createRoute({
  getParentRoute: () => screen,
  path: '/',
  component: lazyPage(() => import('./routes/screen'), 'ScreenBoards'),
});
const screenBoard = createRoute({
  getParentRoute: () => screen,
  path: '/$board',
  validateSearch: readBoardSearch,
  component: lazyPage(() => import('./routes/screen'), 'ScreenBoard'),
});

const screenStandup = createRoute({
  getParentRoute: () => screen,
  path: '/standup/$series',
  component: lazyPage(() => import('./routes/screen-standup'), 'ScreenStandup'),
});

const screenRitual = createRoute({
  getParentRoute: () => screen,
  path: '/rituals/$series',
  component: lazyPage(() => import('./routes/ritual-screen'), 'ScreenRitual'),
});

const screenWall = createRoute({
  getParentRoute: () => screen,
  path: '/wall',
  component: lazyPage(() => import('./routes/flow-wall'), 'ScreenWall'),
});

// Behind it: everything inside the frame.
const signedIn = async ({ location }: { location: { href: string } }) => {
  const session = await sessionNow();
  if (session.state === 'error') throw session.error;
  if (session.state === 'screen') throw redirect({ to: '/screen' });
  if (session.state !== 'in')
    throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href } });
};
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: signedIn,
  component: Shell,
});

// What fills a wall or a hand: no rail, no top bar.
const bare = createRoute({
  getParentRoute: () => root,
  id: 'bare',
  beforeLoad: signedIn,
  component: lazyPage(() => import('./routes/standup'), 'Bare'),
});
const standupScreen = createRoute({
  getParentRoute: () => bare,
  path: '/standup/$series/screen',
  component: lazyPage(() => import('./routes/standup'), 'StandupScreenRoute'),
});
const ritualScreen = createRoute({
  getParentRoute: () => bare,
  path: '/rituals/$series/screen',
  component: lazyPage(() => import('./routes/ritual-screen'), 'RitualScreenRoute'),
});
const standupRemote = createRoute({
  getParentRoute: () => bare,
  path: '/standup/$series/remote',
  component: lazyPage(() => import('./routes/standup'), 'StandupRemoteRoute'),
});

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/today', replace: true });
  },
});
const today = createRoute({
  getParentRoute: () => inside,
  path: '/today',
  validateSearch: (raw): { scope?: 'all'; team?: string } =>
    raw.scope === 'all' ? { scope: 'all', team: word(raw, 'team') } : {},
  component: lazyPage(() => import('./routes/today'), 'TodayRoute'),
});
const asking = createRoute({
  getParentRoute: () => inside,
  path: '/ask',
  validateSearch: (raw): { team?: string; ask?: string } => ({
    team: word(raw, 'team'),
    ask: word(raw, 'ask'),
  }),
  component: lazyPage(() => import('./routes/ask'), 'AskRoute'),
});
const boards = createRoute({
  getParentRoute: () => inside,
  path: '/boards',
  validateSearch: (raw): { new?: string } => ({ new: word(raw, 'new') }),
  component: lazyPage(() => import('./routes/boards'), 'BoardsRoute'),
});
const board = createRoute({
  getParentRoute: () => inside,
  path: '/b/$board',
  validateSearch: readBoardSearch,
  component: bareLazyPage(() => import('./routes/board'), 'BoardRoute'),
});
const workflow = createRoute({
  getParentRoute: () => inside,
  path: '/b/$board/workflow',
  component: lazyPage(() => import('./routes/workflow'), 'WorkflowRoute'),
});
const flow = createRoute({
  getParentRoute: () => inside,
  path: '/b/$board/flow',
  validateSearch: readFlowSearch,
  component: lazyPage(() => import('./routes/flow'), 'BoardFlowRoute'),
});
const card = createRoute({
  getParentRoute: () => inside,
  path: '/c/$key',
  component: lazyPage(() => import('./routes/card'), 'CardRoute'),
});
const teams = createRoute({
  getParentRoute: () => inside,
  path: '/teams',
  validateSearch: (raw): { new?: string } => ({ new: word(raw, 'new') }),
  component: lazyPage(() => import('./routes/teams'), 'TeamsRoute'),
});
const coverage = createRoute({
  getParentRoute: () => inside,
  path: '/teams/coverage',
  validateSearch: (
    raw,
  ): { by?: 'person' | 'day'; discipline?: 'operations' | 'security'; team?: string } => ({
    by: raw.by === 'person' || raw.by === 'day' ? raw.by : undefined,
    discipline: raw.discipline === 'security' ? 'security' : undefined,
    team: word(raw, 'team'),
  }),
  component: lazyPage(() => import('./routes/coverage'), 'CoverageRoute'),
});
const team = createRoute({
  getParentRoute: () => inside,
  path: '/teams/$team',
  component: lazyPage(() => import('./routes/teams'), 'TeamRoute'),
});
const importing = createRoute({
  getParentRoute: () => inside,
  path: '/import',
  validateSearch: (raw): { team?: string } => ({ team: word(raw, 'team') }),
  component: lazyPage(() => import('./routes/import'), 'ImportRoute'),
});
const inbox = createRoute({
  getParentRoute: () => inside,
  path: '/inbox',
  validateSearch: (raw): { show?: string } => ({ show: word(raw, 'show') }),
  component: lazyPage(() => import('./routes/inbox'), 'InboxRoute'),
});

const search = createRoute({
  getParentRoute: () => inside,
  path: '/search',
  validateSearch: readSearchFor,
  component: lazyPage(() => import('./routes/search'), 'SearchRoute'),
});

const standups = createRoute({
  getParentRoute: () => inside,
  path: '/standup',
  component: lazyPage(() => import('./routes/standups'), 'StandupsRoute'),
});
const standup = createRoute({
  getParentRoute: () => inside,
  path: '/standup/$series',
  component: lazyPage(() => import('./routes/standups'), 'StandupRoute'),
});
const standupSummary = createRoute({
  getParentRoute: () => inside,
  path: '/standup/$series/summary/$meeting',
  component: lazyPage(() => import('./routes/standups'), 'StandupSummaryRoute'),
});

const retros = createRoute({
  getParentRoute: () => inside,
  path: '/retro',
  component: lazyPage(() => import('./routes/retro'), 'RetrosRoute'),
});
const newRetro = createRoute({
  getParentRoute: () => inside,
  path: '/retro/new',
  component: lazyPage(() => import('./routes/retro'), 'NewRetroRoute'),
});
const retroTemplates = createRoute({
  getParentRoute: () => inside,
  path: '/retro/templates',
  component: lazyPage(() => import('./routes/retro-templates'), 'RetroTemplatesRoute'),
});
const retro = createRoute({
  getParentRoute: () => inside,
  path: '/retro/$retro',
  component: lazyPage(() => import('./routes/retro'), 'RetroRoute'),
});

const rituals = createRoute({
  getParentRoute: () => inside,
  path: '/rituals',
  component: lazyPage(() => import('./routes/rituals'), 'RitualsRoute'),
});
const ritual = createRoute({
  getParentRoute: () => inside,
  path: '/rituals/$series',
  component: lazyPage(() => import('./routes/rituals'), 'RitualRoute'),
});
const ritualSummary = createRoute({
  getParentRoute: () => inside,
  path: '/rituals/$series/summary/$sitting',
  component: lazyPage(() => import('./routes/rituals'), 'RitualSummaryRoute'),
});
const checks = createRoute({
  getParentRoute: () => inside,
  path: '/health',
  component: lazyPage(() => import('./routes/health'), 'ChecksRoute'),
});
const check = createRoute({
  getParentRoute: () => inside,
  path: '/health/$check',
  component: lazyPage(() => import('./routes/health'), 'CheckRoute'),
});
const teamHealth = createRoute({
  getParentRoute: () => inside,
  path: '/health/team/$team',
  component: lazyPage(() => import('./routes/health'), 'TeamHealthRoute'),
});

const services = createRoute({
  getParentRoute: () => inside,
  path: '/services',
  component: lazyPage(() => import('./routes/services'), 'ServicesRoute'),
});
const service = createRoute({
  getParentRoute: () => inside,
  path: '/services/$service',
  component: lazyPage(() => import('./routes/services'), 'ServiceRoute'),
});
const checklists = createRoute({
  getParentRoute: () => inside,
  path: '/checklists',
  component: lazyPage(() => import('./routes/checklists'), 'ChecklistsRoute'),
});
const TEMPLATE_VIEWS = ['questions', 'changes', 'proposed', 'versions'] as const;
const checklistTemplates = createRoute({
  getParentRoute: () => inside,
  path: '/checklists/templates',
  component: lazyPage(() => import('./routes/checklist-templates'), 'ChecklistTemplatesRoute'),
});
const checklistTemplate = createRoute({
  getParentRoute: () => inside,
  path: '/checklists/templates/$template',
  validateSearch: (raw): { view?: (typeof TEMPLATE_VIEWS)[number]; topic?: string; version?: number } => ({
    view: TEMPLATE_VIEWS.find((v) => v === raw.view),
    topic: word(raw, 'topic'),
    version: Number(raw.version) > 0 ? Math.floor(Number(raw.version)) : undefined,
  }),
  component: lazyPage(() => import('./routes/checklist-templates'), 'ChecklistTemplateRoute'),
});
const checklist = createRoute({
  getParentRoute: () => inside,
  path: '/checklists/$checklist',
  validateSearch: (raw): { item?: string } => ({ item: word(raw, 'item') }),
  component: lazyPage(() => import('./routes/checklist'), 'ChecklistRoute'),
});

const launches = createRoute({
  getParentRoute: () => inside,
  path: '/launches',
  component: lazyPage(() => import('./routes/launches'), 'LaunchesRoute'),
});
const launch = createRoute({
  getParentRoute: () => inside,
  path: '/launches/$checklist',
  component: lazyPage(() => import('./routes/launches'), 'LaunchRoute'),
});

const WALL_ORDERS = ['name', 'oldest'] as const;
const wall = createRoute({
  getParentRoute: () => inside,
  path: '/flow',
  validateSearch: (raw): { order?: (typeof WALL_ORDERS)[number]; tv?: 1 } => ({
    order: WALL_ORDERS.find((o) => o === raw.order),
    tv: raw.tv ? 1 : undefined,
  }),
  component: lazyPage(() => import('./routes/flow-wall'), 'WallRoute'),
});

const flowOfBoards = createRoute({
  getParentRoute: () => inside,
  path: '/flow/boards',
  validateSearch: readBoardsSearch,
  component: lazyPage(() => import('./routes/flow-boards'), 'BoardsFlowRoute'),
});

const calendar = createRoute({
  getParentRoute: () => inside,
  path: '/calendar',
  validateSearch: (raw): { week?: string; team?: string; kind?: RitualKind } => ({
    week: word(raw, 'week'),
    team: word(raw, 'team'),
    kind: RITUALS.find((k) => k === raw.kind),
  }),
  component: lazyPage(() => import('./routes/calendar'), 'CalendarRoute'),
});
const trends = createRoute({
  getParentRoute: () => inside,
  path: '/calendar/trends',
  validateSearch: (raw): { team?: string } => ({ team: word(raw, 'team') }),
  component: lazyPage(() => import('./routes/calendar'), 'TrendsRoute'),
});

const nowhere = createRoute({ getParentRoute: () => inside, path: '/$', component: NotFound });

const settings = createRoute({
  getParentRoute: () => inside,
  path: '/settings',
  component: lazyPage(() => import('./routes/settings'), 'SettingsFrame'),
});
const page = <const P extends string>(path: P, name: keyof typeof import('./routes/settings')) =>
  createRoute({
    getParentRoute: () => settings,
    path,
    component: lazyPage(() => import('./routes/settings'), name),
  });

const tree = root.addChildren([
  signIn,
  setUp,
  invite,
  noMail,
  screen.addChildren([screenBoards, screenStandup, screenRitual, screenWall, screenBoard]),
  bare.addChildren([standupScreen, standupRemote, ritualScreen]),
  inside.addChildren([
    home,
    today,
    asking,
    boards,
    board,
    workflow,
    wall,
    flowOfBoards,
    flow,
    card,
    teams,
    coverage,
    team,
    importing,
    inbox,
    search,
    standups,
    standup,
    standupSummary,
    retros,
    newRetro,
    retroTemplates,
    retro,
    rituals,
    ritual,
    ritualSummary,
    calendar,
    trends,
    checks,
    check,
    teamHealth,
    services,
    service,
    checklists,
    checklistTemplates,
    checklistTemplate,
    checklist,
    launches,
    launch,
    nowhere,
    settings.addChildren([
      page('/', 'ProfilePage'),
      page('/notices', 'NoticesPage'),
      page('/appearance', 'AppearancePage'),
      page('/keyboard', 'KeyboardPage'),
      page('/sessions', 'SessionsPage'),
      page('/tokens', 'TokensPage'),
      page('/people', 'PeoplePage'),
      page('/invitations', 'InvitationsPage'),
      page('/deliveries', 'DeliveriesPage'),
      page('/connection', 'ConnectionPage'),
    ]),
  ]),
]);

export const router = createRouter({
  routeTree: tree,
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultPreloadDelay: 80,
  defaultErrorComponent: ErrorPage,
  defaultNotFoundComponent: NotFound,
  defaultPendingMs: 150,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
