import type { components } from '../../api/schema';

export type Service = components['schemas']['CatalogueServiceItem'];
export type Turn = components['schemas']['CatalogueTurn'];
export const KINDS = ['digital', 'cots', 'foundational'] as const satisfies readonly Service['kind'][];
export const CRITICALITY = [
  'experimental',
  'standard',
  'critical',
] as const satisfies readonly Service['criticality'][];
export const MODELS = ['team', 'operations'] as const satisfies readonly Service['operatingModel'][];
