/** One thing that this person did at this page and may take back. */
export interface Undoable {
  /** "TRS-12 moved to Build", for the button's name. */
  text: string;
  /** Takes it back. Rejects when somebody changed it since. */
  back: () => Promise<unknown>;
  /** The toast that offers it; gone when it was taken back by another way. */
  toast?: string;
}

const DEPTH = 50;

/** Own actions of this visit, newest last: moves, archiving, changed fields. Each is taken back once. */
export class UndoList {
  private entries: readonly Undoable[] = [];
  private readonly listeners = new Set<() => void>();

  push(entry: Undoable): void {
    this.entries = [...this.entries.slice(1 - DEPTH), entry];
    this.tell();
  }

  /** It was refused after all, so there is nothing to take back. */
  drop(entry: Undoable): void {
    if (!this.entries.includes(entry)) return;
    this.entries = this.entries.filter((e) => e !== entry);
    this.tell();
  }

  last = (): Undoable | undefined => this.entries.at(-1);

  async run(entry: Undoable | undefined = this.last()): Promise<Undoable | undefined> {
    if (!entry || !this.entries.includes(entry)) return undefined;
    this.drop(entry);
    await entry.back();
    return entry;
  }

  subscribe = (fn: () => void): (() => void) => {
    this.listeners.add(fn);
    return () => this.listeners.delete(fn);
  };
  private tell(): void {
    for (const fn of this.listeners) fn();
  }
}
