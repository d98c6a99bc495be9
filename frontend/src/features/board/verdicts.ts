import type { Check, Face, ListPolicy } from '../../api/types';
import { dropVerdict, strictest, type Verdict } from '../../lib/limits';
import type { BoardStore } from '../../live/types';
import { t } from './messages';
import type { Spot } from './model/place';
import type { SaidVerdict } from './ui-state';
import { inStrip } from './view';

/** One limit that a drop meets, with the words for it. */
export interface LimitVerdict extends Verdict {
  scope: 'column' | 'lane' | 'expedite' | 'checks';
  name: string;
}

/** All limits that a card would meet in a cell. What it already counts against is not counted twice. */
export function verdictsFor(store: BoardStore, card: Face, to: Spot, byLanes: boolean): LimitVerdict[] {
  const board = store.board();
  const column = store.columns().find((c) => c.id === to.columnId);
  if (!column || (card.mirror && !board.mirrorsCount)) return [];
  const out: LimitVerdict[] = [];
  const finishing = isFinish(store, to.columnId);
  const counts = (expedite: boolean) => board.expedite.counts || !expedite;
  if (counts(to.strip)) {
    const inside = card.columnId === to.columnId && counts(inStrip(card));
    out.push({
      scope: 'column',
      name: column.name,
      ...dropVerdict(column.wip, store.columnCount(column.id), inside),
    });
  }
  if (to.strip && !finishing) {
    const held = stripCount(store);
    out.push({
      scope: 'expedite',
      name: t('board.expedite'),
      ...dropVerdict({ mode: board.expedite.mode, max: board.expedite.max }, held, inStrip(card)),
    });
  }
  const lane = byLanes && !to.strip ? store.lanes().find((l) => l.id === to.row) : undefined;
  if (lane && !finishing)
    out.push({
      scope: 'lane',
      name: lane.name,
      ...dropVerdict(lane.wip, laneCount(store, lane.id), card.laneId === lane.id && !card.finishedAt),
    });
  const asked = checksFor(store, card, to.columnId).length + (listFor(store, card, to.columnId) ? 1 : 0);
  if (asked) out.push({ scope: 'checks', name: column.name, tone: 'ask', count: asked });
  return out;
}

/** What the column asks of a card that comes in from the left; who comes back has been asked. */
export function checksFor(store: BoardStore, card: Face | undefined, columnId: string): readonly Check[] {
  if (card?.mirror) return []; // a mirror's way here is no flow: what is asked is asked on its own board
  const columns = store.columns();
  const at = columns.findIndex((c) => c.id === columnId);
  const from = columns.findIndex((c) => c.id === card?.columnId);
  return at === from || at < from ? [] : (columns[at]?.checks ?? []);
}

/** The checklist that the column asks of such a card, of a mirror too: it is the card's own. */
export function listFor(store: BoardStore, card: Face | undefined, columnId: string): ListPolicy | undefined {
  const columns = store.columns();
  const at = columns.findIndex((c) => c.id === columnId);
  const from = columns.findIndex((c) => c.id === card?.columnId);
  return at === from || at < from ? undefined : columns[at]?.checklist;
}

/** Whether a card that enters this column counts as finished. */
export function isFinish(store: BoardStore, columnId: string): boolean {
  const ids = store.columns().map((c) => c.id);
  const finish = ids.indexOf(store.board().finishColumnId);
  return finish >= 0 && ids.indexOf(columnId) >= finish;
}

/** What is said before the card is let go: the strictest limit in words. */
export function saidVerdict(
  store: BoardStore,
  card: Face,
  to: Spot,
  byLanes: boolean,
): SaidVerdict | undefined {
  const v = strictest(verdictsFor(store, card, to, byLanes));
  if (!v || v.tone === 'ok') return undefined;
  if (v.scope === 'checks') return { tone: v.tone, text: verdictText(v), short: verdictText(v) };
  if (v.max === undefined) return undefined;
  const short = t(v.tone === 'refuse' ? 'board.drop.full' : 'board.drop.warn', {
    count: v.count,
    max: v.max,
  });
  return { tone: v.tone, text: verdictText(v), short };
}

export function verdictText(v: LimitVerdict): string {
  if (v.scope === 'checks') return t('board.drop.checks', { n: v.count });
  const what = { name: v.name, count: v.count, max: v.max ?? 0 };
  if (v.tone === 'refuse') return t(v.scope === 'column' ? 'board.drop.refuse' : 'board.drop.refuseIn', what);
  if (v.tone === 'ask') return t(v.scope === 'column' ? 'board.drop.ask' : 'board.drop.askIn', what);
  return t(v.scope === 'column' ? 'board.drop.warn' : 'board.drop.warnIn', what);
}

export function stripCount(store: BoardStore): number {
  let n = 0;
  for (const c of store.columns()) n += store.cell(c.id, '*', true).length;
  return n;
}

/** Started and not finished cards of a lane: what its limit counts. */
export function laneCount(store: BoardStore, laneId: string): number {
  let n = 0;
  for (const c of store.columns()) {
    for (const strip of [false, true])
      for (const id of store.cell(c.id, laneId, strip)) {
        const card = store.card(id);
        if (card?.startedAt && !card.finishedAt) n++;
      }
  }
  return n;
}
