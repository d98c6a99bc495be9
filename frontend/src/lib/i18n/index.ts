// Sentences for people live in messages.ts of their feature and meet here, so that a translation is one overlay.
// Syntax: {name} puts a value in; {n, plural, one {# card} other {# cards}} chooses by the language's plural rules.

export type Params = Record<string, string | number>;
export type Translate<K extends string> = (key: K, params?: Params) => string;

export const locale: string = typeof navigator === 'undefined' ? 'en' : (navigator.language ?? 'en');
const language = 'en';
const plural = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(locale);
const catalogue = new Map<string, string>();

/** Adds a feature's sentences and returns its own `t`, which knows their keys, and those of `also`, which has them added
 *  already. Prefix keys with the feature: 'board.empty'. */
export function defineMessages<const M extends Record<string, string>, K extends string = never>(
  messages: M,
  _also?: Translate<K>,
): Translate<(keyof M & string) | K> {
  for (const [key, text] of Object.entries(messages)) catalogue.set(key, text);
  return t;
}

/** The sentence for a key with its values put in. An unknown key shows itself, so that a gap is seen. */
export function t(key: string, params?: Params): string {
  return format(catalogue.get(key) ?? key, params);
}

/** A whole or decimal number the way this reader writes it. */
export const num = (n: number): string => numbers.format(n);

const lists = new Intl.ListFormat(language, { type: 'conjunction' });
/** "Ready, Build and Test". */
export const listOf = (names: readonly string[]): string => lists.format(names);

/** Puts values into a sentence; exported for tests and for sentences that are not in the catalogue. */
export function format(text: string, params: Params = {}): string {
  if (!text.includes('{')) return text;
  let out = '';
  let i = 0;
  while (i < text.length) {
    const open = text.indexOf('{', i);
    if (open < 0) return out + text.slice(i);
    out += text.slice(i, open);
    const close = matching(text, open);
    if (close < 0) return out + text.slice(open);
    out += value(text.slice(open + 1, close), params);
    i = close + 1;
  }
  return out;
}

function value(inner: string, params: Params): string {
  const choice = /^\s*(\w+)\s*,\s*plural\s*,/.exec(inner);
  if (!choice) {
    const v = params[inner.trim()];
    return v === undefined ? `{${inner}}` : typeof v === 'number' ? num(v) : v;
  }
  const n = Number(params[choice[1]!] ?? 0);
  const forms = branches(inner.slice(choice[0].length));
  const form = forms.get(`=${n}`) ?? forms.get(plural.select(n)) ?? forms.get('other') ?? '';
  return format(form.replaceAll('#', num(n)), params);
}

function branches(text: string): Map<string, string> {
  const found = new Map<string, string>();
  let i = 0;
  while (i < text.length) {
    const open = text.indexOf('{', i);
    if (open < 0) break;
    const close = matching(text, open);
    if (close < 0) break;
    found.set(text.slice(i, open).trim(), text.slice(open + 1, close));
    i = close + 1;
  }
  return found;
}

function matching(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === '{') depth++;
    else if (text[i] === '}' && --depth === 0) return i;
  }
  return -1;
}
