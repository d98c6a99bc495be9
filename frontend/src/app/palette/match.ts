const fold = (s: string): string =>
  s
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();

/** Whether every word that was typed begins a word of the text; case and accents do not count. */
export function says(text: string, asked: string): boolean {
  const have = ` ${fold(text).replace(/[^\p{L}\p{N}]+/gu, ' ')}`;
  const words = fold(asked).split(/[^\p{L}\p{N}]+/u);
  return words.every((w) => have.includes(` ${w}`));
}
