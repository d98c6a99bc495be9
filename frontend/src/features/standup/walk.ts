import type { Column, Face } from '../../api/types';
import { type Clock, cardBlockedDays, clockOf, dueTone } from '../../lib/age';
import { maxOf, type WipState, wipState } from '../../lib/limits';
import { dateWords } from '../../lib/time';
import type { BoardStore } from '../../live/types';
import { t } from './messages';
import type { Meeting, StandupView, Step, StepReason } from './types';

// What the walk shows of a board. Faces come from the board's own store; the meeting only says which card is next.

/** What is read of a board; a part of its store. */
export type BoardFacts = Pick<
  BoardStore,
  'board' | 'columns' | 'card' | 'cardIds' | 'columnCount' | 'columnMix' | 'columnOrder' | 'people'
>;

export const stepNow = (m: Meeting): Step | undefined => m.steps.find((s) => s.n === m.at);
const stepIndex = (m: Meeting): number => m.steps.findIndex((s) => s.n === m.at);
const counts = (s: Step): boolean => s.kind === 'card' || s.kind === 'person';

/** The step before or after, by its number; undefined at either end. */
export const stepBeside = (m: Meeting, by: 1 | -1): Step | undefined => m.steps[stepIndex(m) + by];

const OVER_MS = 15 * 60_000;
/** The meeting that ended so lately that what it came to is the next thing to read. */
export function justOver({ series, meeting, last }: StandupView, now: number): StandupView['last'] {
  return series.mode !== 'async' && !meeting && last && now - Date.parse(last.endedAt) < OVER_MS
    ? last
    : undefined;
}

/** How many are here: the team's heads, and the others who came. */
export const here = ({ attendance: { core, people } }: Meeting): number =>
  core + people.filter((p) => p.state !== 'away' && p.role !== 'core').length;

/** "3 of 9" counts cards, or turns; before the first one `n` is 0, behind the last one it stays. */
export function cardCount(m: Meeting): { n: number; of: number } {
  const at = stepIndex(m);
  return {
    n: m.steps.filter((s, i) => i <= at && counts(s)).length,
    of: m.steps.filter(counts).length,
  };
}

/** The cards that follow, as far as they are still on the board. */
export function comingUp(m: Meeting, board: BoardFacts): { step: Step; card: Face }[] {
  return m.steps.slice(stepIndex(m) + 1).flatMap((step) => {
    const card = step.cardId ? board.card(step.cardId) : undefined;
    return card ? [{ step, card }] : [];
  });
}

/** The turns that follow in a round. */
export const comingTurns = (m: Meeting): Step[] =>
  m.steps.slice(stepIndex(m) + 1).filter((s) => s.kind === 'person');

/** What somebody has in hand: blocked cards first, then the oldest. */
export function cardsOf(board: BoardFacts, personId: string | undefined): Face[] {
  if (!personId) return [];
  return board
    .cardIds()
    .flatMap((id) => board.card(id) ?? [])
    .filter((c) => !c.mirror && !c.finishedAt && c.startedAt && c.ownerIds.includes(personId))
    .sort(
      (a, b) =>
        Number(b.blockers.length > 0) - Number(a.blockers.length > 0) ||
        Date.parse(a.startedAt ?? '') - Date.parse(b.startedAt ?? ''),
    );
}

export interface Says {
  icon: 'expedite' | 'blocked' | 'due' | 'age' | 'failing' | 'lapsed' | 'over';
  tone: 'bad' | 'warn';
  text: string;
}

/** Reasons that the picture of a card does not show by itself: they are said beside its key. */
export const NAMED: ReadonlySet<StepReason> = new Set(['expedite', 'failing', 'lapsed']);

/** Why a card stands on the list, in three words. */
export function whySaid(step: Step, card: Face, board: BoardFacts, now: number): Says {
  const clock = clockOf(card, board.board(), now);
  const days = clock.word === 'age' ? clock.days : 0;
  switch (step.reason) {
    case 'expedite':
      return { icon: 'expedite', tone: 'bad', text: t('su.why.expedite') };
    case 'blocked':
      return { icon: 'blocked', tone: 'bad', text: blockedFor(card, board, now) };
    case 'due':
      return {
        icon: 'due',
        tone: dueTone(card, board.board().timeZone, now) === 'late' ? 'bad' : 'warn',
        text: card.dueOn ? t('su.why.due', { date: dateWords(card.dueOn, now) }) : t('su.why.dueGone'),
      };
    case 'failing': {
      const failed = failedSignal(card, now);
      return {
        icon: 'failing',
        tone: failed ? 'bad' : 'warn',
        text: failed ? t('su.why.failing', { what: failed }) : t('su.why.failed'),
      };
    }
    case 'lapsed':
      return { icon: 'lapsed', tone: 'warn', text: t('su.why.lapsed') };
    case 'over_limit': {
      const column = board.columns().find((c) => c.id === card.columnId);
      return { icon: 'over', tone: 'bad', text: t('su.why.over', { column: column?.name ?? '' }) };
    }
    case 'over_sle':
      return { icon: 'age', tone: 'bad', text: t('su.why.overSle', { n: days }) };
    default:
      return { icon: 'age', tone: 'warn', text: t('su.why.aging', { n: days }) };
  }
}

/** What a pipeline last said to have failed; undefined when it is well again, or when that has gone grey. */
export const failedSignal = (card: Face, now: number): string | undefined => {
  const s = card.signals.find(
    (x) => x.state === 'failed' && !(x.expiresAt && Date.parse(x.expiresAt) <= now),
  );
  return s && (s.text || s.key);
};

/** "Blocked 2 days", "Blocked today". */
export function blockedFor(card: Face, board: BoardFacts, now: number): string {
  const n = cardBlockedDays(card, now, board.board().timeZone);
  return n > 0 ? t('su.blockedDays', { n }) : t('su.notBlocked');
}

/** The question that the card asks of the team. */
export function promptOf(step: Step, card: Face | undefined): string {
  if (step.kind === 'anything') return t('su.ask.anything');
  if (step.kind === 'healthy') return t('su.ask.healthy');
  if (!card || step.kind === 'brief') return '';
  if (card.finishedAt) return t('su.ask.finished');
  const asks: Record<StepReason, string> = {
    expedite: t('su.ask.expedite'),
    blocked: t('su.ask.blocked'),
    due: t('su.ask.due'),
    over_sle: t('su.ask.aging'),
    aging: t('su.ask.aging'),
    failing: t('su.ask.failing'),
    lapsed: t('su.ask.lapsed'),
    over_limit: t('su.ask.over'),
  };
  // A card that was freed a moment ago asks what is next, and one that was blocked a moment ago who can free it.
  if (card.blockers.length) return asks[step.reason === 'expedite' ? 'expedite' : 'blocked'];
  return asks[step.reason === 'blocked' ? 'aging' : (step.reason ?? 'aging')];
}

export interface ColumnNow {
  id: string;
  name: string;
  mix: string;
  count: number;
  max?: number;
  state: WipState;
  here: boolean;
}

/** Where work is in progress, four columns at most: that of the card, then those in trouble, in the board's order. */
export function columnsNow(board: BoardFacts, hereId: string | undefined, most = 4): ColumnNow[] {
  const all = board.columns();
  const { startColumnId, finishColumnId } = board.board();
  const from = Math.max(
    0,
    all.findIndex((c) => c.id === startColumnId),
  );
  const finish = all.findIndex((c) => c.id === finishColumnId);
  const inFlow = all.slice(from, finish < 0 ? undefined : finish);
  const here = all.find((c) => c.id === hereId);
  const candidates = here && !inFlow.includes(here) ? [here, ...inFlow] : inFlow;
  const shown = candidates.map((c) => columnNow(board, c, hereId));
  if (shown.length <= most) return shown;
  const weight = (c: ColumnNow) =>
    c.here ? 4 : c.state === 'over' ? 3 : c.state === 'full' ? 2 : c.count > 0 ? 1 : 0;
  const kept = new Set([...shown].sort((a, b) => weight(b) - weight(a)).slice(0, most));
  return shown.filter((c) => kept.has(c));
}

function columnNow(board: BoardFacts, c: Column, hereId: string | undefined): ColumnNow {
  const count = board.columnCount(c.id);
  return {
    id: c.id,
    name: c.name,
    mix: board.columnMix(c.id),
    count,
    max: maxOf(c.wip),
    state: wipState(c.wip, count),
    here: c.id === hereId,
  };
}

export interface AgeNow {
  days: number;
  /** Days within which `percent` finish; absent while nobody knows. */
  sle?: { days: number; percent: number };
  /** 0..3 as on the board; over its expectation the number says so. */
  level: 0 | 1 | 2 | 3;
  over: boolean;
}
export function ageNow(card: Face, board: BoardFacts, now: number): AgeNow | Exclude<Clock, { word: 'age' }> {
  const clock = clockOf(card, board.board(), now);
  if (clock.word !== 'age') return clock;
  const { days, level, over, sle } = clock;
  return { days, level, over, sle: sle && { days: sle.days, percent: sle.percent } };
}

export interface BoardNow {
  wip: number;
  blocked: number;
  aging: number;
  /** Blocked ones, then the oldest, as far as they are started and not finished. */
  stuck: Face[];
  expedite?: Face;
}
/** The board in four numbers, for the time between two standups. */
export function boardNow(board: BoardFacts, now: number): BoardNow {
  const out: BoardNow = { wip: 0, blocked: 0, aging: 0, stuck: [] };
  const aged: { card: Face; level: number; days: number }[] = [];
  for (const id of board.cardIds()) {
    const card = board.card(id);
    if (!card || card.mirror || card.finishedAt) continue;
    if (card.class === 'expedite') out.expedite ??= card;
    if (!card.startedAt) continue;
    out.wip++;
    if (card.blockers.length) out.blocked++;
    const clock = clockOf(card, board.board(), now);
    if (clock.word !== 'age') continue;
    if (clock.level >= 2) out.aging++;
    aged.push({ card, level: clock.level, days: clock.days });
  }
  const blocked = (x: Face) => (x.blockers.length ? 1 : 0);
  out.stuck = aged
    .filter((x) => x.level >= 2 || x.card.blockers.length)
    .sort((a, b) => blocked(b.card) - blocked(a.card) || b.days - a.days)
    .map((x) => x.card);
  return out;
}

/** "7:42" */
export function minutes(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`;
}
/** Twelve of fifteen minutes are over: the bar warms; at the end it says so. */
export const boxTone = (ms: number, boxSeconds: number): 'calm' | 'warn' | 'bad' =>
  ms >= boxSeconds * 1000 ? 'bad' : ms >= boxSeconds * 800 ? 'warn' : 'calm';

/** How much larger (or smaller) everything must be to be read as on 55 inches from 4 metres. */
export function panelScale(panelInches: number, distanceM: number): number {
  const wanted = (distanceM / 4) * (55 / (panelInches || 55));
  return Math.min(1.2, Math.max(0.8, Math.round(wanted * 100) / 100 || 1));
}
