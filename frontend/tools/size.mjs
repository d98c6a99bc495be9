// Measures what a first view fetches, and fails above the budgets of the interface. That a browser fetches no more than
// this before it shows the first card is asserted in e2e/budgets.spec.ts.
// Usage: node tools/size.mjs [dist] [--all]. Sizes are gzip -9, in kB of 1000 bytes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readBuild } from './views.mjs';

const BUDGET = { js: 195, css: 14, later: 45, drawing: 285, flow: 250 };
/** Draws Mermaid, which is large: fetched when a drawing is on the screen, see tools/mermaid.ts. All kinds together. */
const DRAWING = 'src/features/checklist/drawing/draw.ts';
/** A board's Flow page: the room with its charting library, fetched only there. */
const FLOW = 'src/app/routes/flow.tsx';
const dist = process.argv.slice(2).find((a) => !a.startsWith('--')) ?? join(import.meta.dirname, '..', 'dist');
const build = readBuild(dist);
if (!build) {
  console.error(`There is no build in ${dist}. Run "npm run build" first.`);
  process.exit(2);
}
const { manifest, closure, views } = build;
const size = (file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length / 1000;

const sum = (files) => [...files].reduce((n, f) => n + size(f), 0);
const rows = views.flatMap(({ name, js, css }) => [
  [`first view of ${name}, JS, ${js.size} files`, sum(js), BUDGET.js],
  [`first view of ${name}, CSS`, sum(css), BUDGET.css],
]);
const drawing = new Set();
const notOfAView = (key) => !views.some(({ chunks }) => chunks.has(key));
for (const key of [...closure(DRAWING)].filter(notOfAView))
  for (const one of [key, ...(manifest[key].dynamicImports ?? []).flatMap((k) => [...closure(k)])])
    if (notOfAView(one)) drawing.add(one);
rows.push([`a drawing, all kinds, ${drawing.size} files`, sum([...drawing].map((key) => manifest[key].file)), BUDGET.drawing]);
const flow = new Set();
const come = (key) => {
  for (const one of closure(key))
    if (notOfAView(one) && !flow.has(one)) {
      flow.add(one);
      for (const next of manifest[one].dynamicImports ?? []) come(next);
    }
};
come(FLOW);
rows.push([`a board's flow, its charting library too, ${flow.size} files`, sum([...flow].map((key) => manifest[key].file)), BUDGET.flow]);
for (const [key, chunk] of Object.entries(manifest)) {
  if (drawing.has(key) || flow.has(key)) continue;
  if (!views[0].chunks.has(key) && chunk.file.endsWith('.js') && size(chunk.file) > 5)
    rows.push([`later: ${chunk.file.replace('assets/', '')}`, size(chunk.file), BUDGET.later]);
}

let failed = false;
for (const [name, kb, budget] of rows) {
  const over = kb > budget;
  failed ||= over;
  console.log(`${over ? 'OVER' : 'ok  '} ${kb.toFixed(1).padStart(7)} kB of ${String(budget).padStart(4)}  ${name}`);
}
if (process.argv.includes('--all'))
  for (const { name, js, css } of views) {
    console.log(name);
    for (const file of [...js, ...css].sort((a, b) => size(b) - size(a)))
      console.log(`     ${size(file).toFixed(1).padStart(7)} kB  ${file}`);
  }
process.exit(failed ? 1 : 0);
