// Clocks of laptops and televisions are wrong by minutes. Times of the server are told apart from ours by what its
// answers say; half a second of rounding and a slow answer are not worth a correction.

const WORTH = 2_000;
let ahead = 0;

/** Takes the `Date` of an answer that has just come. */
export function noteServerDate(date: string | null): void {
  const at = date ? Date.parse(date) : Number.NaN;
  if (Number.isNaN(at)) return;
  const off = at + 500 - Date.now();
  ahead = Math.abs(off) > WORTH ? off : 0;
}

/** Milliseconds now, by the server's clock. */
export const serverNow = (): number => Date.now() + ahead;
