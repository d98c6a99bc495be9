import { ApiError, api, NetworkError } from '../../../lib/api';
import { type Clash, changesOf, faultOf, merged, sameDraft, tidy } from './draft';
import type { Question, Template } from './types';

export interface Kept {
  base: Question[];
  items: Question[];
  version: number;
}
export interface DraftState {
  items: Question[];
  /** Where it is: with the server; on its way; held back because of a question that is not whole; out of reach. */
  at: 'saved' | 'saving' | 'held' | 'away' | 'refused';
  /** The question that holds it back, or what the server said. */
  why?: string;
  clashes: Clash[];
}
interface Options {
  id: string;
  store: { read: () => Kept | undefined; write: (kept: Kept | undefined) => void };
  /** The server has it; its answer. */
  onSaved: (view: Template) => void;
  wait?: number;
}

const WAIT = 700;
const AGAIN = 5_000;

/** What the server holds as the next version: the draft, or the newest version where there is none. */
export const heldBy = (v: Template): Question[] => (v.mayEdit ? v.draft : undefined) ?? v.items;

/**
 * A draft that is saved as it is written. What has not arrived stays in this browser, through a reload too; what
 * somebody else saved meanwhile is put together with it.
 */
export class DraftKeeper {
  private state: DraftState = { items: [], at: 'saved', clashes: [] };
  private base: Question[] = [];
  private version = 0;
  private begun = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> | undefined;
  /** Read while something was on its way. */
  private later: Template | undefined;
  private listeners = new Set<() => void>();

  private o: Options;

  constructor(options: Options) {
    this.o = options;
  }

  watch = (fn: () => void): (() => void) => {
    this.listeners.add(fn);
    return () => this.listeners.delete(fn);
  };
  snapshot = (): DraftState => this.state;

  /** What was read of it anew. An older answer than the one that is known says nothing. */
  serverSays(view: Template): void {
    if (this.begun && view.version <= this.version) return;
    if (this.running) {
      this.later = view;
      return;
    }
    if (!this.begun) {
      const kept = this.o.store.read();
      this.begun = true;
      this.base = kept?.base ?? heldBy(view);
      this.state = { ...this.state, items: kept?.items ?? this.base };
    }
    this.join(view);
    if (this.dirty()) this.soon();
  }

  edit(change: (items: Question[]) => Question[]): void {
    this.set({ items: change(this.state.items), at: 'saving' });
    this.keep();
    this.soon();
  }

  /** The other one's wording after all. */
  settle(clash: Clash, take: boolean): void {
    this.set({ clashes: this.state.clashes.filter((c) => c !== clash) });
    if (take)
      this.edit((items) =>
        items.map((q) =>
          q.key === clash.key ? tidy({ ...q, [clash.field]: clash.theirs[clash.field] }) : q,
        ),
      );
  }

  /** Sends what waits now; true when the server has all of it. */
  async flush(): Promise<boolean> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.running;
    if (this.dirty()) await this.save();
    return this.state.at === 'saved';
  }

  stop(): void {
    void this.flush().finally(() => clearTimeout(this.timer));
    this.listeners.clear();
  }

  private dirty = () => !sameDraft(this.base, this.state.items);

  private set(part: Partial<DraftState>): void {
    this.state = { ...this.state, ...part };
    for (const fn of this.listeners) fn();
  }

  private keep(): void {
    const { items } = this.state;
    this.o.store.write(this.dirty() ? { base: this.base, items, version: this.version } : undefined);
  }

  private soon(wait = this.o.wait ?? WAIT): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), wait);
  }

  /** Puts what the server holds together with what is here. */
  private join(view: Template): void {
    const theirs = heldBy(view);
    const { items, clashes } = this.dirty()
      ? merged(this.base, this.state.items, theirs)
      : { items: theirs, clashes: [] };
    this.base = theirs;
    this.version = view.version;
    this.set({ items, clashes: [...this.state.clashes, ...clashes], at: this.dirty() ? 'saving' : 'saved' });
    this.keep();
  }

  private save(): Promise<void> {
    this.running ??= this.sendAll().finally(() => {
      this.running = undefined;
      if (this.later) this.serverSays(this.later);
      this.later = undefined;
    });
    return this.running;
  }

  private async sendAll(): Promise<void> {
    for (let tries = 0; tries < 4 && this.dirty(); tries++) {
      const sent = this.state.items;
      const bad = sent.find((q) => faultOf(q, sent));
      if (bad) return this.set({ at: 'held', why: bad.key });
      this.set({ at: 'saving', why: undefined });
      try {
        const view = await api.put<Template>(`/checklist-templates/${this.o.id}/draft`, {
          items: sent.map(tidy),
          version: this.version,
        });
        const since = this.state.items;
        this.base = heldBy(view);
        this.version = view.version;
        this.set({ items: since === sent ? this.base : since });
        this.o.onSaved(view);
      } catch (error) {
        if (!(await this.mended(error))) return;
      }
      this.keep();
    }
    if (!this.dirty()) this.set({ at: 'saved', why: undefined });
  }

  /** Reads it anew where somebody else was first; true when it can be sent again. */
  private async mended(error: unknown): Promise<boolean> {
    try {
      if (!(error instanceof ApiError) || error.code !== 'stale') throw error;
      const view = await api.get<Template>(`/checklist-templates/${this.o.id}`);
      this.join(view);
      this.o.onSaved(view);
      return true;
    } catch (e) {
      const away = e instanceof NetworkError || (e instanceof ApiError && e.status >= 500);
      this.set({ at: away ? 'away' : 'refused', why: e instanceof Error ? e.message : String(e) });
      if (away) this.soon(AGAIN);
      return false;
    }
  }
}

export const countOf = (was: readonly Question[], is: readonly Question[]): number => {
  const c = changesOf(was, is);
  return c.items.length + (c.moved ? 1 : 0);
};
