import { expect, it } from 'vitest';

// Rooms of the page: which folder may import which. A feature never reaches into another one, but for the card.
const ALLOWED: Record<string, readonly string[]> = {
  api: ['api'],
  lib: ['lib', 'api'],
  ui: ['ui', 'lib', 'api'],
  live: ['live', 'lib', 'api'],
  features: ['ui', 'live', 'lib', 'api'],
  app: ['app', 'features', 'ui', 'live', 'lib', 'api'],
};

const sources = import.meta.glob('./**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
}) as Record<string, string>;

const folderOf = (path: string) => path.split('/');

function resolve(from: string, spec: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const piece of spec.split('/')) {
    if (piece === '..') parts.pop();
    else if (piece !== '.') parts.push(piece);
  }
  return parts.join('/');
}

/** The line that says why an import is not allowed, or null. */
function fault(file: string, spec: string): string | null {
  const from = folderOf(file.replace(/^\.\//, ''));
  const zone = from[0]!;
  const allowed = ALLOWED[zone];
  if (!allowed || !spec.startsWith('.')) return null;
  const to = folderOf(resolve(file.replace(/^\.\//, ''), spec));
  if (zone === 'features' && to[0] === 'features')
    return to[1] === from[1] || to[1] === 'card' ? null : `${file} imports feature ${to[1]}`;
  return allowed.includes(to[0]!) ? null : `${file} imports ${to.join('/')}`;
}

it('holds the import zones', () => {
  const faults: string[] = [];
  for (const [file, text] of Object.entries(sources)) {
    for (const m of text.matchAll(/(?:from|import\(?)\s*['"]([^'"]+)['"]/g)) {
      const said = fault(file, m[1]!);
      if (said) faults.push(said);
    }
  }
  expect(faults).toEqual([]);
});

it('would notice a wrong import', () => {
  expect(fault('./features/board/Page.tsx', '../team/TeamPage')).toContain('feature team');
  expect(fault('./features/board/Page.tsx', '../../app/Shell')).toContain('app/Shell');
  expect(fault('./ui/Beam.tsx', '../features/board/x')).toContain('features');
  expect(fault('./live/store.ts', '../ui/Beam')).toContain('ui/Beam');
  expect(fault('./features/board/Page.tsx', '../card/Peek')).toBeNull();
  expect(fault('./app/routes/board.tsx', '../../features/board/Page')).toBeNull();
});
