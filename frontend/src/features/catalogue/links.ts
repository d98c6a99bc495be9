import type { Service } from './types';

type Link = Service['links'][number];

/** One link a line, its name before the address. */
export const linesOf = (links: readonly Link[]): string =>
  links.map((l) => `${l.label} ${l.url}`.trim()).join('\n');

/** The links of such lines; undefined stands for a line without an address. */
export const linksOf = (text: string): (Link | undefined)[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const found = /^(.*?)\s*(https?:\/\/\S+)$/i.exec(line);
      return found ? { label: found[1] || hostOf(found[2]!), url: found[2]! } : undefined;
    });

const hostOf = (url: string) => /^https?:\/\/([^/]+)/i.exec(url)?.[1] ?? url;
