import type { Discipline } from '../api/types';

/** The token family of a discipline: `--dev`, `--ops-text`, `--prd-soft`. Product, quality and other share the neutral one. */
export type DiscToken = 'dev' | 'ops' | 'sec' | 'prd';

export const discToken = (d: Discipline): DiscToken =>
  d === 'development' ? 'dev' : d === 'operations' ? 'ops' : d === 'security' ? 'sec' : 'prd';

/** Letter in a column's mix string. */
export const discLetter = (d: Discipline): 'd' | 'o' | 's' | 'x' =>
  d === 'development' ? 'd' : d === 'operations' ? 'o' : d === 'security' ? 's' : 'x';

export const LETTER_TOKEN: Record<string, DiscToken> = { d: 'dev', o: 'ops', s: 'sec', x: 'prd' };
