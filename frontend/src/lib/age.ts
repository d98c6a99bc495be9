import type { Board, CardClass, Face, Sle } from '../api/types';
import { days as calendarDays, daysUntil } from './time';

/** Steps of work item age against the SLE days of the card's class: under 50 %, from 50, from 70, from 85. */
export type Level = 0 | 1 | 2 | 3;

/**
 * One clock, three words. Before the start a card waits, between start and finish it ages, afterwards it was done in
 * so many days. Days are calendar days of the board's time zone and count the first one: same day = 1.
 */
export type Clock =
  | { word: 'waiting'; days: number }
  | { word: 'done'; days: number }
  | { word: 'age'; days: number; level: Level; sle?: Sle; over: boolean }
  /** Finished without ever being started: there is no cycle time to tell. */
  | { word: 'none' };

/** The expectation for a class, or the board's default. */
export function sleFor(board: Pick<Board, 'sle'>, cls: CardClass): Sle | undefined {
  return board.sle.find((s) => s.class === cls) ?? board.sle.find((s) => !s.class);
}

export function levelOf(days: number, sleDays: number | undefined): Level {
  if (!sleDays || sleDays <= 0) return 0;
  const f = days / sleDays;
  return f >= 0.85 ? 3 : f >= 0.7 ? 2 : f >= 0.5 ? 1 : 0;
}

export function clockOf(card: Face, board: Pick<Board, 'sle' | 'timeZone'>, now: number): Clock {
  if (card.finishedAt) {
    if (!card.startedAt) return { word: 'none' };
    return { word: 'done', days: Math.max(1, calendarDays(card.startedAt, card.finishedAt, board.timeZone)) };
  }
  if (!card.startedAt) return { word: 'waiting', days: waited(card.enteredAt, now, board.timeZone) };
  const days = Math.max(1, calendarDays(card.startedAt, now, board.timeZone));
  const sle = sleFor(board, card.class);
  return { word: 'age', days, level: levelOf(days, sle?.days), sle, over: !!sle && days > sle.days };
}

/**
 * How many days a blocker has stood, or stood until it was closed: calendar days of its board's zone, the first one
 * counted like that of an age. Blocked since this morning is 1, since yesterday evening 2.
 */
export function blockedDays(openedAt: string, until: string | number, zone: string): number {
  return Math.max(1, calendarDays(openedAt, until, zone));
}

/** The same of a card, whose oldest open blocker counts; 0 when nothing blocks it. */
export function cardBlockedDays(
  card: { blockers: readonly { openedAt: string }[] },
  now: number,
  zone: string,
): number {
  const [oldest] = card.blockers.map((b) => b.openedAt).sort();
  return oldest ? blockedDays(oldest, now, zone) : 0;
}

/** Waiting is told in full days, so a card that came today has waited none. */
function waited(enteredAt: string, now: number, zone: string): number {
  return Math.max(0, calendarDays(enteredAt, now, zone) - 1);
}

export type DueTone = 'none' | 'soon' | 'late';
/** A fixed date within three days is at risk; past it is late. Finished cards are neither. */
export function dueTone(card: Face, zone: string, now: number): DueTone {
  if (!card.dueOn || card.finishedAt) return 'none';
  const left = daysUntil(card.dueOn, now, zone);
  return left < 0 ? 'late' : left <= 3 ? 'soon' : 'none';
}
