/** What <input type="datetime-local"> wants, in this browser's zone. */
export function localInput(at: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The calendar day of a moment in this browser's zone: "2026-11-30". */
export const localDay = (at: string): string => localInput(new Date(at)).slice(0, 10);

/** The moment that was meant, in UTC; undefined when nothing sensible stands there. */
export function instant(local: string): string | undefined {
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
