import { Carry } from './carry';
import type { BoardRoom } from './context';
import type { Spot, Target } from './model/place';

// A finger that rests on a card lifts it; one that moves before that scrolls the page, and nothing of this happens.

const HOLD_MS = 300;
const SLOP = 8;
/** How long a carried card has to be held over something that can be pressed, such as another column's name. */
const DWELL_MS = 450;
const EDGE = 64;
const SCROLL_PX = 9;

interface Point {
  x: number;
  y: number;
}

/** Lets cards be lifted by a long press until the answer is called. */
export function liftByFinger(scroller: HTMLElement, room: BoardRoom): () => void {
  const hand = new Hand(scroller, room);
  const start = (e: TouchEvent) => hand.start(e);
  // It is known before a touch begins that it may have to be kept from scrolling.
  const nothing = () => {};
  scroller.addEventListener('touchstart', start, { passive: true });
  scroller.addEventListener('touchmove', nothing, { passive: false });
  return () => {
    hand.stop();
    scroller.removeEventListener('touchstart', start);
    scroller.removeEventListener('touchmove', nothing);
  };
}

class Hand {
  private readonly scroller: HTMLElement;
  private readonly room: BoardRoom;
  private readonly carry: Carry;
  private id = '';
  private from: Point = { x: 0, y: 0 };
  private at: Point = { x: 0, y: 0 };
  private moved = false;
  private ghost: HTMLElement | undefined;
  private off: (() => void) | undefined;
  private holding: ReturnType<typeof setTimeout> | undefined;
  private dwelling: { on: Element; timer: ReturnType<typeof setTimeout> } | undefined;
  private frame = 0;

  constructor(scroller: HTMLElement, room: BoardRoom) {
    this.scroller = scroller;
    this.room = room;
    this.carry = new Carry(room);
  }

  start(e: TouchEvent): void {
    if (this.off) {
      this.stop(); // a second finger
      return;
    }
    const on = e.target as HTMLElement;
    const card = on.closest<HTMLElement>('[data-card]');
    const touch = e.touches[0];
    if (!card || !touch || e.touches.length > 1 || on.closest('button, input, textarea')) return;
    this.id = card.dataset.card ?? '';
    this.from = this.at = { x: touch.clientX, y: touch.clientY };
    this.moved = false;
    this.holding = setTimeout(() => this.lift(card), HOLD_MS);
    // The card is drawn anew in every place it passes; the touch goes on with the element that it began on.
    const move = (m: TouchEvent) => this.move(m);
    const end = (m: TouchEvent) => this.end(m);
    const cancel = () => this.stop();
    on.addEventListener('touchmove', move, { passive: false });
    on.addEventListener('touchend', end);
    on.addEventListener('touchcancel', cancel);
    this.off = () => {
      on.removeEventListener('touchmove', move);
      on.removeEventListener('touchend', end);
      on.removeEventListener('touchcancel', cancel);
    };
  }

  private get lifted(): boolean {
    return this.ghost !== undefined;
  }

  private lift(card: HTMLElement): void {
    const box = card.getBoundingClientRect();
    const ghost = card.cloneNode(true) as HTMLElement;
    if (!this.carry.pickUp(this.id, 'board.lifted')) {
      this.stop();
      return;
    }
    for (const el of [ghost, ...ghost.querySelectorAll('[data-link]')]) {
      el.removeAttribute('data-card');
      el.removeAttribute('data-link');
    }
    ghost.inert = true;
    ghost.setAttribute('data-ghost', '');
    Object.assign(ghost.style, { left: `${box.left}px`, top: `${box.top}px`, width: `${box.width}px` });
    (document.getElementById('portals') ?? document.body).append(ghost);
    this.ghost = ghost;
    navigator.vibrate?.(12);
  }

  private move(e: TouchEvent): void {
    const touch = e.touches[0];
    if (!touch) return;
    this.at = { x: touch.clientX, y: touch.clientY };
    const far = Math.hypot(this.at.x - this.from.x, this.at.y - this.from.y) > SLOP;
    if (!this.lifted) {
      if (far) this.stop();
      return;
    }
    if (e.cancelable) e.preventDefault();
    this.moved ||= far;
    if (!this.ghost || !this.moved) return;
    this.ghost.style.translate = `${this.at.x - this.from.x}px ${this.at.y - this.from.y}px`;
    this.look();
    if (!this.frame) this.scroll();
  }

  /** What is under the finger: a place for the card, or something that opens when it is held over it. */
  private look(): void {
    const under = document.elementFromPoint(this.at.x, this.at.y);
    const opens = under?.closest('[data-dwell]') ?? null;
    if (this.dwelling?.on !== opens) {
      clearTimeout(this.dwelling?.timer);
      this.dwelling = opens
        ? { on: opens, timer: setTimeout(() => (opens as HTMLElement).click(), DWELL_MS) }
        : undefined;
    }
    const target = under && this.targetIn(under);
    const now = this.room.ui.getState().grab?.target;
    if (target && now && !sameTarget(target, now)) this.carry.to(target);
  }

  private targetIn(under: Element): Target | undefined {
    const cell = under.closest<HTMLElement>('[data-cell]');
    if (!cell || under.closest(`[data-card="${CSS.escape(this.id)}"]`)) return undefined;
    const [columnId = '', row = ''] = cell.dataset.cell?.split('|') ?? [];
    const strip = 'strip' in cell.dataset;
    const spot: Spot = { columnId, row: strip ? '' : row, strip };
    const ids = this.room.view.cell(spot);
    const own = ids.indexOf(this.id);
    const others = (i: number) => i - (own >= 0 && own < i ? 1 : 0);
    for (const li of cell.querySelectorAll<HTMLElement>('li[data-index]')) {
      const i = Number(li.dataset.index);
      const box = li.getBoundingClientRect();
      if (i !== own && this.at.y < box.top + box.height / 2) return { ...spot, index: others(i) };
    }
    return { ...spot, index: others(ids.length) };
  }

  /** Held near an edge, the board goes on under the card. */
  private scroll(): void {
    const box = this.scroller.getBoundingClientRect();
    const pull = (at: number, low: number, high: number) =>
      at < low + EDGE && at > low ? -SCROLL_PX : at > high - EDGE && at < high ? SCROLL_PX : 0;
    const y = pull(this.at.y, box.top, box.bottom);
    const x = pull(this.at.x, box.left, box.right);
    this.frame = 0;
    if (!this.lifted || (!x && !y)) return;
    this.scroller.scrollBy(x, y);
    this.look();
    this.frame = requestAnimationFrame(() => this.scroll());
  }

  private end(e: TouchEvent): void {
    if (!this.lifted) {
      this.stop();
      return;
    }
    // no click follows
    if (e.cancelable) e.preventDefault();
    const { id, from, moved } = this;
    const on = document.elementFromPoint(this.at.x, this.at.y);
    if (moved && on && this.scroller.contains(on)) void this.carry.drop();
    this.stop();
    if (!moved) this.room.ui.setState({ focusId: id, menu: { kind: 'card', id, at: from } });
  }

  /** Lets go of everything; a card that is still in the hand goes back. */
  stop(): void {
    clearTimeout(this.holding);
    clearTimeout(this.dwelling?.timer);
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.dwelling = undefined;
    this.off?.();
    this.off = undefined;
    if (!this.ghost) return;
    this.ghost.remove();
    this.ghost = undefined;
    this.carry.cancel();
  }
}

const sameTarget = (a: Target, b: Target): boolean =>
  a.columnId === b.columnId && a.row === b.row && a.strip === b.strip && a.index === b.index;
