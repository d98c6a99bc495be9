import type { Cell, Twin } from './Table';

/** Puts a file into the downloads. */
export function saveFile(name: string, file: Blob): void {
  const url = URL.createObjectURL(file);
  const a = document.createElement('a');
  a.href = url;
  a.download = name;
  a.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** What a spreadsheet would take for a formula gets a quote in front, as in the files that the server writes. */
const safe = (words: string) => (/^([=@\t\r\n＝＋－＠]|[+-](?!\d))/.test(words) ? `'${words}` : words);

function written(c: Cell): string {
  const words = typeof c === 'number' ? String(c) : safe(typeof c === 'object' ? c.card : c);
  return /[",\r\n]/.test(words) ? `"${words.replaceAll('"', '""')}"` : words;
}

/** A table as CSV (RFC 4180). */
export const csvOf = ({ head, rows }: Twin): string =>
  [head, ...rows].map((r) => `${r.map(written).join(',')}\r\n`).join('');

export const saveTable = (name: string, twin: Twin): void =>
  saveFile(`${name}.csv`, new Blob([csvOf(twin)], { type: 'text/csv;charset=utf-8' }));
