// Measures what the first view of a board fetches, and fails above the budgets of the interface.
// Usage: node tools/size.mjs [dist]. Sizes are gzip -9, in kB of 1000 bytes.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const BUDGET = { firstJs: 195, firstCss: 14, lazyChunk: 45 };
const FIRST = ['index.html', 'src/app/routes/board.tsx'];

const dist = process.argv[2] ?? join(import.meta.dirname, '..', 'dist');
const manifestPath = join(dist, '.vite', 'manifest.json');
if (!existsSync(manifestPath)) {
  console.error(`There is no build in ${dist}. Run "npm run build" first.`);
  process.exit(2);
}
const manifest = JSON.parse(readFileSync(manifestPath, 'utf8'));
const size = (file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length / 1000;

/** All chunks that come with this one without being asked for. */
function closure(key, found = new Set()) {
  const chunk = manifest[key];
  if (!chunk) throw new Error(`The build has no chunk for ${key}.`);
  if (found.has(key)) return found;
  found.add(key);
  for (const other of chunk.imports ?? []) closure(other, found);
  return found;
}

const first = new Set(FIRST.flatMap((key) => [...closure(key)]));
const js = new Set();
const css = new Set();
for (const key of first) {
  js.add(manifest[key].file);
  for (const file of manifest[key].css ?? []) css.add(file);
}
const sum = (files) => [...files].reduce((n, f) => n + size(f), 0);
const rows = [
  ['first view of a board, JS', sum(js), BUDGET.firstJs],
  ['first view of a board, CSS', sum(css), BUDGET.firstCss],
];
for (const [key, chunk] of Object.entries(manifest)) {
  if (!first.has(key) && chunk.file.endsWith('.js') && size(chunk.file) > 5)
    rows.push([`later: ${chunk.name ?? key}`, size(chunk.file), BUDGET.lazyChunk]);
}

let failed = false;
for (const [name, kb, budget] of rows) {
  const over = kb > budget;
  failed ||= over;
  console.log(`${over ? 'OVER' : 'ok  '} ${kb.toFixed(1).padStart(7)} kB of ${String(budget).padStart(4)}  ${name}`);
}
if (process.argv.includes('--all'))
  for (const file of [...js, ...css].sort((a, b) => size(b) - size(a)))
    console.log(`     ${size(file).toFixed(1).padStart(7)} kB  ${file}`);
process.exit(failed ? 1 : 0);
