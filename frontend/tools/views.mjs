import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// What a first view waits for, from the build's manifest.

/** The files that a view waits for: chunks by name, pages by their source. */
const VIEWS = {
  'a board': ['index.html', 'board'],
  today: ['index.html', 'src/app/routes/today.tsx', 'src/lib/kit.tsx'],
  'the sign-in': ['index.html', 'src/app/routes/doors.tsx', 'src/lib/kit.tsx'],
};

/** The manifest of a build with its views; undefined where there is none. */
export function readBuild(dist) {
  const path = join(dist, '.vite', 'manifest.json');
  if (!existsSync(path)) return undefined;
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  const keyOf = (name) => Object.keys(manifest).find((key) => key === name || manifest[key].name === name);

  /** All chunks that come with this one without being asked for. */
  const closure = (key, found = new Set()) => {
    const chunk = manifest[key];
    if (!chunk) throw new Error(`The build has no chunk for ${key}.`);
    if (found.has(key)) return found;
    found.add(key);
    for (const other of chunk.imports ?? []) closure(other, found);
    return found;
  };

  /** Its chunks with their scripts and styles. */
  const views = Object.entries(VIEWS).map(([name, names]) => {
    const chunks = new Set(names.flatMap((one) => [...closure(keyOf(one))]));
    const js = new Set([...chunks].map((key) => manifest[key].file));
    const css = new Set([...chunks].flatMap((key) => manifest[key].css ?? []));
    return { name, chunks, js, css };
  });
  return { manifest, closure, views };
}
