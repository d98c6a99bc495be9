// The npm package as oracle: one JSON line [a, b] in (null is an open end), one line [key, null] or
// [null, error] out. Started in frontend/, where the package is installed.
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(process.cwd() + "/").href);
const { generateKeyBetween, generateNKeysBetween } = await import(
  pathToFileURL(require.resolve("fractional-indexing")).href
);

const out = [];
for await (const line of createInterface({ input: process.stdin })) {
  const [a, b, n] = JSON.parse(line);
  try {
    out.push(JSON.stringify([n === undefined ? generateKeyBetween(a, b) : generateNKeysBetween(a, b, n), null]));
  } catch (e) {
    out.push(JSON.stringify([null, String(e.message)]));
  }
}
process.stdout.write(out.join("\n") + "\n");
