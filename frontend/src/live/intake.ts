import type { BoardEvent } from '../api/types';

/**
 * Events of one topic in the order of their sequence: repeats are dropped, a gap is reported, and what came within
 * one frame is handed on together.
 */
export class Intake {
  /** Last sequence taken in; undefined while there is no snapshot, when everything is turned away. */
  have: number | undefined;
  private queue: BoardEvent[] = [];
  private frame: number | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly apply: (events: BoardEvent[]) => void;
  private readonly gap: () => void;

  constructor(apply: (events: BoardEvent[]) => void, gap: () => void) {
    this.apply = apply;
    this.gap = gap;
  }

  take(event: BoardEvent): void {
    if (this.have === undefined || event.seq <= this.have) return;
    if (event.seq > this.have + 1) {
      this.gap();
      return;
    }
    this.have = event.seq;
    this.queue.push(event);
    if (this.frame !== undefined) return;
    this.frame = requestAnimationFrame(() => this.flush());
    // A hidden tab has no frames.
    this.timer = setTimeout(() => this.flush(), 250);
  }

  flush(): void {
    if (this.frame !== undefined) cancelAnimationFrame(this.frame);
    clearTimeout(this.timer);
    this.frame = undefined;
    const events = this.queue;
    this.queue = [];
    if (events.length) this.apply(events);
  }

  /** A snapshot took the place of the past. */
  restart(seq: number | undefined): void {
    this.queue = [];
    this.have = seq;
  }
}
