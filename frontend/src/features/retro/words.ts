import { readDraft, writeDraft } from '../../lib/drafts';
import { t } from './messages';
import { type Facts, type Head, PHASES, type Phase, type RetroView } from './types';

/** The phases of this retro as its strip shows them. */
export const stripOf = (head: Head) => head.phases.filter((p) => p.enabled && p.key !== 'published');

export const isBefore = (a: Phase, b: Phase): boolean => PHASES.indexOf(a) < PHASES.indexOf(b);
export const isRevealed = (head: Head): boolean => !isBefore(head.phase, 'reveal');

/** What of the retro may be looked at now: what has been, and writing, which nobody has to wait for. */
export const mayLook = (head: Head, key: Phase): boolean => {
  const state = head.phases.find((p) => p.key === key)?.state;
  return state === 'done' || state === 'now' || (key === 'write' && head.phase !== 'open');
};

/** What the button says that turns the page. */
export const turnWord = (next: Phase, now?: Phase): string =>
  now === 'open'
    ? t('rt.turn.open')
    : next === 'reveal'
      ? t('rt.turn.reveal')
      : next === 'published'
        ? t('rt.turn.published')
        : t('rt.turn.next', { phase: t(`rt.phase.${next}`) });

export const first = (name: string): string => name.split(' ')[0] ?? name;

/** "4:12", or "0:07". */
export function minutes(ms: number): string {
  const s = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`;
}

/** How wide the last line of a shape is drawn, in percent: any number, as long as it stays. */
export function lastLine(id: string): number {
  let n = 7;
  for (const c of id) n = (n * 31 + c.charCodeAt(0)) % 997;
  return 30 + (n % 58);
}

export interface FactLine {
  key: string;
  big: string;
  words: string;
  cards: string[];
}

/** The facts that say something, the loudest first. */
export function factLines(f: Facts): FactLine[] {
  const out: FactLine[] = [];
  const over = [...(f.overLimit ?? [])].sort((a, b) => b.days - a.days)[0];
  if (over)
    out.push({
      key: 'over',
      big: t('rt.fact.days', { n: over.days }),
      words: t('rt.fact.over', { column: over.column, limit: over.limit }),
      cards: [],
    });
  const blocked = f.blocked ?? [];
  const hours = blocked.reduce((n, b) => n + b.hours, 0);
  const worst = [...blocked].sort((a, b) => b.hours - a.hours)[0];
  // Facts that were taken before days were counted have hours only.
  const days = blocked.every((b) => b.days) ? blocked.reduce((n, b) => n + (b.days ?? 0), 0) : undefined;
  if (worst && (days || hours > 0))
    out.push({
      key: 'blocked',
      big: days ? t('rt.fact.days', { n: days }) : t('rt.fact.hours', { n: hours }),
      words: days
        ? t('rt.fact.blockedDays', { n: worst.days ?? 0, what: worst.name })
        : t('rt.fact.blocked', { n: worst.hours, what: worst.name }),
      cards: [...new Set(blocked.flatMap((b) => b.keys ?? []))],
    });
  for (const key of ['returns', 'sleMisses', 'expedite', 'overrides', 'incidents', 'risks'] as const) {
    const { n, keys } = f[key];
    if (n > 0) out.push({ key, big: String(n), words: t(`rt.fact.${key}`, { n }), cards: keys ?? [] });
  }
  return out.slice(0, 4);
}

/** Where a half written note is kept. */
export const draftName = (id: string, column: string): string => `retro.${id}.${column}`;
export const noteDraft = (id: string, column: string): string => readDraft(draftName(id, column))?.text ?? '';
export const keepNoteDraft = (id: string, column: string, text: string): void =>
  writeDraft(draftName(id, column), text ? { text } : undefined);

export const columnOf = (view: RetroView, key: string) => view.columns.find((c) => c.key === key);
