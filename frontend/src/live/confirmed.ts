import type { Board, BoardEvent, Column, Face, Lane, Person, Snapshot } from '../api/types';

type PartialFace = Partial<Face> & { id: string };

/** What a change touched, so that only those who look at it are told. */
export class Dirty {
  readonly cards = new Set<string>();
  readonly columns = new Set<string>();
  board = false;
  columnList = false;
  lanes = false;
  people = false;
  cardSet = false;
}

/** Order inside a column: `pos` bytewise, then id. Keys are ASCII, so comparing code units compares bytes. */
export function before(a: Face, b: Face): boolean {
  return a.pos === b.pos ? a.id < b.id : a.pos < b.pos;
}

/**
 * The board as the server has confirmed it, true at `seq`. Nothing of one's own unacknowledged changes is in here.
 * Orders are kept by binary insertion; only a respread of a column sorts.
 */
export class Confirmed {
  seq = 0;
  board: Board | undefined;
  columns: readonly Column[] = [];
  lanes: readonly Lane[] = [];
  people: ReadonlyMap<string, Person> = new Map();
  readonly faces = new Map<string, Face>();
  readonly orders = new Map<string, string[]>();
  private readonly keys = new Map<string, string>();
  /** Sequence up to which a card is known, when an answer told more than the events so far. */
  private readonly knownTo = new Map<string, number>();

  idOfKey(key: string): string | undefined {
    return this.keys.get(key.toUpperCase());
  }

  order(columnId: string): readonly string[] {
    return this.orders.get(columnId) ?? [];
  }

  /** Swaps everything; objects that did not change keep their identity. */
  load(snap: Snapshot): void {
    const old = new Map(this.faces);
    this.seq = snap.seq;
    this.board = same(this.board, snap.board);
    this.columns = sameList(this.columns, snap.columns);
    this.lanes = sameList(this.lanes, snap.lanes);
    this.people = new Map(snap.people.map((p) => [p.id, same(this.people.get(p.id), p)]));
    this.faces.clear();
    this.orders.clear();
    this.keys.clear();
    this.knownTo.clear();
    for (const card of snap.cards) {
      const face = same(old.get(card.id), filled(card));
      this.faces.set(face.id, face);
      this.keys.set(face.key.toUpperCase(), face.id);
      const list = this.orders.get(face.columnId);
      if (list) list.push(face.id);
      else this.orders.set(face.columnId, [face.id]);
    }
    for (const list of this.orders.values()) this.sort(list);
  }

  /** One event, in sequence. Answers 'refetch' when the event cannot be applied by itself. */
  apply(event: BoardEvent, dirty: Dirty): 'ok' | 'refetch' {
    this.seq = event.seq;
    if (event.type === 'board.imported' || event.type === 'board.fields_changed') return 'refetch';
    const data = event.data as EventData;
    if (data.columns) {
      this.columns = sameList(this.columns, data.columns);
      dirty.columnList = true;
      for (const c of this.columns) dirty.columns.add(c.id);
    }
    if (data.lanes) {
      this.lanes = sameList(this.lanes, data.lanes);
      dirty.lanes = true;
    }
    if (data.board) {
      // what is left out of it is empty now
      this.board = {
        ...this.board,
        archivedAt: null,
        workItems: undefined,
        reserves: undefined,
        ...data.board,
      } as Board;
      dirty.board = true;
      for (const c of this.columns) dirty.columns.add(c.id);
    }
    if (event.type === 'board.views_changed') dirty.board = true; // those who show them read them anew
    if (data.person) {
      this.people = new Map(this.people).set(data.person.id, data.person);
      dirty.people = true;
    }
    // the board's points changed: what counts as started and finished was read anew from every card's history
    for (const clock of data.clocks ?? []) this.merge(clock, event.seq, dirty);
    for (const id of data.cleared ?? []) this.merge({ id, laneId: null }, event.seq, dirty);
    if (data.moved) this.places(data.moved, event.seq, dirty);
    for (const part of data.cards ?? []) this.merge(part, event.seq, dirty);
    if (data.places) this.places(data.places, event.seq, dirty);
    if (data.card) {
      if (event.type === 'card.archived' || event.type === 'mirror.removed')
        this.remove(data.card.id, event.seq, dirty);
      else if (event.type === 'card.moved') this.merge({ ...NOWHERE, ...data.card }, event.seq, dirty);
      else this.merge(data.card, event.seq, dirty);
    }
    return 'ok';
  }

  /** The whole face from an answer, true at `seq`, which the events may not have reached yet. */
  answer(face: Face, seq: number, dirty: Dirty, archived = false): void {
    // An answer about the card itself, which belongs to another board: what it means here comes with an event.
    if (this.faces.get(face.id)?.mirror && !face.mirror) return;
    if (seq <= this.seq) return; // the events have told this and perhaps more
    if (archived) this.remove(face.id, seq, dirty);
    else this.merge(face, seq, dirty);
    if ((this.knownTo.get(face.id) ?? 0) < seq) this.knownTo.set(face.id, seq);
  }

  private ahead(id: string, seq: number): boolean {
    const known = this.knownTo.get(id);
    if (known === undefined) return false;
    if (known >= seq) return true;
    this.knownTo.delete(id);
    return false;
  }

  private merge(part: PartialFace, seq: number, dirty: Dirty): void {
    if (this.ahead(part.id, seq)) return;
    const old = this.faces.get(part.id);
    if (!old) {
      if (isWhole(part)) this.insert(filled(part), dirty);
      return;
    }
    if (part.version !== undefined && part.version < old.version) return;
    // A whole face replaces: what it leaves out is empty now. A part is laid over.
    const face = isWhole(part) ? filled(part) : { ...old, ...part };
    this.replace(old, face, dirty);
  }

  private replace(old: Face, face: Face, dirty: Dirty): void {
    const placed = old.columnId !== face.columnId || old.pos !== face.pos;
    if (placed) this.takeOut(old);
    this.faces.set(face.id, face);
    if (placed) this.putIn(face);
    if (old.key !== face.key) this.keys.set(face.key.toUpperCase(), face.id);
    dirty.cards.add(face.id);
    if (placed || seenByColumn(old) !== seenByColumn(face)) {
      dirty.columns.add(old.columnId);
      dirty.columns.add(face.columnId);
    }
  }

  private insert(face: Face, dirty: Dirty): void {
    this.faces.set(face.id, face);
    this.keys.set(face.key.toUpperCase(), face.id);
    this.putIn(face);
    dirty.cards.add(face.id);
    dirty.columns.add(face.columnId);
    dirty.cardSet = true;
  }

  private remove(id: string, seq: number, dirty: Dirty): void {
    if (this.ahead(id, seq)) return;
    const old = this.faces.get(id);
    if (!old) return;
    this.takeOut(old);
    this.faces.delete(id);
    this.keys.delete(old.key.toUpperCase());
    dirty.cards.add(id);
    dirty.columns.add(old.columnId);
    dirty.cardSet = true;
  }

  /** Many places at once (a respread, a removed column): set all, then sort the columns concerned once. */
  private places(list: readonly PartialFace[], seq: number, dirty: Dirty): void {
    const unsorted = new Set<string>();
    for (const part of list) {
      const old = this.faces.get(part.id);
      if (!old || this.ahead(part.id, seq)) continue;
      const face = { ...old, ...part };
      if (face.columnId !== old.columnId) {
        const from = this.orders.get(old.columnId);
        if (from) from.splice(from.indexOf(old.id), 1);
        const to = this.orders.get(face.columnId);
        if (to) to.push(face.id);
        else this.orders.set(face.columnId, [face.id]);
        dirty.columns.add(old.columnId);
      }
      this.faces.set(face.id, face);
      unsorted.add(face.columnId).add(old.columnId);
      dirty.cards.add(face.id);
      dirty.columns.add(face.columnId);
    }
    for (const columnId of unsorted) {
      const order = this.orders.get(columnId);
      if (order) this.sort(order);
    }
  }

  private sort(list: string[]): void {
    list.sort((a, b) => {
      const x = this.faces.get(a)!;
      const y = this.faces.get(b)!;
      return before(x, y) ? -1 : before(y, x) ? 1 : 0;
    });
  }

  /** First index whose card is not before `face`. */
  private search(list: readonly string[], face: Face): number {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const mid = (low + high) >> 1;
      if (before(this.faces.get(list[mid]!)!, face)) low = mid + 1;
      else high = mid;
    }
    return low;
  }

  private takeOut(face: Face): void {
    const list = this.orders.get(face.columnId);
    if (!list) return;
    let at = this.search(list, face);
    if (list[at] !== face.id) at = list.indexOf(face.id);
    if (at >= 0) list.splice(at, 1);
  }

  private putIn(face: Face): void {
    const list = this.orders.get(face.columnId);
    if (list) list.splice(this.search(list, face), 0, face.id);
    else this.orders.set(face.columnId, [face.id]);
  }
}

/** A move says the whole place; what it leaves out is empty. */
const NOWHERE = { laneId: null, startedAt: null, finishedAt: null };

interface EventData {
  card?: PartialFace;
  columns?: Column[];
  lanes?: Lane[];
  board?: Board;
  person?: Person;
  moved?: PartialFace[];
  places?: PartialFace[];
  cleared?: string[];
  clocks?: PartialFace[];
  /** Mirrors whose own board changed. */
  cards?: PartialFace[];
}

/** Parts carry a place or a few fields; only a whole face has the words. */
function isWhole(part: PartialFace): part is Face {
  return (
    part.key !== undefined &&
    part.title !== undefined &&
    part.pos !== undefined &&
    part.columnId !== undefined
  );
}

/** Absent lists are empty. */
function filled(face: Face): Face {
  if (face.involves && face.ownerIds && face.labels && face.blockers && face.signals) return face;
  return { ...LISTS, ...face };
}
const LISTS = { involves: [], ownerIds: [], labels: [], blockers: [], signals: [] };

/** What heads, beams and cells of a column see of a card. */
function seenByColumn(f: Face): string {
  return `${f.laneId ?? ''}|${f.class}|${f.finishedAt ? 1 : 0}|${f.discipline}|${f.mirror ? 1 : 0}`;
}

function same<T>(old: T | undefined, next: T): T {
  return old !== undefined && JSON.stringify(old) === JSON.stringify(next) ? old : next;
}

function sameList<T extends { id: string }>(old: readonly T[], next: readonly T[]): readonly T[] {
  const byId = new Map(old.map((x) => [x.id, x]));
  const list = next.map((x) => same(byId.get(x.id), x));
  return list.length === old.length && list.every((x, i) => x === old[i]) ? old : list;
}
