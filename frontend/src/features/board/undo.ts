import type { CardPatch, Face, Says } from '../../api/types';
import { fieldNames } from '../../live/ops';
import type { BlockFields, BoardStore, MoveResult, MoveTo, OwnNote } from '../../live/types';
import { t } from './messages';

/** One thing that this person did at this page and may take back. */
export interface Undoable {
  /** "TRS-12 moved to Build", for the button's name. */
  text: string;
  /** Takes it back. Rejects when somebody changed it since. */
  back: () => Promise<unknown>;
  /** Does it once more and answers how to take that back. */
  again?: () => Promise<Undoable>;
  /** The toast that offers it; gone when it was taken back by another way. */
  toast?: string;
}

const DEPTH = 50;

/** Own actions of this visit, newest last: moves, edits, blockers, archiving, also of many cards at once. */
export class UndoList {
  private entries: readonly Undoable[] = [];
  private undone: readonly Undoable[] = [];
  private readonly listeners = new Set<() => void>();
  private turn: Promise<unknown> = Promise.resolve();
  private underWay = 0;

  push(entry: Undoable): void {
    this.entries = [...this.entries.slice(1 - DEPTH), entry];
    this.undone = [];
    this.tell();
  }

  /** It was refused after all, so there is nothing to take back. */
  drop(entry: Undoable): void {
    if (!this.entries.includes(entry)) return;
    this.entries = this.entries.filter((e) => e !== entry);
    this.tell();
  }

  last = (): Undoable | undefined => this.entries.at(-1);
  lastUndone = (): Undoable | undefined => this.undone.at(-1);

  /** Nothing is being taken back or done again right now. */
  idle = (): boolean => this.underWay === 0;

  run(entry?: Undoable): Promise<Undoable | undefined> {
    return this.inTurn(async () => {
      const own = entry ?? this.last();
      if (!own || !this.entries.includes(own)) return undefined;
      this.drop(own);
      await own.back();
      if (own.again) {
        this.undone = [...this.undone, own];
        this.tell();
      }
      return own;
    });
  }

  /** Does again what was taken back last. */
  redo(): Promise<Undoable | undefined> {
    return this.inTurn(async () => {
      const own = this.lastUndone();
      if (!own?.again) return undefined;
      this.undone = this.undone.slice(0, -1);
      this.tell();
      const next = await own.again();
      this.entries = [...this.entries, next];
      this.tell();
      return next;
    });
  }

  /** Keys may come faster than answers: one after the other. */
  private inTurn<T>(act: () => Promise<T>): Promise<T> {
    this.underWay++;
    const mine = this.turn.then(act).finally(() => {
      this.underWay--;
    });
    this.turn = mine.catch(() => {});
    return mine;
  }

  subscribe = (fn: () => void): (() => void) => {
    this.listeners.add(fn);
    return () => this.listeners.delete(fn);
  };
  private tell(): void {
    for (const fn of this.listeners) fn();
  }
}

/** Somebody else was here in between, so the page does not put its older words over theirs. */
export class ChangedSince extends Error {}

/** How each kind of change is taken back and done again. */
export class Ways {
  private readonly store: BoardStore;

  constructor(store: BoardStore) {
    this.store = store;
  }

  /** Throws when somebody else changed one of these fields after the version that this person made. */
  private untouched(card: Face, fields: readonly string[], version: number): void {
    for (const field of fields) {
      const other = this.store.lastOther(card.id, field);
      if (!other || other.version <= version) continue;
      const name = this.store.people().get(other.personId)?.name;
      throw new ChangedSince(
        t(name ? 'board.changedSince' : 'board.changedSinceBy', { key: card.key, name: name ?? '' }),
      );
    }
  }

  private quietly<T>(fn: () => Promise<T>): Promise<T> {
    return this.store.quietly(fn);
  }

  patched(card: Face, fields: CardPatch, sent: Promise<MoveResult>, text: string): Undoable {
    const before: Record<string, unknown> = {};
    for (const k of Object.keys(fields)) before[k] = card[k as keyof Face] ?? null;
    const names = Object.keys(fields);
    let put: Promise<MoveResult> | undefined;
    return {
      text,
      back: async () => {
        this.untouched(card, names, (await sent).card.version);
        put = this.quietly(() => this.store.patch(card.id, before as CardPatch));
        await put;
      },
      again: async () => {
        if (put) this.untouched(card, names, (await put).card.version);
        const anew = this.quietly(() => this.store.patch(card.id, fields));
        await anew;
        return this.patched(card, fields, anew, text);
      },
    };
  }

  /** `said` is what the card said before, when the move had set that too. */
  moved(card: Face, to: MoveTo, sent: Promise<MoveResult>, text: string, said?: Says): Undoable {
    let put: Promise<MoveResult> | undefined;
    const fields = ['place', ...fieldNames(said ?? {})];
    return {
      text,
      back: async () => {
        const { seq, card: then } = await sent;
        this.untouched(card, fields, then.version);
        put = this.quietly(() => this.store.undo(card.id, seq, said));
        await put;
      },
      again: async () => {
        if (put) this.untouched(card, fields, (await put).card.version);
        const anew = this.quietly(() => this.store.move(card.id, to));
        await anew;
        return this.moved(card, to, anew, text, said);
      },
    };
  }

  archived(card: Face, sent: Promise<MoveResult>, text: string): Undoable {
    return {
      text,
      back: async () => {
        await sent;
        await this.quietly(() => this.store.restore(card.id, card.columnId));
      },
      again: async () => {
        const anew = this.quietly(() => this.store.archive(card.id));
        await anew;
        return this.archived(card, anew, text);
      },
    };
  }

  created(card: Face, text: string): Undoable {
    return {
      text,
      back: () => this.quietly(() => this.store.archive(card.id)),
      again: async () => {
        await this.quietly(() => this.store.restore(card.id, card.columnId));
        return this.created(card, text);
      },
    };
  }

  blocked(card: Face, fields: BlockFields, sent: Promise<MoveResult>, text: string): Undoable {
    const had = new Set(card.blockers.map((b) => b.id));
    return {
      text,
      back: async () => {
        const made = (await sent).card.blockers.find((b) => !had.has(b.id));
        if (made && this.store.card(card.id)?.blockers.some((b) => b.id === made.id))
          await this.quietly(() => this.store.unblock(made.id));
      },
      again: async () => {
        const anew = this.quietly(() => this.store.block(card.id, fields));
        const before = this.store.card(card.id) ?? card;
        await anew;
        return this.blocked({ ...before, blockers: card.blockers }, fields, anew, text);
      },
    };
  }

  /** The blocker was a record and stays one; taking this back opens another with the same words. */
  unblocked(card: Face, blockerId: string, sent: Promise<MoveResult>, text: string): Undoable {
    const was = card.blockers.find((b) => b.id === blockerId);
    return {
      text,
      back: async () => {
        await sent;
        if (!was) return;
        const { category, reason, waitingFor } = was;
        await this.quietly(() =>
          this.store.block(card.id, { category, reason, waitingFor: waitingFor ?? undefined }),
        );
      },
    };
  }

  /** What was done outside of the board's own verbs: in the open card. */
  noted(n: OwnNote): Undoable | undefined {
    const { card } = n;
    switch (n.kind) {
      case 'patch':
        return 'description' in n.fields
          ? undefined // a text has its own history, with every version of it
          : this.patched(card, n.fields, n.sent, t('board.changedCard', { key: card.key }));
      case 'move':
        return this.moved(
          card,
          n.to,
          n.sent,
          t('board.movedToast', { key: card.key, column: this.columnName(n.to.columnId) }),
        );
      case 'archive':
        return this.archived(card, n.sent, t('board.archived', { key: card.key }));
      case 'block':
        return this.blocked(card, n.fields, n.sent, t('board.blockedSaid', { key: card.key }));
      case 'unblock':
        return this.unblocked(card, n.blockerId, n.sent, t('board.unblockedSaid', { key: card.key }));
    }
  }

  private columnName(id: string): string {
    return this.store.columns().find((c) => c.id === id)?.name ?? '';
  }
}
