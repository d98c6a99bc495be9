/** Where a card goes, in the words of the API: behind one card, before one, or neither = the end of the column. */
export interface Anchor {
  afterId?: string;
  beforeId?: string;
}

/**
 * Turns "index `at` among the cards that I see in this cell" into an anchor. `shown` are the visible ids of the cell
 * without the moving card; `order` is the whole column's order, which also holds cards of other rows and filtered ones.
 * The neighbour above wins, so that a card dropped under another stays under it whatever is hidden between them.
 */
export function anchorAt(
  shown: readonly string[],
  order: readonly string[],
  at: number,
  moving: string,
): Anchor {
  const i = Math.max(0, Math.min(at, shown.length));
  if (i > 0) {
    const above = shown[i - 1]!;
    const isLastOfColumn = i === shown.length && order.filter((x) => x !== moving).at(-1) === above;
    // "At the end" survives somebody else adding a card below at the same moment; "after X" would not.
    return isLastOfColumn ? {} : { afterId: above };
  }
  if (shown.length > 0) return { beforeId: shown[0]! };
  return {};
}

/** A cell of the page. */
export interface Spot {
  columnId: string;
  /** Group id; '*' when nothing is grouped. */
  row: string;
  strip: boolean;
}
export interface Target extends Spot {
  /** Index among the visible cards of the cell, without the moving card. */
  index: number;
}

export type Step = 'up' | 'down' | 'left' | 'right' | 'first' | 'last' | 'farLeft' | 'farRight';

export interface Table {
  columnIds: readonly string[];
  rowIds: readonly string[];
  /** Visible ids of a cell, in order. */
  cell(s: Spot): readonly string[];
}

/**
 * Where one step of the keyboard takes a card. Up and down go through the rows above and below at the ends of a cell;
 * left and right keep the height as far as the target has cards. The strip is a row of its own: a card enters and
 * leaves it with E, not by walking. Undefined = there is nothing in that direction.
 */
export function stepTarget(t: Table, at: Spot, id: string, step: Step): Target | undefined {
  const list = t.cell(at);
  const i = list.indexOf(id);
  const ci = t.columnIds.indexOf(at.columnId);
  const ri = t.rowIds.indexOf(at.row);
  const others = (s: Spot) => t.cell(s).filter((x) => x !== id);
  const sideways = (ni: number): Target | undefined => {
    const columnId = t.columnIds[ni];
    if (columnId === undefined || ni === ci) return undefined;
    const spot = { ...at, columnId };
    return { ...spot, index: Math.min(Math.max(i, 0), others(spot).length) };
  };
  const rowwise = (nr: number, end: 'top' | 'bottom'): Target | undefined => {
    const row = at.strip ? undefined : t.rowIds[nr];
    if (row === undefined) return undefined;
    const spot = { ...at, row };
    return { ...spot, index: end === 'top' ? 0 : others(spot).length };
  };
  switch (step) {
    case 'up':
      return i > 0 ? { ...at, index: i - 1 } : rowwise(ri - 1, 'bottom');
    case 'down':
      return i < list.length - 1 ? { ...at, index: i + 1 } : rowwise(ri + 1, 'top');
    case 'left':
      return sideways(ci - 1);
    case 'right':
      return sideways(ci + 1);
    case 'first':
      return i > 0 ? { ...at, index: 0 } : undefined;
    case 'last':
      return i < list.length - 1 ? { ...at, index: list.length - 1 } : undefined;
    case 'farLeft':
      return sideways(0);
    case 'farRight':
      return sideways(t.columnIds.length - 1);
  }
}

/**
 * The card that an arrow moves the focus to. Above the first row lies the Expedite strip. Sideways skips empty cells
 * and falls back to other rows of that column, so that no card is out of reach.
 */
export function neighbour(
  t: Table,
  at: Spot,
  id: string,
  dir: 'up' | 'down' | 'left' | 'right' | 'home' | 'end',
): string | undefined {
  const list = t.cell(at);
  const i = list.indexOf(id);
  if (dir === 'home') return list[0];
  if (dir === 'end') return list.at(-1);
  const stack = (columnId: string): Spot[] => [
    { columnId, row: t.rowIds[0] ?? ALL_ROWS, strip: true },
    ...t.rowIds.map((row) => ({ columnId, row, strip: false })),
  ];
  const same = (a: Spot, b: Spot) => a.strip === b.strip && (a.strip || a.row === b.row);
  if (dir === 'up' || dir === 'down') {
    const d = dir === 'up' ? -1 : 1;
    const next = list[i + d];
    if (next) return next;
    const cells = stack(at.columnId);
    for (let k = cells.findIndex((s) => same(s, at)) + d; cells[k]; k += d) {
      const l = t.cell(cells[k]!);
      const hit = d > 0 ? l[0] : l.at(-1);
      if (hit) return hit;
    }
    return undefined;
  }
  const d = dir === 'left' ? -1 : 1;
  for (let c = t.columnIds.indexOf(at.columnId) + d; t.columnIds[c] !== undefined; c += d) {
    const columnId = t.columnIds[c]!;
    const l = t.cell({ ...at, columnId });
    const hit = l[Math.min(i, l.length - 1)];
    if (hit) return hit;
  }
  for (let c = t.columnIds.indexOf(at.columnId) + d; t.columnIds[c] !== undefined; c += d) {
    for (const s of stack(t.columnIds[c]!)) {
      const hit = t.cell(s)[0];
      if (hit) return hit;
    }
  }
  return undefined;
}
const ALL_ROWS = '*';
