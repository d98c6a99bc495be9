import type { Discipline } from '../api/types';

/** The token family of a discipline: `--dev`, `--ops-text`, `--prd-soft`. Product, quality and other share the neutral one. */
export type DiscToken = 'dev' | 'ops' | 'sec' | 'prd';

/** The outlines of the disciplines' shapes in a box of 16, for whoever draws many of them. */
export const DISC_SHAPES: Record<DiscToken, string> = {
  dev: 'M4 1h8a3 3 0 0 1 3 3v8a3 3 0 0 1-3 3H4a3 3 0 0 1-3-3V4a3 3 0 0 1 3-3Z',
  ops: 'M8 .8 14.4 4.4v7.2L8 15.2 1.6 11.6V4.4Z',
  sec: 'M8 .9 14 3v4.6c0 3.6-2.4 6-6 7.5C4.4 13.6 2 11.2 2 7.6V3Z',
  prd: 'M8 1.1a6.9 6.9 0 1 0 0 13.8A6.9 6.9 0 1 0 8 1.1Z',
};

export const discToken = (d: Discipline): DiscToken =>
  d === 'development' ? 'dev' : d === 'operations' ? 'ops' : d === 'security' ? 'sec' : 'prd';
