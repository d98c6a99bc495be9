import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

// lucide-react is one file that names two thousand. Read as it is, every build goes through all of them, and every page
// seems to need every icon; so each import of it becomes imports of the icons it names.

const barrel = join(dirname(createRequire(import.meta.url).resolve('lucide-react/package.json')), 'dist/esm/lucide-react.mjs');

/** Icon by name: its file. */
function files(): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, names, file] of readFileSync(barrel, 'utf8').matchAll(/export \{([^}]+)\} from '\.\/icons\/(.+)\.mjs'/g))
    for (const [, name] of names!.matchAll(/default as (\w+)/g)) found.set(name!, file!);
  return found;
}

export function icons(): Plugin {
  const known = files();
  return {
    name: 'trestle:icons',
    apply: 'build',
    transform: {
      filter: { code: /from ["']lucide-react["']/ },
      handler(code) {
        return {
          code: code.replace(/import \{([^}]+)\} from ["']lucide-react["'];?/g, (whole, list: string) => {
            const single = list.split(',').map((part) => {
              const [name, as = name] = part.trim().split(' as ');
              const file = known.get(name!);
              return file && `import ${as} from "lucide-react/icons/${file}";`;
            });
            return single.every(Boolean) ? single.join(' ') : whole;
          }),
          map: null,
        };
      },
    },
  };
}
