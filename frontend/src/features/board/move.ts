import type { CardClass, Face, Says } from '../../api/types';
import { announce } from '../../lib/announce';
import { ApiError } from '../../lib/api';
import { closeToast, toast } from '../../lib/notify';
import type { BoardStore, MoveTo } from '../../live/types';
import { asksFirst, limitAsked, listAskOf } from '../../ui/entry-list';
import { seat } from './focus';
import { t } from './messages';
import { crossing } from './model/groups';
import { type Anchor, anchorAt, type Target } from './model/place';
import type { ReasonAnswer, ReasonAsk, UiStore } from './ui-state';
import { ChangedSince, type Undoable, type UndoList, type Ways } from './undo';
import { checksFor, isFinish, listFor, verdictsFor, verdictText } from './verdicts';
import { type BoardView, inStrip } from './view';
import { className, rowSaid } from './words';

interface Parts {
  store: BoardStore;
  view: BoardView;
  ui: UiStore;
  undo: UndoList;
  ways: Ways;
  canWork: () => boolean;
}

/** What is asked before a card may go where it shall. */
type Question = Omit<ReasonAsk, 'kind' | 'columnName' | 'policy'> & {
  columnId?: string;
  /** What is entered when it is no column. */
  scope?: string;
};

/** A move that has been thought through: what to send, and what to put back if it is refused. */
interface Plan {
  card: Face;
  to: MoveTo;
  /** What the card said before, when the row stands for something it says. */
  back?: Says;
  /** "Owner Bo Lind": what the row makes of it. */
  row?: string;
  target: Target;
  columnName: string;
}

/**
 * The one way in which a card moves on this page. Dragging, the keyboard and the menu all end here, so that they ask
 * the same questions, say the same sentence and can be undone in the same way. The server decides; what is asked
 * before only saves a round trip.
 */
export class Mover {
  private readonly p: Parts;

  constructor(parts: Parts) {
    this.p = parts;
  }

  /** Resolves when the move was sent and answered, or was not made; true = the card is at its target. */
  async move(id: string, target: Target): Promise<boolean> {
    const plan = await this.plan(id, target);
    if (!plan) return false;
    const answered = await this.askAhead(plan);
    if (!answered) return this.cancelled(plan.card);
    return this.send(plan, answered);
  }

  /** Works out lane, changed field and class from where the card was let go; undefined = nothing to do or refused. */
  private async plan(id: string, target: Target): Promise<Plan | undefined> {
    const { store, view } = this.p;
    const card = store.card(id);
    const column = store.columns().find((c) => c.id === target.columnId);
    if (!card || !column || !this.p.canWork()) return undefined;
    if (card.mirror && target.strip) {
      this.refuse(t('board.mirrorStrip', { board: card.mirror.boardName }), card);
      return undefined;
    }
    const cross = target.strip ? ({ kind: 'same' } as const) : crossing(view.by(), card, target.row);
    if (card.mirror && cross.kind !== 'same' && cross.kind !== 'lane') {
      // What a row stands for is said of the card on its own board.
      this.refuse(t('board.mirrorRow', { board: card.mirror.boardName }), card);
      return undefined;
    }
    const leavesStrip = inStrip(card) && !target.strip && !isFinish(store, target.columnId);
    if (cross.kind === 'refused' && !(leavesStrip && cross.why === 'expedite')) {
      this.refuse(t(`board.cross.${cross.why}`), card);
      return undefined;
    }
    const anchor = this.anchor(id, target);
    const to: MoveTo = { columnId: target.columnId, ...anchor };
    if (cross.kind === 'lane') to.laneId = cross.laneId;
    if (cross.kind === 'class') to.cls = cross.cls;
    if (cross.kind === 'set') to.set = cross.set;
    if (target.strip && card.class !== 'expedite') to.cls = 'expedite';
    if (leavesStrip) {
      const cls = await this.askClass(card, view.by() === 'class' ? target.row : undefined);
      if (!cls) {
        this.cancelled(card);
        return undefined;
      }
      to.cls = cls;
    }
    if (cross.kind === 'same' && !to.cls && this.standsThere(card, target)) return undefined;
    const row = cross.kind === 'same' ? undefined : rowSaid(view, target.row);
    const back = cross.kind === 'set' ? cross.back : undefined;
    return { card, to, back, row, target, columnName: column.name };
  }

  private anchor(id: string, target: Target): Anchor {
    const { store, view } = this.p;
    const column = store.columns().find((c) => c.id === target.columnId);
    // A done column is drawn newest first: where exactly something was let go means nothing there.
    if (column?.kind === 'done') return {};
    const shown = view.cell(target).filter((x) => x !== id);
    return anchorAt(shown, store.columnOrder(target.columnId), target.index, id);
  }

  private standsThere(card: Face, target: Target): boolean {
    if (card.columnId !== target.columnId) return false;
    const { store, view } = this.p;
    if (store.columns().find((c) => c.id === card.columnId)?.kind === 'done') return true;
    return view.cell(target).indexOf(card.id) === target.index;
  }

  private askClass(card: Face, row: string | undefined): Promise<CardClass | undefined> {
    if (row === 'fixed_date' || row === 'standard' || row === 'intangible') return Promise.resolve(row);
    return new Promise((resolve) =>
      this.p.ui.setState({
        dialog: {
          kind: 'class',
          cardKey: card.key,
          answer: (c) => {
            this.p.ui.setState({ dialog: null });
            resolve(c);
          },
        },
      }),
    );
  }

  /** Asks for what is known to be wanted: a reason over a `reason` limit, why a card goes back, a column's checks. */
  private async askAhead(plan: Plan): Promise<ReasonAnswer | undefined> {
    const { store, view } = this.p;
    const over = verdictsFor(store, plan.card, plan.target, view.by() === 'lanes').find(
      (v) => v.tone === 'ask' && v.scope !== 'checks',
    );
    const ids = store.columns().map((c) => c.id);
    const back = !plan.card.mirror && ids.indexOf(plan.to.columnId) < ids.indexOf(plan.card.columnId);
    const checks = checksFor(store, plan.card, plan.to.columnId);
    // where a checklist is asked for too, the server asks for everything at once
    if (listFor(store, plan.card, plan.to.columnId) || (!over && !back && !checks.length)) return {};
    const limit = over ? verdictText(over) : undefined;
    return this.ask({ cardKey: plan.card.key, columnId: plan.to.columnId, limit, back, checks });
  }

  /** Opens the question; undefined = the person thought better of it. */
  ask({ columnId, scope = '', ...what }: Question): Promise<ReasonAnswer | undefined> {
    const column = this.p.store.columns().find((c) => c.id === columnId);
    return new Promise((resolve) =>
      this.p.ui.setState({
        dialog: {
          kind: 'reason',
          columnName: column?.name ?? scope,
          policy: column?.policy,
          ...what,
          answer: (a) => {
            this.p.ui.setState({ dialog: null });
            resolve(a);
          },
        },
      }),
    );
  }

  /** Asks what a refusal said that is wanted. */
  askFor(
    error: ApiError,
    cardKey: string,
    columnId?: string,
    cardId?: string,
  ): Promise<ReasonAnswer | undefined> {
    const { needs = [], checks } = error.extra;
    const limit = limitAsked(error);
    const list = listAskOf(error, cardId);
    const scope = error.extra.limit?.name;
    return this.ask({ cardKey, columnId, scope, limit, back: needs.includes('return'), checks, list });
  }

  private async send(plan: Plan, answer: ReasonAnswer): Promise<boolean> {
    const { store, undo, ways } = this.p;
    const { card, back } = plan;
    const to = { ...plan.to, ...answer };
    const sent = store.quietly(() => store.move(card.id, to));
    const text = this.say(plan);
    const said = `moved-${card.id}`;
    const entry = ways.moved(card, to, sent, text, back);
    entry.toast = said;
    undo.push(entry);
    toast({
      id: said,
      text: classText(plan) ?? toastText(plan),
      action: {
        label: t('board.undo'),
        run: () => void this.runUndo(entry).then(() => seat(this.p, card.id)),
      },
    });
    try {
      await sent;
      return true;
    } catch (error) {
      undo.drop(entry);
      closeToast(said);
      return this.refused(plan, answer, error);
    }
  }

  /** "TRS-12 moved to Build, position 2 of 7": the same words whichever way it was done. */
  private say(plan: Plan): string {
    const { store, view } = this.p;
    view.settle();
    const other = classText(plan);
    if (other) {
      announce(other);
      return other;
    }
    const spot = view.spotOf(plan.card.id);
    const list = spot ? view.cell(spot) : store.columnOrder(plan.to.columnId);
    const moved = t('board.moved', {
      key: plan.card.key,
      column: plan.columnName,
      n: list.indexOf(plan.card.id) + 1,
      of: list.length,
    });
    const text = plan.row ? `${moved}. ${plan.row}` : moved;
    announce(text);
    return text;
  }

  /** Takes one own action back and says so; the newest one when none is given. */
  async runUndo(entry?: Undoable): Promise<void> {
    try {
      const own = entry ?? this.p.undo.last();
      if (own?.toast) closeToast(own.toast);
      const done = await this.p.undo.run(own);
      if (done) announce(t('board.undone', { what: done.text }));
    } catch (error) {
      this.refuse(this.whyNot(error));
    }
  }

  /** Does again what was taken back last. */
  async runRedo(): Promise<void> {
    try {
      const done = await this.p.undo.redo();
      if (done) announce(t('board.redone', { what: done.text }));
    } catch (error) {
      this.refuse(this.whyNot(error));
    }
  }

  private whyNot(error: unknown): string {
    if (error instanceof ChangedSince) return error.message;
    const key = error instanceof ApiError ? error.extra.current?.key : undefined;
    if (key && (error as ApiError).code === 'stale') return t('board.changedSinceBy', { key });
    return sentence(error);
  }

  private async refused(plan: Plan, answer: ReasonAnswer, error: unknown): Promise<boolean> {
    const code = error instanceof ApiError ? error.code : '';
    if (asksFirst(error)) {
      const more = await this.askFor(error, plan.card.key, plan.to.columnId, plan.card.id);
      if (!more) return this.cancelled(plan.card);
      const checks = { ...answer.checks, ...more.checks };
      return this.send(plan, { ...answer, ...more, checks });
    }
    if (code === 'stale') this.refuse(t('board.stale', { key: plan.card.key }), plan.card);
    else this.refuse(sentence(error), plan.card);
    return false;
  }

  private refuse(why: string, card?: Face): void {
    const text = card ? t('board.stays', { key: card.key, why }) : why;
    announce(text);
    toast({ text, tone: 'bad', stay: 9000 });
  }

  private cancelled(card: Face): false {
    announce(t('board.moveCancelled', { key: card.key }));
    return false;
  }
}

/** "PAY-12 moved to Build · Owner Bo Lind", or what the row made of it where the column stayed. */
function toastText({ card, to, row, columnName }: Plan): string {
  if (row && to.columnId === card.columnId) return `${card.key} · ${row}`;
  const moved = t('board.movedToast', { key: card.key, column: columnName });
  return row ? `${moved} · ${row}` : moved;
}

/** Into the strip or out of it without leaving the column: what changed is the class. */
function classText({ card, to }: Plan): string | undefined {
  if (!to.cls || to.columnId !== card.columnId || (to.cls !== 'expedite' && !inStrip(card))) return undefined;
  return to.cls === 'expedite'
    ? t('board.nowExpedite', { key: card.key })
    : t('board.leftExpedite', { key: card.key, name: className(to.cls) });
}

export const sentence = (error: unknown): string =>
  error instanceof ApiError ? error.detail : error instanceof Error ? error.message : String(error);
