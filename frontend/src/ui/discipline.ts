import type { Discipline } from '../api/types';

/** The token family of a discipline: `--dev`, `--ops-text`, `--prd-soft`. Product, quality and other share the neutral one. */
export type DiscToken = 'dev' | 'ops' | 'sec' | 'prd';

export const discToken = (d: Discipline): DiscToken =>
  d === 'development' ? 'dev' : d === 'operations' ? 'ops' : d === 'security' ? 'sec' : 'prd';
