// Writes .gz beside every text among the build's assets, so that the server compresses nothing while serving and the
// program carries no plain text; and .br of what a first view waits for, a sixth smaller. For the rest that would be
// 0.4 million bytes of program. index.html is left alone: it is a template with a nonce per answer.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { readBuild } from './views.mjs';

const dist = join(import.meta.dirname, '..', 'dist');
const assets = join(dist, 'assets');
const first = new Set((readBuild(dist)?.views ?? []).flatMap(({ js, css }) => [...js, ...css]));
const texts = new Set(['.js', '.css', '.svg', '.json', '.txt']);

let files = 0;
let before = 0;
let after = 0;
for (const entry of readdirSync(assets, { withFileTypes: true, recursive: true })) {
  if (!entry.isFile() || !texts.has(extname(entry.name))) continue;
  const path = join(entry.parentPath ?? entry.path, entry.name);
  const raw = readFileSync(path);
  const gz = gzipSync(raw, { level: 9 });
  writeFileSync(`${path}.gz`, gz);
  let small = gz;
  if (first.has(`assets/${entry.name}`)) {
    const br = brotliCompressSync(raw, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: raw.length,
      },
    });
    if (br.length < gz.length) {
      writeFileSync(`${path}.br`, br);
      small = br;
    }
  }
  files += 1;
  before += raw.length;
  after += small.length;
}
console.log(`compressed ${files} files: ${Math.round(before / 1024)} KB to ${Math.round(after / 1024)} KB`);
