const fold = (s: string): string =>
  s
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();

export interface Piece {
  text: string;
  hit: boolean;
}

/** Cuts a text so that the beginnings of words that were asked for can be marked; the server's rule: case and accents do not count. */
export function marked(text: string, asked: string): Piece[] {
  const words = (asked.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).map(fold).filter(Boolean);
  const out: Piece[] = [];
  const add = (s: string, hit: boolean) => {
    if (!s) return;
    const last = out.at(-1);
    if (last && last.hit === hit) last.text += s;
    else out.push({ text: s, hit });
  };
  let at = 0;
  for (const m of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const whole = fold(m[0]);
    const longest = words.filter((w) => whole.startsWith(w)).reduce((n, w) => Math.max(n, w.length), 0);
    if (longest === 0) continue;
    add(text.slice(at, m.index), false);
    let end = 0;
    for (const ch of m[0]) {
      if (fold(m[0].slice(0, end)).length >= longest && !/\p{M}/u.test(ch)) break;
      end += ch.length;
    }
    add(m[0].slice(0, end), true);
    at = m.index + end;
  }
  add(text.slice(at), false);
  return out;
}
