// Writes .gz, and .br where that is smaller, beside every text among the build's assets, so that the server compresses
// nothing while serving and the program carries no plain text. index.html is left alone: it is a template with a nonce
// per answer. What draws Mermaid is large and seldom fetched: as .gz alone it is half the bytes of the program.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const assets = join(import.meta.dirname, '..', 'dist', 'assets');
const texts = new Set(['.js', '.css', '.svg', '.json', '.txt']);

let files = 0;
let before = 0;
let after = 0;
for (const entry of readdirSync(assets, { withFileTypes: true, recursive: true })) {
  if (!entry.isFile() || !texts.has(extname(entry.name))) continue;
  const path = join(entry.parentPath ?? entry.path, entry.name);
  const raw = readFileSync(path);
  const seldom = entry.name.startsWith('drawing-');
  const br = seldom ? raw : brotliCompressSync(raw, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: raw.length,
    },
  });
  const gz = gzipSync(raw, { level: 9 });
  if (br.length < gz.length) writeFileSync(`${path}.br`, br);
  writeFileSync(`${path}.gz`, gz);
  files += 1;
  before += raw.length;
  after += Math.min(br.length, raw.length);
}
console.log(`compressed ${files} files: ${Math.round(before / 1024)} KB to ${Math.round(after / 1024)} KB`);
