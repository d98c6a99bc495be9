import type { Face } from '../../api/types';
import type { BoardSearch, Grouping } from '../../lib/search';
import type { BoardStore } from '../../live/types';
import { type Facts, factsOf, predicate } from './model/filter';
import { ALL, byField, type Group, groupOf, groupsFor } from './model/groups';
import type { Spot, Table, Target } from './model/place';
import { groupNames } from './words';

/** Finished cards that a done column shows before "n more". */
export const DONE_SHOWN = 20;
const NONE: readonly string[] = [];
const FACTS_EVERY_MS = 400;

export const spotKey = (s: Spot): string => `cell:${s.columnId}|${s.strip ? '' : s.row}|${s.strip ? 1 : 0}`;
/** The pinned strip shows unfinished cards of class expedite. */
export const inStrip = (c: Face): boolean => c.class === 'expedite' && !c.finishedAt && !c.mirror;

interface ColumnView {
  cells: Map<string, readonly string[]>;
  /** Cards of each row, those that are folded away too. */
  counts: Map<string, number>;
  strip: readonly string[];
  shown: number;
  total: number;
  /** Finished cards folded away behind "n more". */
  older: number;
}

export interface ViewQuery {
  search: BoardSearch;
  grouping: Grouping;
  meId: string | undefined;
  now: number;
}

/**
 * What the page shows of a board: the store's columns cut into cells by rows, filters and the pinned strip. Only the
 * columns that a change touched are cut again, and a cell keeps its identity while its cards stay the same.
 *
 * Keys: `cell:…` (see spotKey), `order:COLUMN` (place in the whole column), 'rows', 'strip', 'counts', 'facts'.
 */
export class BoardView implements Table {
  readonly store: BoardStore;
  private readonly cache = new Map<string, ColumnView>();
  private readonly stale = new Set<string>();
  private readonly subs = new Map<string, Set<() => void>>();
  private readonly numbers = new Map<string, { of: readonly string[]; at: Map<string, number> }>();
  private readonly opened = new Set<string>();
  /** Of parents that stand on other boards only the key is known, from their parts. */
  private readonly parentKeys = new Map<string, string>();
  private query: ViewQuery;
  private match: ((c: Face) => boolean) | undefined;
  private rowCache: readonly Group[] = [{ id: ALL, name: '' }];
  private factCache: Facts = { wip: 0, blocked: 0, aging: 0, over: 0, total: 0 };
  private countCache = { shown: 0, total: 0 };
  private factTimer: ReturnType<typeof setTimeout> | undefined;
  private preview: { id: string; target: Target } | undefined;
  private offs: (() => void)[] = [];
  private columnOffs: (() => void)[] = [];
  private columnList: readonly string[] = [];
  private settleQueued = false;
  private readonly untold = new Set<string>();

  constructor(store: BoardStore, query: ViewQuery) {
    this.store = store;
    this.query = query;
    this.match = predicate(query.search, { board: store.board(), meId: query.meId, now: query.now });
  }

  /** Starts following the store; returns the way to stop. */
  follow(): () => void {
    this.offs = [
      this.store.subscribe('columns', () => this.watchColumns()),
      this.store.subscribe('lanes', () => this.touchAll()),
      this.store.subscribe('people', () => this.touchAll()),
      this.store.subscribe('board', () => this.configure(this.query)),
    ];
    this.watchColumns();
    return () => {
      for (const off of [...this.offs, ...this.columnOffs]) off();
      this.offs = [];
      this.columnOffs = [];
      clearTimeout(this.factTimer);
      this.factTimer = undefined;
    };
  }

  private watchColumns(): void {
    for (const off of this.columnOffs) off();
    this.columnOffs = this.store
      .columns()
      .flatMap((c) => [
        this.store.subscribe(`col:${c.id}`, () => this.touch(c.id)),
        this.store.subscribe(`faces:${c.id}`, () => this.changed(c.id)),
      ]);
    this.touchAll();
  }

  configure(query: ViewQuery): void {
    this.query = query;
    this.match = predicate(query.search, { board: this.store.board(), meId: query.meId, now: query.now });
    this.touchAll();
  }

  private touchAll(): void {
    for (const c of this.store.columns()) this.stale.add(c.id);
    this.later();
  }
  /** What a card says decides where it shows only while something is filtered or grouped by it. */
  private changed(columnId: string): void {
    if (this.match || byField(this.query.grouping)) this.touch(columnId);
    else this.factsSoon();
  }
  private touch(columnId: string): void {
    this.stale.add(columnId);
    this.later();
  }

  /** Coalesces what one flush of the store touches; whoever reads earlier gets the new value anyway. */
  private later(): void {
    if (this.settleQueued) return;
    this.settleQueued = true;
    queueMicrotask(() => this.settle());
  }

  /** Cuts what is stale and tells those whose cell changed. */
  settle(): void {
    this.settleQueued = false;
    this.cutStale();
    const keys = [...this.untold];
    this.untold.clear();
    for (const k of keys) for (const fn of [...(this.subs.get(k) ?? [])]) fn();
  }

  /** Whoever reads while something is stale is served at once; the others are told after the drawing is over. */
  private cutStale(): void {
    if (this.stale.size === 0 && this.cache.size > 0) return;
    const keys = this.untold;
    const columns = this.store.columns();
    this.columnList = columns.map((c) => c.id);
    for (const c of columns) {
      const old = this.cache.get(c.id);
      if (old && !this.stale.has(c.id)) continue;
      this.cut(c.id, c.kind === 'done', old, keys);
      keys.add(`order:${c.id}`);
    }
    for (const id of [...this.cache.keys()]) if (!this.columnList.includes(id)) this.cache.delete(id);
    this.stale.clear();
    this.settleRows(keys);
    this.settleCounts(keys);
    this.factsSoon();
    if (keys.size) this.later();
  }

  private cut(columnId: string, done: boolean, old: ColumnView | undefined, keys: Set<string>): void {
    const { grouping } = this.query;
    const by = this.grouping(grouping);
    const next: ColumnView = {
      cells: new Map(),
      counts: new Map(),
      strip: NONE,
      shown: 0,
      total: 0,
      older: 0,
    };
    const lists = new Map<string, string[]>();
    const strip: string[] = [];
    let order = this.store.columnOrder(columnId);
    if (done) order = this.newestFirst(order);
    let finished = 0;
    const folds = done && !this.match && !this.opened.has(columnId);
    for (const id of order) {
      const c = this.store.card(id);
      if (!c) continue;
      next.total++;
      if (this.match && !this.match(c)) continue;
      next.shown++;
      if (id === this.preview?.id) continue;
      if (inStrip(c)) {
        strip.push(id);
        continue;
      }
      const g = groupOf(by, c);
      next.counts.set(g, (next.counts.get(g) ?? 0) + 1);
      if (by === 'parent' && c.parent) this.parentKeys.set(g, c.parent.key);
      if (folds && ++finished > DONE_SHOWN) next.older++;
      else {
        const l = lists.get(g);
        if (l) l.push(id);
        else lists.set(g, [id]);
      }
    }
    this.layPreview(columnId, lists, strip);
    next.strip = keep(old?.strip, strip);
    if (next.strip !== old?.strip) keys.add('strip').add(spotKey({ columnId, row: '', strip: true }));
    for (const [g, l] of lists) next.cells.set(g, keep(old?.cells.get(g), l));
    for (const g of new Set([
      ...lists.keys(),
      ...next.counts.keys(),
      ...(old?.cells.keys() ?? []),
      ...(old?.counts.keys() ?? []),
    ]))
      if (next.cells.get(g) !== old?.cells.get(g) || next.counts.get(g) !== old?.counts.get(g))
        keys.add(spotKey({ columnId, row: g, strip: false }));
    if (next.older !== old?.older) keys.add(`order:${columnId}`);
    this.cache.set(columnId, next);
  }

  private layPreview(columnId: string, lists: Map<string, string[]>, strip: string[]): void {
    const p = this.preview;
    if (p?.target.columnId !== columnId) return;
    let list = p.target.strip ? strip : lists.get(p.target.row);
    if (!list) {
      list = [];
      lists.set(p.target.row, list);
    }
    list.splice(Math.min(p.target.index, list.length), 0, p.id);
  }

  private newestFirst(order: readonly string[]): readonly string[] {
    const at = (id: string) => {
      const c = this.store.card(id);
      return c?.finishedAt ?? c?.enteredAt ?? '';
    };
    return order
      .map((id) => [at(id), id] as const)
      .sort((a, b) => (a[0] < b[0] ? 1 : a[0] > b[0] ? -1 : 0))
      .map((x) => x[1]);
  }

  private grouping(g: Grouping): Grouping {
    return g === 'lanes' && this.store.lanes().length === 0 ? 'none' : g;
  }

  private settleRows(keys: Set<string>): void {
    const present = new Set<string>();
    for (const v of this.cache.values()) for (const g of v.cells.keys()) present.add(g);
    const next = groupsFor(
      this.grouping(this.query.grouping),
      present,
      { lanes: this.store.lanes(), people: this.store.people(), parentName: this.parentName },
      groupNames,
    );
    const same =
      next.length === this.rowCache.length &&
      next.every((r, i) => {
        const o = this.rowCache[i]!;
        return r.id === o.id && r.name === o.name && r.lane === o.lane;
      });
    if (same) return;
    this.rowCache = next;
    keys.add('rows');
  }

  private readonly parentName = (id: string): string => {
    const whole = this.store.card(id);
    return whole ? `${whole.key} ${whole.title}` : (this.parentKeys.get(id) ?? id);
  };

  private settleCounts(keys: Set<string>): void {
    let shown = 0;
    let total = 0;
    for (const v of this.cache.values()) {
      shown += v.shown;
      total += v.total;
    }
    if (shown === this.countCache.shown && total === this.countCache.total) return;
    this.countCache = { shown, total };
    keys.add('counts');
  }

  /** The head line may lag a little behind a storm of changes; the board itself does not. */
  private factsSoon(): void {
    if (this.factTimer !== undefined) return;
    if (this.factCache.total === 0 && this.countCache.total > 0) {
      this.countFacts();
      return;
    }
    this.factTimer = setTimeout(() => {
      this.factTimer = undefined;
      this.countFacts();
    }, FACTS_EVERY_MS);
  }
  private countFacts(): void {
    const cards = function* (store: BoardStore) {
      for (const id of store.cardIds()) {
        const c = store.card(id);
        if (c) yield c;
      }
    };
    const x = { board: this.store.board(), meId: this.query.meId, now: this.query.now };
    const next = factsOf(cards(this.store), x);
    const old = this.factCache;
    if ((Object.keys(next) as (keyof Facts)[]).every((k) => next[k] === old[k])) return;
    this.factCache = next;
    for (const fn of [...(this.subs.get('facts') ?? [])]) fn();
  }

  // Reading

  private at(columnId: string): ColumnView | undefined {
    this.cutStale();
    return this.cache.get(columnId);
  }
  cell = (s: Spot): readonly string[] => {
    const c = this.at(s.columnId);
    return (s.strip ? c?.strip : c?.cells.get(s.row)) ?? NONE;
  };
  get columnIds(): readonly string[] {
    this.cutStale();
    return this.columnList;
  }
  get rowIds(): readonly string[] {
    return this.rows().map((r) => r.id);
  }
  rows = (): readonly Group[] => {
    this.cutStale();
    return this.rowCache;
  };
  counts = () => {
    this.cutStale();
    return this.countCache;
  };
  facts = (): Facts => this.factCache;
  older = (columnId: string): number => this.at(columnId)?.older ?? 0;
  shownIn = (columnId: string): number => this.at(columnId)?.shown ?? 0;
  /** Cards of a row in one column, or over several. */
  inCell = (columnId: string, row: string): number => this.at(columnId)?.counts.get(row) ?? 0;
  inRow = (row: string, columnIds: readonly string[]): number =>
    columnIds.reduce((n, columnId) => n + this.inCell(columnId, row), 0);
  by = (): Grouping => this.grouping(this.query.grouping);
  filtered = (): boolean => this.match !== undefined;

  /** 1…n in the whole order of the column. */
  numberOf(columnId: string, id: string): number | undefined {
    const order = this.store.columnOrder(columnId);
    let n = this.numbers.get(columnId);
    if (n?.of !== order) {
      // a mirror is not pulled here, so it has no number
      const own = order.filter((x) => !this.store.card(x)?.mirror);
      n = { of: order, at: new Map(own.map((x, i) => [x, i + 1])) };
      this.numbers.set(columnId, n);
    }
    return n.at.get(id);
  }

  /** The cell in which a card shows, with a preview laid over; undefined when it is filtered out or folded away. */
  spotOf(id: string): Spot | undefined {
    if (this.preview?.id === id) {
      const { columnId, row, strip } = this.preview.target;
      return { columnId, row, strip };
    }
    const c = this.store.card(id);
    if (!c) return undefined;
    const spot = { columnId: c.columnId, row: groupOf(this.by(), c), strip: inStrip(c) };
    return this.cell(spot).includes(id) ? spot : undefined;
  }

  // Changing what is shown

  /** Shows a card where it would land, without moving it; undefined puts it back. */
  setPreview(preview: { id: string; target: Target } | undefined): void {
    const old = this.preview;
    this.preview = preview;
    for (const p of [old, preview]) {
      if (!p) continue;
      this.stale.add(p.target.columnId);
      const home = this.store.card(p.id)?.columnId;
      if (home) this.stale.add(home);
    }
    this.settle();
  }

  showOlder(columnId: string, on: boolean): void {
    if (on) this.opened.add(columnId);
    else this.opened.delete(columnId);
    this.stale.add(columnId);
    this.settle();
  }
  isOpened = (columnId: string): boolean => this.opened.has(columnId);

  subscribe(key: string, fn: () => void): () => void {
    const set = this.subs.get(key) ?? new Set();
    this.subs.set(key, set.add(fn));
    return () => {
      set.delete(fn);
      if (set.size === 0 && this.subs.get(key) === set) this.subs.delete(key);
    };
  }
}

function keep(old: readonly string[] | undefined, next: string[]): readonly string[] {
  if (old && old.length === next.length && old.every((x, i) => x === next[i])) return old;
  return next.length ? next : NONE;
}
