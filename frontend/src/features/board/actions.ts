import type { CardPatch, Face, NewCard } from '../../api/types';
import { announce } from '../../lib/announce';
import { api } from '../../lib/api';
import { toast } from '../../lib/notify';
import type { BlockFields, BoardStore } from '../../live/types';
import { asksFirst } from '../../ui/entry-list';
import { t } from './messages';
import { groupOf } from './model/groups';
import { type Mover, sentence } from './move';
import type { UiStore } from './ui-state';
import type { Undoable, UndoList, Ways } from './undo';
import { type BoardView, inStrip } from './view';

interface Parts {
  store: BoardStore;
  view: BoardView;
  ui: UiStore;
  undo: UndoList;
  ways: Ways;
  mover: Mover;
  meId: () => string;
  canWork: () => boolean;
}

/** Archiving asks nothing; it may be taken back for this long. */
const ARCHIVED_MS = 30_000;

/** What a person does to a card besides moving it. Each says what happened, and what can be taken back can be. */
export class Actions {
  private readonly p: Parts;

  constructor(parts: Parts) {
    this.p = parts;
  }

  /** Sends a changed field; `text` is said and stands behind Undo. */
  async patch(card: Face, fields: CardPatch, text: string, quiet = true): Promise<boolean> {
    const { store, undo, ways } = this.p;
    if (!this.p.canWork() || this.elsewhere(card)) return false;
    const sent = store.quietly(() => store.patch(card.id, fields));
    const entry = ways.patched(card, fields, sent, text);
    undo.push(entry);
    announce(text);
    if (!quiet) this.undoToast(`changed-${card.id}`, text, entry);
    return this.settle(sent, entry);
  }

  private async settle(sent: Promise<unknown>, entry?: Undoable): Promise<boolean> {
    try {
      await sent;
      return true;
    } catch (error) {
      if (entry) this.p.undo.drop(entry);
      this.refuse(error);
      return false;
    }
  }

  private undoToast(id: string, text: string, entry: Undoable, stay?: number): void {
    entry.toast = id;
    toast({
      id,
      text,
      stay,
      action: { label: t('board.undo'), run: () => void this.p.mover.runUndo(entry) },
    });
  }

  refuse(error: unknown): void {
    const text = sentence(error);
    announce(text);
    toast({ text, tone: 'bad', stay: 9000 });
  }

  /** `card` is as it was when the writing began: a title that somebody else gave it since is not written over. */
  async rename(card: Face, title: string): Promise<boolean> {
    const { store, undo, ways } = this.p;
    if (!this.p.canWork()) return false;
    const text = t('board.renamed', { key: card.key });
    const sent = store.quietly(() => store.patch(card.id, { title }, { version: card.version }));
    const entry = ways.patched(card, { title }, sent, text);
    undo.push(entry);
    announce(text);
    return this.settle(sent, entry);
  }

  /** Makes me an owner, or no longer one. */
  toggleMe(card: Face): Promise<boolean> {
    const me = this.p.meId();
    const mine = card.ownerIds.includes(me);
    const ownerIds = mine ? card.ownerIds.filter((x) => x !== me) : [...card.ownerIds, me];
    return this.patch(card, { ownerIds }, t(mine ? 'board.leftMine' : 'board.tookMine', { key: card.key }));
  }

  setOwners(card: Face, ownerIds: string[]): Promise<boolean> {
    return this.patch(card, { ownerIds }, t('board.ownersSet', { key: card.key, n: ownerIds.length }));
  }
  setLabels(card: Face, labels: string[]): Promise<boolean> {
    return this.patch(card, { labels }, t('board.labelsSet', { key: card.key, n: labels.length }));
  }

  /** Into the strip in its own column, or out of it, which asks for the class. */
  toggleExpedite(card: Face): Promise<boolean> {
    if (this.elsewhere(card)) return Promise.resolve(false);
    if (card.finishedAt) {
      this.refuse(new Error(t('board.finishedNoExpedite', { key: card.key })));
      return Promise.resolve(false);
    }
    const { view, mover } = this.p;
    const columnId = card.columnId;
    if (!inStrip(card)) {
      const index = view.cell({ columnId, row: '', strip: true }).length;
      return mover.move(card.id, { columnId, row: '', strip: true, index });
    }
    const row = view.by() === 'class' ? '*' : groupOf(view.by(), card);
    return mover.move(card.id, { columnId, row, strip: false, index: 0 });
  }

  /** What a mirror says is changed on the card itself, which Enter opens; here only its place is. */
  private elsewhere(card: Face): boolean {
    if (!card.mirror) return false;
    const { teamName, boardName } = card.mirror;
    this.refuse(
      new Error(t('board.mirrorElsewhere', { key: card.key, board: `${teamName} · ${boardName}` })),
    );
    return true;
  }

  /** Takes a mirror off this board. The card itself stays as it is. */
  private async unmirror(card: Face): Promise<boolean> {
    const { store, undo } = this.p;
    if (!this.p.canWork()) return false;
    const path = `/cards/${card.id}/mirrors`;
    const text = t('board.unmirrored', { key: card.key });
    const order = store.columnOrder(card.columnId);
    const beforeId = order[order.indexOf(card.id) + 1];
    const sent = api.del(`${path}/${store.boardId}`);
    const entry: Undoable = {
      text,
      back: async () => {
        await sent;
        const where = { boardId: store.boardId, columnId: card.columnId, laneId: card.laneId ?? '' };
        await api.post(path, { ...where, ...(beforeId ? { beforeId } : {}) });
      },
    };
    undo.push(entry);
    announce(text);
    this.undoToast(`archived-${card.id}`, text, entry, ARCHIVED_MS);
    return this.settle(sent, entry);
  }

  async archive(card: Face): Promise<boolean> {
    const { store, undo, ways } = this.p;
    if (card.mirror) return this.unmirror(card);
    if (!this.p.canWork()) return false;
    const text = t('board.archived', { key: card.key });
    const sent = store.quietly(() => store.archive(card.id));
    const entry = ways.archived(card, sent, text);
    undo.push(entry);
    announce(text);
    this.undoToast(`archived-${card.id}`, text, entry, ARCHIVED_MS);
    return this.settle(sent, entry);
  }

  async block(card: Face, fields: BlockFields): Promise<boolean> {
    if (this.elsewhere(card)) return false;
    const { store, undo, ways } = this.p;
    const text = t('board.blockedSaid', { key: card.key });
    const sent = store.quietly(() => store.block(card.id, fields));
    const entry = ways.blocked(card, fields, sent, text);
    undo.push(entry);
    announce(text);
    return this.settle(sent, entry);
  }
  async unblock(card: Face, blockerId: string): Promise<boolean> {
    const { store, undo, ways } = this.p;
    const text = t('board.unblockedSaid', { key: card.key });
    const sent = store.quietly(() => store.unblock(blockerId));
    const entry = ways.unblocked(card, blockerId, sent, text);
    undo.push(entry);
    announce(text);
    return this.settle(sent, entry);
  }

  /** Undefined when it was refused; the sentence has been shown then. */
  async create(columnId: string, fields: NewCard): Promise<Face | undefined> {
    try {
      // a column that asks does so before the card is made
      const column = this.p.store.columns().find((c) => c.id === columnId);
      if (column?.checks?.length && !column.checklist && !fields.checks) {
        const said = await this.p.mover.ask({
          cardKey: t('board.newCardKey'),
          columnId,
          checks: column.checks,
        });
        return said && this.create(columnId, { ...fields, ...said });
      }
      const face = await this.p.store.create(columnId, fields);
      const text = t('board.created', { key: face.key });
      this.p.undo.push(this.p.ways.created(face, text));
      announce(text);
      return face;
    } catch (error) {
      if (asksFirst(error) && !fields.reason) {
        const { returnReason: _, ...more } =
          (await this.p.mover.askFor(error, t('board.newCardKey'), columnId)) ?? {};
        if (Object.keys(more).length === 0) return undefined;
        return this.create(columnId, { ...fields, ...more, checks: { ...fields.checks, ...more.checks } });
      }
      this.refuse(error);
      return undefined;
    }
  }
}
