import { useStored } from '../../lib/stored';

export const DENSITIES = ['compact', 'comfortable', 'roomy'] as const;
export type Density = (typeof DENSITIES)[number];

/** Kept per person in this browser, never per board. */
export function useDensity(): [Density, (d: Density) => void] {
  const [kept, keep] = useStored<Density>('density', 'comfortable');
  return [DENSITIES.includes(kept) ? kept : 'comfortable', keep];
}
