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

const ARROW = /\s*(?:<|[ox])?(?:[-=.]{2,}[->ox]?|--[^->]*?-->|==[^=>]*?==>)(?:\s*\|[^|]*\|)?\s*/;
const STEP = 78;

function guessed(source: string): Size {
  const lines = source
    .split('\n')
    .map((x) => x.replace(/%%.*$/, '').trim())
    .filter(Boolean);
  const [head = '', ...rest] = lines;
  if (head.startsWith('sequence')) {
    const said = rest.filter((x) => /-[->x)]/.test(x)).length;
    const more = rest.length - said;
    return { width: 720, height: 175 + 48 * said + 40 * more };
  }
  if (!/^(flowchart|graph)/.test(head)) return { width: 480, height: 90 + 44 * rest.length };
  const chain = longest(rest);
  const lies = /\b(LR|RL)\b/.test(head);
  const all = new Set(rest.flatMap((x) => x.split(ARROW).map(nameOf))).size;
  const groups = rest.filter((x) => x.startsWith('subgraph')).length;
  const abreast = Math.max(1, Math.ceil(all / chain));
  return lies
    ? { width: 170 * chain, height: 30 + STEP * abreast + 45 * groups }
    : { width: 190 * abreast, height: 20 + STEP * chain + 45 * groups };
}

const nameOf = (x: string) => /^[\w-]+/.exec(x)?.[0] ?? x;

/** How many boxes stand one after the other at most. */
function longest(lines: readonly string[]): number {
  const edges: [string, string][] = [];
  for (const line of lines) {
    const names = line.split(ARROW).map(nameOf);
    for (let i = 1; i < names.length; i++) edges.push([names[i - 1]!, names[i]!]);
  }
  const at = new Map<string, number>();
  // those that go back make no longer chain: after as many rounds as there are boxes nothing grows
  for (let round = 0; round < 12; round++)
    for (const [a, b] of edges) at.set(b, Math.min(12, Math.max(at.get(b) ?? 1, (at.get(a) ?? 1) + 1)));
  return Math.max(1, ...at.values());
}
