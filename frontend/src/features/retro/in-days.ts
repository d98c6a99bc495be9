import { localInput } from '../../lib/local-input';

/** The date so many days from now, as its field writes it: "2026-11-30". */
export function inDays(n: number): string {
  const d = new Date();
  d.setDate(d.getDate() + n);
  return localInput(d).slice(0, 10);
}
