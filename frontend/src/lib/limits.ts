import type { Wip } from '../api/types';

/** A column against its limit: 'starved' is below the minimum. */
export type WipState = 'none' | 'starved' | 'under' | 'full' | 'over';

export function wipState(wip: Wip, count: number): WipState {
  if (wip.mode === 'off') return 'none';
  if (wip.max !== undefined && wip.max !== null && wip.max > 0) {
    if (count > wip.max) return 'over';
    if (count === wip.max) return 'full';
  }
  if (wip.min && count < wip.min) return 'starved';
  return wip.max ? 'under' : 'none';
}

/** The maximum that is in force, if any. */
export const maxOf = (wip: Wip): number | undefined => (wip.mode !== 'off' && wip.max ? wip.max : undefined);

/**
 * What a drop of one more card would meet. `ask` = a reason is asked and kept, `refuse` = the server says no,
 * `warn` = it is over but nobody asks.
 */
export interface Verdict {
  tone: 'ok' | 'warn' | 'ask' | 'refuse';
  count: number;
  max?: number;
}

/** `staysInside`: the card already counts against this limit, so the drop adds nothing. */
export function dropVerdict(wip: Wip, count: number, staysInside: boolean): Verdict {
  const max = maxOf(wip);
  const after = count + (staysInside ? 0 : 1);
  if (max === undefined || staysInside || after <= max) return { tone: 'ok', count: after, max };
  const tone = wip.mode === 'hard' ? 'refuse' : wip.mode === 'reason' ? 'ask' : 'warn';
  return { tone, count: after, max };
}

const RANK = { ok: 0, warn: 1, ask: 2, refuse: 3 } as const;
/** The strictest of several limits that a drop meets (column, lane, Expedite strip). */
export function strictest<T extends { tone: Verdict['tone'] }>(verdicts: T[]): T | undefined {
  return verdicts.reduce<T | undefined>((a, v) => (!a || RANK[v.tone] > RANK[a.tone] ? v : a), undefined);
}
