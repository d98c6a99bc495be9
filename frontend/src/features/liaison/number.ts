export interface Range {
  min: number;
  max: number;
  whole?: boolean | undefined;
  /** Nothing is no answer. */
  must?: boolean | undefined;
}

/** The number that somebody typed, undefined for nothing, or that it is none of those it may be. */
export function read(typed: string, { min, max, whole, must }: Range): number | undefined | 'wrong' {
  const text = typed.trim().replace(',', '.');
  if (text === '') return must ? 'wrong' : undefined;
  if (!/^\d+(\.\d+)?$/.test(text)) return 'wrong';
  const n = Number(text);
  return n < min || n > max || (whole && !Number.isInteger(n)) ? 'wrong' : n;
}
