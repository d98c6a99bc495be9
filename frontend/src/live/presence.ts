import type { At } from '../api/types';

const GAP = 1_000;
const IDLE = 8_000;

/**
 * Says where this person is: at once, then at most once a second. "Is editing" runs out by itself when nothing
 * is typed for eight seconds, so that a forgotten field does not hold a card.
 */
export class PresenceSender {
  private where: At = {};
  private sent = '{}';
  private sentAt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private idle: ReturnType<typeof setTimeout> | undefined;
  private readonly send: (at: At) => boolean;

  constructor(send: (at: At) => boolean) {
    this.send = send;
  }

  at(where: At): void {
    this.where = where.cardId ? { cardId: where.cardId, ...(where.editing ? { editing: true } : {}) } : {};
    clearTimeout(this.idle);
    if (this.where.editing) this.idle = setTimeout(() => this.at({ cardId: this.where.cardId }), IDLE);
    this.flush();
  }

  /** After a reconnect the server knows nothing. */
  again(): void {
    this.sent = '{}';
    this.flush();
  }

  stop(): void {
    clearTimeout(this.timer);
    clearTimeout(this.idle);
    this.timer = undefined;
  }

  private flush(): void {
    if (this.timer) return;
    const text = JSON.stringify(this.where);
    if (text === this.sent) return;
    const wait = this.sentAt + GAP - Date.now();
    if (wait > 0) {
      this.timer = setTimeout(() => {
        this.timer = undefined;
        this.flush();
      }, wait);
      return;
    }
    if (!this.send(this.where)) return; // not connected: `again` says it then
    this.sent = text;
    this.sentAt = Date.now();
  }
}
