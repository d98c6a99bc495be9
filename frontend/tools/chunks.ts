import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Rolldown } from 'vite';

// Which modules travel in one file. Left to itself the bundler makes a file of every set of modules that the same
// pages share, some of two hundred bytes: each is a request, and each is compressed on its own.

const src = (path: string) => resolve(import.meta.dirname, '../src', path);
const of = (...packages: string[]) => new RegExp(`[\\\\/]node_modules[\\\\/](${packages.join('|')})[\\\\/]`);

const cached = new Map<string, Set<string>>();
/** The modules that a page cannot do without: all that it imports statically. */
function needs(page: string, ctx: Rolldown.ChunkingContext): Set<string> {
  const known = cached.get(page);
  if (known) return known;
  const found = new Set<string>();
  const todo = [src(page)];
  for (let id = todo.pop(); id; id = todo.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    todo.push(...(ctx.getModuleInfo(id)?.importedIds ?? []));
  }
  cached.set(page, found);
  return found;
}

const START = 'main.tsx';
const DOORS = 'app/routes/doors.tsx';
const BOARD = 'app/routes/board.tsx';
/** What comes to every page of a person once its first view stands, and to every board. */
const PAGE_LATER = ['app/MeMenu.tsx', 'app/Toaster.tsx', 'features/notice/Bell.tsx', 'features/today/Badge.tsx'];
const BOARD_LATER = [
  'menus/CardMenus.tsx',
  'head/HeadMenu.tsx',
  'queue/TopNote.tsx',
  'toolbar/FilterPopover.tsx',
  'toolbar/ViewsMenu.tsx',
  'toolbar/ViewMenus.tsx',
  'dialogs/OneDialog.tsx',
  'dialogs/asks.ts',
].map((file) => `features/board/${file}`);

const LATER = [...PAGE_LATER, ...BOARD_LATER];
const ROUTES = readdirSync(src('app/routes')).map((file) => `app/routes/${file}`);

const some = (pages: string[], id: string, ctx: Rolldown.ChunkingContext) =>
  pages.some((page) => needs(page, ctx).has(id));

const ours = (id: string) => !/[\\/]node_modules[\\/]/.test(id) || icon.test(id);
const icon = of('lucide-react');

export const groups: Rolldown.CodeSplittingGroup[] = [
  { name: 'react', test: of('react', 'react-dom', 'scheduler') },
  {
    name: 'router',
    test: of(
      '@tanstack[\\/](react-router|router-core|history|store|react-store)',
      'use-sync-external-store',
    ),
  },
  { name: 'data', test: of('@tanstack[\\/](react-query|query-core)') },
  {
    // The frame, and what the sign-in shares with the rooms: nothing in front of the door needs a board's files.
    debugName: 'page',
    name: (id, ctx) =>
      needs(START, ctx).has(id) || (needs(DOORS, ctx).has(id) && needs(BOARD, ctx).has(id)) ? 'page' : null,
  },
  {
    // What the board has in common with other rooms: live, cards' signs, small controls.
    debugName: 'room',
    name: (id, ctx) =>
      needs(BOARD, ctx).has(id) &&
      !/[\\/](features[\\/]board|react-virtual|virtual-core|routes)[\\/]/.test(id)
        ? 'room'
        : null,
  },
  { debugName: 'board', name: (id, ctx) => (needs(BOARD, ctx).has(id) ? 'board' : null) },
  {
    // The kit: what several pages need of it in few files, and never all of it.
    name: 'kit',
    test: of('@mantine', '@floating-ui', 'react-remove-scroll.*', 'react-style-singleton', 'use-sidecar'),
    entriesAware: true,
    entriesAwareMergeThreshold: 40_000,
  },
  {
    // what follows the first view and some page needs at once stays apart from what only follows
    debugName: 'common',
    name: (id, ctx) => (ours(id) && some(LATER, id, ctx) && some(ROUTES, id, ctx) ? 'common' : null),
  },
  {
    debugName: 'page-later',
    name: (id, ctx) => (ours(id) && some(PAGE_LATER, id, ctx) ? 'page-later' : null),
  },
  {
    debugName: 'board-later',
    name: (id, ctx) => (ours(id) && some(BOARD_LATER, id, ctx) ? 'board-later' : null),
  },
];
