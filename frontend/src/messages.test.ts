import { expect, it } from 'vitest';

// No sentence for people stands in a messages file that no page says. A key is said by its name in quotes, or by a template
// such as `fl.tab.${tab}`, whose holes are one word each: what a template could say counts as said.

const sources = import.meta.glob(['./**/*.{ts,tsx}', '!./**/*.test.{ts,tsx}', '!./api/schema.d.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
}) as Record<string, string>;

/** Before holes that may be two words: "blocker.raised". */
const TWO_WORDS = ['board.export.', 'chat.kind.', 'ln.line.', 'notices.kind.', 'today.kind.', 'waits.'];

const DEFINED = /defineMessages\((?:.*\);$|[\s\S]*?^\}?\);$)/gm;
const KEY = /'([\w-]+(?:\.[\w-]+)+)':/g;
const QUOTED = /['"]([\w-]+(?:\.[\w-]+)+)['"]/g;
const TEMPLATE = /`([\w-]+\.(?:[\w.-]|\$\{[^{}`]*\})*\$\{[^{}`]*\}(?:[\w.-]|\$\{[^{}`]*\})*)`/g;
const HOLE = /\$\{([^{}]*)\}/;
/** What is kept in a browser has a name by somebody or something. */
const NAMES = /(?:\b[iI]d|Id|Now\(\)|\bme)\}/;

function saying(template: string): RegExp {
  const words = TWO_WORDS.some((head) => template.startsWith(`${head}\${`)) ? '[^.]+(?:\\.[^.]+)?' : '[^.]+';
  return new RegExp(
    `^${template
      .split(HOLE)
      .map((part, i) =>
        i % 2 === 0 ? part.replaceAll('.', '\\.') : /'\w+\.\w+'/.test(part) ? '[^.]+\\.[^.]+' : words,
      )
      .join('')}$`,
  );
}

/** The keys that are defined and that nothing says, with their files. */
function unsaid(files: Record<string, string>): string[] {
  const keys: [key: string, file: string][] = [];
  const said = new Set<string>();
  const templates = new Set<string>();
  for (const [file, text] of Object.entries(files)) {
    const code = text.replace(DEFINED, (defined) => {
      for (const m of defined.matchAll(KEY)) keys.push([m[1]!, file]);
      return '';
    });
    for (const m of code.matchAll(QUOTED)) said.add(m[1]!);
    for (const m of code.matchAll(TEMPLATE)) if (!NAMES.test(m[1]!)) templates.add(m[1]!);
  }
  const patterns = [...templates].map(saying);
  return keys
    .filter(([key]) => !said.has(key) && !patterns.some((p) => p.test(key)))
    .map(([key, file]) => `${file}: ${key}`);
}

it('has no sentence that no page says', () => {
  expect(Object.values(sources).filter((text) => text.includes('defineMessages(')).length).toBeGreaterThan(
    40,
  );
  expect(unsaid(sources)).toEqual([]);
});

it('would notice one', () => {
  const keys = ['a.one', 'a.kind.x', 'a.kind.y.z', 'b.two', 'waits.card.raised'];
  const left = (code: string) =>
    unsaid({
      './m.ts': `export const t = defineMessages({\n${keys.map((k) => `  '${k}': 'words',\n`).join('')}});\n`,
      './page.tsx': code,
    }).map((line) => line.split(' ')[1]);
  // \x24 is a dollar: a string with a placeholder in it looks like a mistake
  const but = (...said: string[]) => keys.filter((k) => !said.includes(k));
  expect(left('')).toEqual(keys);
  expect(left(`t('a.one'); t("b.two"); t('a.kind.x')`)).toEqual(but('a.one', 'b.two', 'a.kind.x'));
  expect(left(`const own = defineMessages({ 'c.one': 'One' });`)).toEqual([...keys, 'c.one']);
  expect(left('t(`a.kind.\x24{x}`)')).toEqual(but('a.kind.x'));
  expect(left("t(`a.\x24{kind as 'kind.y'}.z`)")).toEqual(but('a.kind.y.z'));
  expect(left('t(`waits.\x24{kind}`)')).toEqual(but('waits.card.raised'));
  expect(left('useStored(`a.\x24{boardId}.\x24{name}`); useStored(`a.\x24{personNow()}`)')).toEqual(keys);
});
