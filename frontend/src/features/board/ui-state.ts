import { createStore } from 'zustand/vanilla';
import type { Answers, CardClass, Check, ReturnCategory } from '../../api/types';
import type { Verdict } from '../../lib/limits';
import type { ListAsk } from '../../ui/entry-list';
import type { Spot, Target } from './model/place';

/** Where a menu hangs: the edge of a button, or the pointer. */
export interface Anchor {
  x: number;
  y: number;
}
export type BulkPanel = 'move' | 'assign' | 'labels' | 'class';
export type CardMenu = 'card' | 'move' | 'assign' | 'labels';

export interface ReasonAsk {
  kind: 'reason';
  cardKey: string;
  columnName: string;
  /** Which reasons are wanted. */
  limit?: string;
  back?: boolean;
  /** What the column asks of the card, and the policy behind it. */
  checks?: readonly Check[];
  /** The checklist for which the card was not let in. */
  list?: ListAsk;
  policy?: string;
}
export interface ReasonAnswer extends Answers {
  reason?: string;
  returnReason?: { category: ReturnCategory; text?: string };
}

export type BoardDialog =
  | { kind: 'block'; id: string }
  | { kind: 'triage'; id: string; verb: 'decline' | 'question' }
  | { kind: 'column'; id: string | null; afterId?: string }
  | { kind: 'removeColumn'; id: string }
  | { kind: 'settings' }
  | { kind: 'archived' }
  | { kind: 'archiveBoard' }
  | { kind: 'nothing'; text: string; cards: readonly { key: string; title: string }[] }
  | { kind: 'template'; columnId?: string; title?: string }
  | { kind: 'class'; cardKey: string; answer: (c: CardClass | undefined) => void }
  | (ReasonAsk & { answer: (a: ReasonAnswer | undefined) => void });

export interface Draft {
  columnId: string;
  row: string;
}

/** What is going on at this page right now. None of it is kept and nobody else sees it. */
export interface BoardUi {
  /** The one card that Tab reaches. */
  focusId: string | null;
  /** Picked up with Space: where it is from and where it would land. */
  grab: { id: string; origin: Target; target: Target } | null;
  /** Being dragged with the pointer. */
  dragId: string | null;
  /** The cell under a dragged card, the index, and what the limits say to it. */
  over: (Spot & { index: number; verdict?: SaidVerdict; onHead?: boolean }) | null;
  editing: string | null;
  /** Several cards for one change, and the one that a range goes on from. */
  selected: ReadonlySet<string>;
  selectedFrom: string | null;
  /** Which panel of the bar for selected cards is open, and whether their change is on its way. */
  bulk: BulkPanel | null;
  bulkBusy: boolean;
  menu: { kind: CardMenu; id: string; at: Anchor } | null;
  dialog: BoardDialog | null;
  draft: Draft | null;
  filterOpen: boolean;
  now: number;
}
export interface SaidVerdict {
  tone: Verdict['tone'];
  text: string;
  /** Without what happens then: "over 5 / 4". */
  short: string;
}

export type UiStore = ReturnType<typeof createUi>;
export const createUi = () =>
  createStore<BoardUi>(() => ({
    focusId: null,
    grab: null,
    dragId: null,
    over: null,
    editing: null,
    selected: new Set<string>(),
    selectedFrom: null,
    bulk: null,
    bulkBusy: false,
    menu: null,
    dialog: null,
    draft: null,
    filterOpen: false,
    now: Date.now(),
  }));
