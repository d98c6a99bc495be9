import { localInput } from '../../lib/local-input';

/** The date so many days from now, as its field writes it: "2026-11-30". */
export function inDays(n: number): string {
  const d = new Date();
  d.setDate(d.getDate() + n);
  return localInput(d).slice(0, 10);
}

/** The same, but no Saturday and no Sunday: then it is the Monday after. */
export function workdayIn(n: number): string {
  const weekday = (new Date().getDay() + n) % 7;
  return inDays(n + (weekday === 6 ? 2 : weekday === 0 ? 1 : 0));
}
