/** What is wrong with a drawing's text, in a sentence, and where. */
export class DrawingFault extends Error {
  /** Of the text as it was written, from 1; absent where it is about the whole. */
  readonly line: number | undefined;
  constructor(message: 'kind' | 'empty' | 'long' | 'outside' | 'read', line?: number) {
    super(message);
    this.line = line;
  }
}

export const LONGEST = 20_000;
const KINDS = /^(flowchart|graph|sequenceDiagram|stateDiagram(-v2)?|classDiagram(-v2)?|erDiagram)\b/;
/** Only what is drawn, and in which direction. */
const EMPTY = /^\S+[ \t]*(TB|TD|BT|RL|LR)?[\s;]*$/;
/** What would fetch something or change the page around it. It is drawn where neither is possible; this says so first. */
const OUTSIDE = /url\s*\(|@import|javascript\s*:/i;
const PICTURE = /\bimg\s*:/i;

export interface Tamed {
  text: string;
  /** The line of the text as it was written for one of `text`, both from 1. */
  lineOf: (line: number) => number;
}

/**
 * The text as it is drawn: without directives, front matter and comments, which are not the drawing's but the
 * drawer's settings. Throws what the writer can mend.
 */
export function tame(source: string): Tamed {
  if (source.length > LONGEST) throw new DrawingFault('long');
  const blanked = source
    .replace(/\r\n?/g, '\n')
    .replace(/^\s*---\n[\s\S]*?\n---[ \t]*(?=\n|$)/, keepLines)
    .replace(/%%\{[\s\S]*?(\}%%|$)/g, keepLines);
  const kept: { text: string; line: number }[] = [];
  blanked.split('\n').forEach((text, i) => {
    if (/^\s*%%/.test(text) || (kept.length === 0 && !text.trim())) return;
    kept.push({ text, line: i + 1 });
  });
  if (!KINDS.test(kept[0]?.text.trim() ?? '')) throw new DrawingFault('kind', kept[0]?.line);
  const text = kept.map((x) => x.text).join('\n');
  if (EMPTY.test(text.trim())) throw new DrawingFault('empty');
  const shapes = blanked.includes('@{');
  const outside = kept.find((x) => OUTSIDE.test(x.text) || (shapes && PICTURE.test(x.text)));
  if (outside) throw new DrawingFault('outside', outside.line);
  return {
    text: untagged(text),
    lineOf: (line) => kept[Math.min(Math.max(line, 1), kept.length) - 1]?.line ?? 1,
  };
}
const keepLines = (text: string) => text.replace(/[^\n]+/g, '');

/** A drawing has words and no HTML: a sign that would begin a tag is drawn as a sign. Line breaks and <<stereotypes>> stay. */
const untagged = (text: string) =>
  text
    .split(/(<<[\w-]+>>|<br\s*\/?>)/i)
    .map((part, i) => (i % 2 ? part : part.replace(/<(?=[a-z/!?])/gi, '‹')))
    .join('');
