import type { Item } from '../types';
import type { Stage } from './types';

/** Not known: its field stays empty and has to be filled. */
const UNKNOWN = Number.NaN;
const FEW = /\b(ourselves|us|internal(ly)?|inside|staff|employees|team|dark)\b/i;
const ALL = /\b(all|everybody|everyone|whole|full|general availability|ga|100)\b/i;
const SHARE = /(\d+(?:[.,]\d+)?)\s*(?:%|percent\b|per cent\b)/i;
const WORDS: Record<string, number> = { a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5, seven: 7 };
const HOLD =
  /\b(\d+(?:[.,]\d+)?|a|an|one|two|three|four|five|seven)\s*(h|hours?|d|days?|weeks?)\b(?:\s+each)?/i;

const hours = (text: string): number | undefined => {
  const m = HOLD.exec(text);
  if (!m) return undefined;
  const n = WORDS[(m[1] ?? '').toLowerCase()] ?? Number((m[1] ?? '').replace(',', '.'));
  const unit = (m[2] ?? '').toLowerCase();
  return n * (unit.startsWith('h') ? 1 : unit.startsWith('d') ? 24 : 168);
};

const shareOf = (text: string): number => {
  const m = SHARE.exec(text);
  if (m) return Math.min(100, Number((m[1] ?? '').replace(',', '.')));
  return ALL.test(text) ? 100 : FEW.test(text) ? 0 : UNKNOWN;
};

/** What allows the next stage: what comes after "goes on when:", "when", "while", "if". */
const goesOn = (text: string): string =>
  (/(?:goes on when:?|\bwhen\b|\bwhile\b|\bif\b|\bas long as\b)\s*(.+)$/i.exec(text)?.[1] ?? '').replace(
    /[.;\s]+$/,
    '',
  );

const trimmed = (text: string): string => text.replace(/^[\s,;:.·–-]+|[\s,;:.]+$/g, '');

/** The name of a stage: its words without how long, when, and a share that stands beside words. */
function nameOf(text: string): string {
  const words = trimmed(
    text
      .replace(/,?\s*(?:goes on when:?|\bwhen\b|\bwhile\b|\bif\b|\bas long as\b).*$/i, '')
      .replace(
        /,?\s*(?:held |hold |wait |for )*(?:for\s+)?(?:\d+(?:[.,]\d+)?|a|an|one|two|three|four|five|seven)\s*(?:h|hours?|d|days?|weeks?)\b(?:\s+each)?/i,
        '',
      ),
  );
  const bare = trimmed(words.replace(SHARE, '').replace(/\(\s*\)/, ''));
  return (bare || words).slice(0, 80);
}

function stageOf(text: string): Stage | undefined {
  const name = nameOf(text);
  if (!name) return undefined;
  return {
    name: name.charAt(0).toUpperCase() + name.slice(1),
    share: shareOf(text),
    holdHours: hours(text) ?? UNKNOWN,
    goesOnWhen: goesOn(text),
  };
}

/**
 * The stages that an answer tells: one of a line, or those of one sentence, parted by commas or arrows. What it says of
 * all of them, after a semicolon or in numbers, is said of each; what it does not say stays open.
 */
export function stagesOf(item: Pick<Item, 'text' | 'proof'>): Stage[] {
  const lines = item.text
    .split(/\n+/)
    .map((l) => l.replace(/^\s*(?:\d+[.)]|[-*•])\s+/, '').trim())
    .filter(Boolean);
  let stages: Stage[];
  let common = '';
  if (lines.length > 1) stages = lines.flatMap((l) => stageOf(l) ?? []);
  else {
    const [list = '', ...rest] = (lines[0] ?? '').split(/;|\.\s+/);
    common = rest.join('; ');
    stages = list.split(/\s*(?:,|→|->|=>|>|\bthen\b)\s*/i).flatMap((part) => stageOf(part) ?? []);
  }
  const numbers = item.proof.filter((p) => p.type === 'number' && p.unit?.trim() === '%' && p.label);
  const hold = hours(common);
  const allow = goesOn(common);
  const only = item.proof.find((p) => p.type === 'number' && !p.label);
  const last = stages.length - 1;
  return stages.slice(0, 12).map((s, i) => {
    const of = numbers.find((p) => p.label?.toLowerCase() === s.name.toLowerCase());
    return {
      ...s,
      share: of ? Number(of.value) : s.share,
      holdHours: Number.isNaN(s.holdHours) ? (hold ?? (i === last ? 0 : 24)) : s.holdHours,
      goesOnWhen:
        s.goesOnWhen || (i === last ? '' : allow || (only ? `${only.value} ${only.unit ?? ''}`.trim() : '')),
    };
  });
}
