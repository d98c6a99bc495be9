import type { Face } from '../api/types';
import { Confirmed, Dirty } from './confirmed';
import { type Op, overlay } from './ops';
import { type Anchor, anchorsOf, insertAt } from './place';
import { cellKey } from './types';

const NONE: readonly string[] = [];

interface ColumnCache {
  order: readonly string[];
  mix: string;
  count: number;
}

/** A card in hand: the slot and face it had when it was taken up. */
interface Held {
  face: Face;
  columnId: string;
  anchors: Anchor[];
}

/**
 * What the person sees: the confirmed board with own unconfirmed changes and held cards laid over it.
 * Everything it hands out keeps its identity until its value changes. Columns are rebuilt when somebody asks.
 */
export class View {
  readonly confirmed = new Confirmed();
  private ops: Op[] = [];
  private readonly byCard = new Map<string, Op[]>();
  private readonly held = new Map<string, Held>();
  private readonly laid = new Map<string, Face | undefined>();
  private readonly columnCache = new Map<string, ColumnCache>();
  private readonly cellCache = new Map<string, readonly string[]>();
  private readonly staleColumns = new Set<string>();
  private readonly staleCells = new Set<string>();
  private idCache: readonly string[] | undefined;
  private readonly subs = new Map<string, Set<() => void>>();

  // Reading

  card(id: string): Face | undefined {
    if (!this.byCard.has(id) && !this.held.has(id)) return this.confirmed.faces.get(id);
    if (this.laid.has(id)) return this.laid.get(id);
    const face = this.lay(id);
    this.laid.set(id, face);
    return face;
  }

  private lay(id: string): Face | undefined {
    let face = this.confirmed.faces.get(id);
    for (const op of this.byCard.get(id) ?? []) face = overlay(face, op.effect);
    const held = this.held.get(id);
    if (!held) return face;
    if (!face) return held.face; // taken away by somebody else while in hand: stays until it is let go
    const { columnId, laneId, class: cls, startedAt, finishedAt, enteredAt } = held.face;
    return { ...face, columnId, laneId, class: cls, startedAt, finishedAt, enteredAt };
  }

  cardIds(): readonly string[] {
    if (!this.idCache) {
      const ids = new Set(this.confirmed.faces.keys());
      for (const id of [...this.byCard.keys(), ...this.held.keys()]) {
        if (this.card(id)) ids.add(id);
        else ids.delete(id);
      }
      this.idCache = [...ids];
    }
    return this.idCache;
  }

  columnOrder(columnId: string): readonly string[] {
    return this.column(columnId).order;
  }
  columnMix(columnId: string): string {
    return this.column(columnId).mix;
  }
  columnCount(columnId: string): number {
    return this.column(columnId).count;
  }

  cell(columnId: string, laneId: string | null | '*', strip: boolean): readonly string[] {
    const key = cellKey(columnId, laneId, strip);
    const old = this.cellCache.get(key);
    if (old && !this.staleCells.has(key)) return old;
    const next: string[] = [];
    for (const id of this.columnOrder(columnId)) {
      const face = this.card(id)!;
      if (inStrip(face) === strip && (laneId === '*' || (face.laneId ?? null) === laneId)) next.push(id);
    }
    this.staleCells.delete(key);
    const kept = old && equal(old, next) ? old : next.length ? next : NONE;
    this.cellCache.set(key, kept);
    return kept;
  }

  private column(columnId: string): ColumnCache {
    const old = this.columnCache.get(columnId);
    if (old && !this.staleColumns.has(columnId)) return old;
    this.staleColumns.delete(columnId);
    const order = this.build(columnId);
    const countStrip = this.confirmed.board?.expedite.counts ?? true;
    const countMirrors = this.confirmed.board?.mirrorsCount ?? false;
    let mix = '';
    let count = 0;
    for (const id of order) {
      const face = this.card(id)!;
      if (face.mirror && !countMirrors) continue;
      mix += LETTER[face.discipline] ?? 'x';
      if (countStrip || !inStrip(face)) count++;
    }
    const next = { order: old && equal(old.order, order) ? old.order : order, mix, count };
    this.columnCache.set(columnId, next);
    return next;
  }

  /** The confirmed order with every card that is shown elsewhere taken out and every one shown here put in. */
  private build(columnId: string): readonly string[] {
    const base = this.confirmed.order(columnId);
    if (this.byCard.size === 0 && this.held.size === 0) return base.slice();
    const places = new Map<string, { columnId: string; anchors: readonly Anchor[] } | undefined>();
    for (const op of this.ops) {
      const id = op.cardId;
      if (!id) continue;
      if (op.effect.place) {
        places.delete(id); // later moves are laid later, so that they may lean on earlier ones
        places.set(id, op.effect.place);
      } else if (op.effect.gone) places.set(id, undefined);
    }
    for (const [id, held] of this.held) {
      places.delete(id);
      places.set(id, held);
    }
    const list = base.filter((id) => !places.has(id));
    for (const [id, place] of places)
      if (place?.columnId === columnId && this.card(id)) insertAt(list, id, place.anchors);
    return list;
  }

  pending(id: string): boolean {
    return this.byCard.has(id);
  }

  opsOf(id: string): readonly Op[] {
    return this.byCard.get(id) ?? [];
  }

  // Changing

  setOps(ops: readonly Op[], changed: Op): void {
    const dirty = new Dirty();
    const id = changed.cardId;
    const was = id ? this.card(id) : undefined;
    this.ops = [...ops];
    this.byCard.clear();
    for (const op of this.ops) {
      if (!op.cardId) continue;
      const list = this.byCard.get(op.cardId);
      if (list) list.push(op);
      else this.byCard.set(op.cardId, [op]);
    }
    if (id) this.touch(id, was, dirty);
    if (changed.effect.place) dirty.columns.add(changed.effect.place.columnId);
    this.flush(dirty);
  }

  /** Everything about a card that may have changed through an overlay. */
  private touch(id: string, was: Face | undefined, dirty: Dirty): void {
    this.laid.delete(id);
    const now = this.card(id);
    dirty.cards.add(id);
    if (!was !== !now) dirty.cardSet = true;
    for (const face of [was, now, this.confirmed.faces.get(id)]) if (face) dirty.columns.add(face.columnId);
  }

  hold(id: string): void {
    const face = this.card(id);
    if (!face || this.held.has(id)) return;
    this.held.set(id, {
      face,
      columnId: face.columnId,
      anchors: anchorsOf(this.columnOrder(face.columnId), id),
    });
  }

  release(id: string): void {
    const was = this.card(id);
    if (!this.held.delete(id)) return;
    const dirty = new Dirty();
    this.touch(id, was, dirty);
    this.flush(dirty);
  }

  // Telling

  subscribe(key: string, fn: () => void): () => void {
    const set = this.subs.get(key) ?? new Set();
    this.subs.set(key, set.add(fn));
    return () => {
      set.delete(fn);
      if (set.size === 0 && this.subs.get(key) === set) this.subs.delete(key);
    };
  }

  tell(...keys: string[]): void {
    for (const key of keys) for (const fn of [...(this.subs.get(key) ?? [])]) fn();
  }

  /** After a new snapshot: everything may differ, but only what does will draw. */
  flushAll(): void {
    this.laid.clear();
    this.idCache = undefined;
    for (const id of this.columnCache.keys()) this.staleColumns.add(id);
    for (const key of this.cellCache.keys()) this.staleCells.add(key);
    this.tell(...this.subs.keys());
  }

  /** Marks what a change touched as stale, then tells its onlookers, each once. */
  flush(dirty: Dirty): void {
    const keys = new Set<string>(['any']);
    if (dirty.cardSet) this.idCache = undefined;
    for (const id of dirty.cards) {
      this.laid.delete(id);
      keys.add(id);
      const columnId = this.card(id)?.columnId;
      if (columnId) keys.add(`faces:${columnId}`);
    }
    for (const columnId of dirty.columns) this.spoil(columnId, keys);
    // A held or pending card's face was rebuilt from a new confirmed one: its shown column may follow it.
    for (const id of dirty.cards) {
      const face = this.byCard.has(id) ? this.card(id) : undefined;
      if (face && !dirty.columns.has(face.columnId)) this.spoil(face.columnId, keys);
    }
    if (dirty.cards.size) keys.add('cards');
    if (dirty.board) keys.add('board');
    if (dirty.columnList) keys.add('columns');
    if (dirty.lanes) keys.add('lanes');
    if (dirty.people) keys.add('people');
    this.tell(...keys);
  }

  private spoil(columnId: string, keys: Set<string>): void {
    this.staleColumns.add(columnId);
    keys.add(`col:${columnId}`);
    const head = `cell:${columnId}|`;
    for (const lane of ['', '*', ...this.confirmed.lanes.map((l) => l.id)])
      for (const strip of ['0', '1']) {
        this.staleCells.add(`${head}${lane}|${strip}`);
        keys.add(`${head}${lane}|${strip}`);
      }
  }
}

const LETTER: Record<string, string> = { development: 'd', operations: 'o', security: 's' };

/** The pinned strip shows the board's own unfinished cards of class expedite. */
export const inStrip = (face: Face): boolean => face.class === 'expedite' && !face.finishedAt && !face.mirror;

function equal(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((x, i) => x === b[i]);
}
