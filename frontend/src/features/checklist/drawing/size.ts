import { readStored, writeStored } from '../../../lib/stored';

// How large a drawing will be, before it is drawn: so much room is kept for it that what follows does not jump. What was
// drawn once in this browser is known; the rest is guessed from its text, rather too large than too small.

export interface Size {
  width: number;
  height: number;
}

const KEY = 'drawn';
const MOST = 80;

/** A short name of a text. */
function hash(text: string): string {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return (h >>> 0).toString(36) + text.length.toString(36);
}

type Kept = [name: string, width: number, height: number][];

function kept(): Kept {
  try {
    const all = JSON.parse(readStored(KEY) ?? '[]') as unknown;
    return Array.isArray(all) ? (all as Kept) : [];
  } catch {
    return [];
  }
}

export function sizeOf(source: string): { size: Size; known: boolean } {
  const name = hash(source);
  const has = kept().find((x) => x[0] === name);
  if (has && has[1] > 0 && has[2] > 0) return { size: { width: has[1], height: has[2] }, known: true };
  return { size: guessed(source), known: false };
}

/** It was drawn: the next time its place is as large. */
export function remember(source: string, { width, height }: Size): void {
  const name = hash(source);
  const all = kept();
  const last = all[all.length - 1];
  if (last?.[0] === name && last[1] === width && last[2] === height) return;
  writeStored(KEY, JSON.stringify([...all.filter((x) => x[0] !== name), [name, width, height]].slice(-MOST)));
}

const ARROW =
  /\s*<?(?:--[^->]+?-->|==[^=>]+?==>|-\.[^.>]+?\.->|[-=.|o{}]*[-=.]{2,}[-=.|o{}]*[>ox]?)(?:\s*\|[^|]*\|)?\s*/;

// Measured from what Mermaid draws: a rank of boxes, one of people who speak, a line of a talk.
const TALL = { flowchart: 70, state: 100, class: 110, er: 170 };
const BOX = 165;

function guessed(source: string): Size {
  const [head = '', ...rest] = source
    .split('\n')
    .map((x) => x.replace(/%%.*$/, '').trim())
    .filter(Boolean);
  if (head.startsWith('sequence')) return talk(rest);
  const kind = (Object.keys(TALL) as (keyof typeof TALL)[]).find((x) => head.startsWith(x)) ?? 'flowchart';
  const step = TALL[kind];
  const how = (what: RegExp) => rest.filter((x) => what.test(x)).length;
  const chain = longest(rest);
  const all = new Set(rest.filter((x) => ARROW.test(x)).flatMap((x) => x.split(ARROW).map(nameOf))).size;
  const abreast = Math.max(1, Math.ceil(all / chain));
  const more = 50 * how(/^subgraph/) + 60 * how(/\w\{/);
  if (/\b(LR|RL)\b/.test(head)) return { width: BOX * chain, height: step * abreast + 15 + more };
  const words = kind === 'flowchart' ? 35 * how(/\|[^|]+\|/) : 24 * rest.filter((x) => !ARROW.test(x)).length;
  return { width: BOX * abreast, height: step * chain + more + words };
}

function talk(lines: readonly string[]): Size {
  const people = new Set<string>();
  let height = 185;
  for (const line of lines) {
    const said = /^(\w[^-:]*?)\s*--?[>)x]+\s*[+-]?(\w[^:]*)/.exec(line);
    if (said) {
      people.add(said[1]!.trim()).add(said[2]!.trim());
      height += 47;
    } else if (/^(participant|actor)\b/.test(line)) people.add(line.split(/\s+/)[1] ?? '');
    else height += 48;
  }
  return { width: 40 + 200 * Math.max(1, people.size), height };
}

const nameOf = (x: string) => /^[\w-]+/.exec(x.trim())?.[0] ?? x;

/** How many boxes stand one after the other at most; what leads back to one that was named before is no step on. */
function longest(lines: readonly string[]): number {
  const at = new Map<string, number>();
  for (const line of lines) {
    const names = line.split(ARROW).map(nameOf);
    for (let i = 1; i < names.length; i++) {
      const [from, to] = [names[i - 1]!, names[i]!];
      if (!at.has(from)) at.set(from, 1);
      const seen = [...at.keys()];
      if (at.has(to) && seen.indexOf(to) <= seen.indexOf(from)) continue;
      at.set(to, Math.max(at.get(to) ?? 1, at.get(from)! + 1));
    }
  }
  return Math.max(1, ...at.values());
}
