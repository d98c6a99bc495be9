import { useEffect, useMemo } from 'react';
import { type KeyBinding, useKeys } from '../../lib/keys';
import { Carry } from './carry';
import type { BoardRoom } from './context';
import { useRoom } from './context';
import { focusCard, seat, stepTo } from './focus';
import { t } from './messages-keys';
import { neighbour, type Step, stepTarget } from './model/place';
import { pullSoon } from './queue';
import { clearSelected, selectTo, toggleSelected } from './select';
import { isOpenAsk } from './triage/open';
import type { CardMenu } from './ui-state';

/** The card with the focus. */
const focused = (): string | undefined =>
  document.activeElement?.closest<HTMLElement>('[data-card]')?.dataset.card;

/** The card under the pointer, unless the focus is on something else than the board. */
function hovered(): string | undefined {
  const active = document.activeElement;
  const free =
    !active || active === document.body || active.tagName === 'MAIN' || active.closest('[data-board]');
  return free ? document.querySelector<HTMLElement>('[data-card]:hover')?.dataset.card : undefined;
}

function anchorOf(id: string): { x: number; y: number } {
  const el = document.querySelector(`[data-card="${CSS.escape(id)}"]`);
  const r = el?.getBoundingClientRect();
  return r ? { x: r.left + 16, y: Math.min(r.bottom, window.innerHeight - 40) } : { x: 200, y: 200 };
}

const ARROWS: [string, 'up' | 'down' | 'left' | 'right'][] = [
  ['ArrowUp', 'up'],
  ['ArrowDown', 'down'],
  ['ArrowLeft', 'left'],
  ['ArrowRight', 'right'],
];
const FAR: Record<string, Step> = { up: 'first', down: 'last', left: 'farLeft', right: 'farRight' };

class Keys {
  private readonly room: BoardRoom;
  readonly hand: Carry;

  constructor(room: BoardRoom) {
    this.room = room;
    this.hand = new Carry(room);
  }

  /** The card that a key is about: the one with the focus, the one under the pointer, the open one. */
  private subject(): string | undefined {
    return focused() ?? hovered() ?? this.opened();
  }

  private opened(): string | undefined {
    const { card } = this.room.search();
    return card ? this.room.store.cardByKey(card)?.id : undefined;
  }

  /** What the palette offers actions for: what is selected, else the card with the focus, else the open one. */
  about(many: boolean): string | undefined {
    const { ui, store, canWork } = this.room;
    if (!canWork()) return undefined;
    const n = ui.getState().selected.size;
    if (many && n > 0) return t('board.aboutMany', { n });
    const id = focused() ?? this.opened();
    const card = id ? store.card(id) : undefined;
    return card && t('board.aboutOne', { key: card.key, title: card.title });
  }

  arrow(dir: 'up' | 'down' | 'left' | 'right' | 'home' | 'end'): boolean {
    const { view, ui } = this.room;
    if (ui.getState().grab) {
      const step = dir === 'home' ? 'first' : dir === 'end' ? 'last' : dir;
      this.carry(step);
      return true;
    }
    const id = focused();
    if (!id) {
      // No card has the focus yet: the first arrow goes to the one that Tab would reach.
      const first = ui.getState().focusId;
      if (document.activeElement !== document.body || !first) return false;
      focusCard(this.room, first);
      return true;
    }
    const spot = view.spotOf(id);
    const next = spot && neighbour(view, spot, id, dir);
    if (!next) return false;
    stepTo(this.room, next);
    return true;
  }

  space(): boolean {
    if (this.room.ui.getState().grab) {
      void this.hand.drop();
      return true;
    }
    const id = focused();
    return !!id && this.hand.pickUp(id, 'board.pickedUp');
  }

  private carry(step: Step): void {
    const { ui, view } = this.room;
    const { grab } = ui.getState();
    const target = grab && stepTarget(view, grab.target, grab.id, step);
    if (!target) return;
    this.hand.to(target);
    focusCard(this.room, grab.id);
  }

  shove(step: Step): boolean {
    const { ui, view, mover, canWork } = this.room;
    if (ui.getState().grab) {
      this.carry(step);
      return true;
    }
    const id = focused();
    const spot = id && canWork() ? view.spotOf(id) : undefined;
    const target = id && spot ? stepTarget(view, spot, id, step) : undefined;
    if (!id || !target) return false;
    void mover.move(id, target).then(() => seat(this.room, id));
    focusCard(this.room, id);
    return true;
  }

  menu(kind: CardMenu): boolean {
    const { ui, canWork } = this.room;
    if (kind !== 'card' && ui.getState().selected.size > 0) {
      ui.setState({ bulk: kind });
      return true;
    }
    const id = this.subject();
    if (!id || !canWork()) return false;
    ui.setState({ focusId: id, menu: { kind, id, at: anchorOf(id) } });
    return true;
  }

  with(run: (card: import('../../api/types').Face) => void): boolean {
    const { store, canWork } = this.room;
    const id = this.subject();
    const card = id && canWork() ? store.card(id) : undefined;
    if (!card) return false;
    run(card);
    return true;
  }

  select(to: boolean): boolean {
    const id = this.subject();
    if (!id || !this.room.canWork()) return false;
    if (to) selectTo(this.room, id);
    else toggleSelected(this.room, id);
    return true;
  }

  archive(): boolean {
    const { ui, actions } = this.room;
    if (ui.getState().selected.size === 0) return this.with((c) => void actions.archive(c));
    void import('./bulk/bulk').then(({ archiveAll }) => archiveAll(this.room));
    return true;
  }

  /** The three answers to an ask; on any other card their keys do nothing. */
  onAsk(verb: 'accept' | 'decline' | 'question'): boolean {
    return this.with((card) => {
      if (!isOpenAsk(card)) return;
      if (verb === 'accept') void import('./triage/triage').then((m) => m.accept(this.room, card));
      else this.room.ui.setState({ dialog: { kind: 'triage', id: card.id, verb } });
    });
  }

  aboutAsk(): string | undefined {
    const id = focused() ?? this.opened();
    const card = id ? this.room.store.card(id) : undefined;
    return card && isOpenAsk(card) ? this.about(false) : undefined;
  }

  newCard(): boolean {
    const { ui, view, store, canWork } = this.room;
    if (!canWork()) return false;
    const id = this.subject() ?? ui.getState().focusId ?? undefined;
    const spot = id ? view.spotOf(id) : undefined;
    const columns = store.columns();
    // In the focused column; in Done a new card makes no sense, so it goes to the first one.
    const own = columns.find((c) => c.id === spot?.columnId && c.kind !== 'done');
    const columnId = own?.id ?? columns[0]?.id;
    if (!columnId) return false;
    const row = own && spot && !spot.strip ? spot.row : (view.rowIds[0] ?? '*');
    ui.setState({ draft: { columnId, row } });
    return true;
  }
}

/** All keys of the board, in one list: what is bound here is what the map behind `?` shows. */
export function useBoardKeys(scroller: HTMLElement | null): void {
  const room = useRoom();
  const k = useMemo(() => new Keys(room), [room]);
  const { ui, actions, mover } = room;
  const one = () => k.about(false);
  const many = () => k.about(true);
  const ask = () => k.aboutAsk();
  const bindings: KeyBinding[] = [
    ...ARROWS.map(([key, dir]) => ({ keys: key, label: t(`board.key.${dir}`), run: () => k.arrow(dir) })),
    { keys: 'Home', label: t('board.key.home'), run: () => k.arrow('home') },
    { keys: 'End', label: t('board.key.end'), run: () => k.arrow('end') },
    { keys: 'Space', label: t('board.key.space'), run: () => k.space() },
    { keys: 'Escape', label: t('board.key.escape'), run: () => k.hand.cancel() || clearSelected(room) },
    ...ARROWS.map(([key, dir]) => ({
      keys: `Shift+${key}`,
      label: t(`board.key.shift.${dir}`),
      run: () => k.shove(dir),
    })),
    ...ARROWS.map(([key, dir]) => ({
      keys: `Ctrl+Shift+${key}`,
      label: t(`board.key.far.${dir}`),
      run: () => k.shove(FAR[dir]!),
    })),
    { keys: 'm', label: t('board.key.move'), about: many, run: () => k.menu('move') },
    { keys: '.', label: t('board.key.menu'), about: one, run: () => k.menu('card') },
    { keys: 'a', label: t('board.key.assign'), about: many, run: () => k.menu('assign') },
    { keys: 'l', label: t('board.key.labels'), about: many, run: () => k.menu('labels') },
    { keys: 'i', label: t('board.key.me'), about: one, run: () => k.with((c) => void actions.toggleMe(c)) },
    {
      keys: 'e',
      label: t('board.key.expedite'),
      about: one,
      run: () => k.with((c) => void actions.toggleExpedite(c)),
    },
    {
      keys: 'b',
      label: t('board.key.block'),
      about: one,
      run: () => k.with((c) => ui.setState({ dialog: { kind: 'block', id: c.id } })),
    },
    { keys: 'y', label: t('board.key.accept'), about: ask, run: () => k.onAsk('accept') },
    { keys: 'n', label: t('board.key.decline'), about: ask, run: () => k.onAsk('decline') },
    { keys: 'q', label: t('board.key.askBack'), about: ask, run: () => k.onAsk('question') },
    {
      keys: 't',
      label: t('board.key.title'),
      about: one,
      run: () => k.with((c) => ui.setState({ editing: c.id })),
    },
    {
      keys: ['#', 'Delete'],
      label: t('board.key.archive'),
      about: many,
      run: () => k.archive(),
    },
    { keys: 'p', label: t('board.key.pull'), when: room.canWork, run: () => pullSoon(room) },
    { keys: 'x', label: t('board.key.select'), about: one, run: () => k.select(false) },
    { keys: 'Shift+x', label: t('board.key.selectTo'), about: one, run: () => k.select(true) },
    { keys: 'c', label: t('board.key.new'), when: room.canWork, run: () => k.newCard() },
    { keys: 'f', label: t('board.key.filter'), run: () => ui.setState({ filterOpen: true }) },
    {
      keys: 'Mod+z',
      label: t('board.key.undo'),
      when: () => !!room.undo.last() || !room.undo.idle(),
      run: () => void mover.runUndo(),
    },
    {
      keys: ['Mod+Shift+z', 'Mod+y'],
      label: t('board.key.redo'),
      when: () => !!room.undo.lastUndone() || !room.undo.idle(),
      run: () => void mover.runRedo(),
    },
  ];
  useKeys(t('board.keysTitle'), bindings);

  // A card in hand is put back when the board loses the focus altogether: nobody carries what they cannot see.
  useEffect(() => {
    if (!scroller) return;
    const onBlur = () => document.hidden && k.hand.cancel();
    document.addEventListener('visibilitychange', onBlur);
    return () => document.removeEventListener('visibilitychange', onBlur);
  }, [scroller, k]);
}
