import type { Op } from './ops';

/** Keeps changes that wait across reloads. Every method is safe to call when storage is refused by the browser. */
export interface OpStorage {
  put(op: Op): void;
  remove(key: string): void;
  /** Takes over the changes of this person whose tab is gone; they carry `tab` afterwards. */
  claim(personId: string, tab: string): Promise<Op[]>;
  /** Says that this tab lives, until `leave`. */
  enter(tab: string): void;
  leave(tab: string): void;
}

const PREFIX = 'trestle.op.';
const LEASE = 'trestle.tab.';
const BEAT = 2_000;
/** A hidden tab's timers run once a minute at worst. */
const DEAD = 75_000;

/**
 * IndexedDB is the home; localStorage is written first because it is there before the page can be closed, and
 * is cleared when the home has it. Without IndexedDB it is the home. A tab's lease is a time in localStorage:
 * Web Locks need a secure context. Two tabs that both take a change over send the same key: the server acts once.
 */
export class BrowserStorage implements OpStorage {
  private db: Promise<IDBDatabase | undefined> | undefined;
  private beat: ReturnType<typeof setInterval> | undefined;

  put(op: Op): void {
    const key = PREFIX + op.key;
    const text = JSON.stringify(op);
    const journal = write(key, text);
    void this.run('readwrite', (store) => store.put(JSON.parse(text))).then((ok) => {
      if (ok && journal && read(key) === text) drop(key);
    });
  }

  remove(key: string): void {
    drop(PREFIX + key);
    void this.run('readwrite', (store) => store.delete(key));
  }

  async claim(personId: string, tab: string): Promise<Op[]> {
    const found = new Map<string, Op>();
    const mine = (op: Op) => op.personId === personId && (op.tab === tab || !alive(op.tab));
    await this.run('readwrite', (store) => {
      const all = store.getAll();
      all.onsuccess = () => {
        for (const op of all.result as Op[]) {
          if (!mine(op)) continue;
          if (op.tab !== tab) store.put({ ...op, tab });
          op.tab = tab;
          found.set(op.key, op);
        }
      };
      return all;
    });
    for (const key of keys(PREFIX)) {
      const op = parse(read(key));
      if (!op || !mine(op)) continue;
      op.tab = tab;
      found.set(op.key, op);
      this.put(op);
    }
    return [...found.values()].sort((a, b) => a.n - b.n);
  }

  enter(tab: string): void {
    write(LEASE + tab, String(Date.now()));
    clearInterval(this.beat);
    this.beat = setInterval(() => write(LEASE + tab, String(Date.now())), BEAT);
    for (const key of keys(LEASE)) if (!alive(key.slice(LEASE.length))) drop(key);
  }

  leave(tab: string): void {
    clearInterval(this.beat);
    drop(LEASE + tab);
  }

  private open(): Promise<IDBDatabase | undefined> {
    this.db ??= new Promise((resolve) => {
      try {
        const req = indexedDB.open('trestle-outbox', 1);
        req.onupgradeneeded = () => req.result.createObjectStore('ops', { keyPath: 'key' });
        req.onsuccess = () => resolve(req.result);
        req.onerror = () => resolve(undefined);
        req.onblocked = () => resolve(undefined);
      } catch {
        resolve(undefined);
      }
    });
    return this.db;
  }

  /** True when the transaction is on disk. */
  private async run(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest): Promise<boolean> {
    const db = await this.open();
    if (!db) return false;
    return new Promise((resolve) => {
      try {
        const tx = db.transaction('ops', mode);
        tx.oncomplete = () => resolve(true);
        tx.onabort = tx.onerror = () => resolve(false);
        work(tx.objectStore('ops'));
      } catch {
        resolve(false);
      }
    });
  }
}

function alive(tab: string): boolean {
  const at = Number(read(LEASE + tab));
  return at > 0 && Date.now() - at < DEAD;
}

// localStorage may throw: full, switched off, or a file page.
function write(key: string, value: string): boolean {
  try {
    localStorage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}
function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
function drop(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // nothing was there
  }
}
function keys(prefix: string): string[] {
  try {
    return Array.from({ length: localStorage.length }, (_, i) => localStorage.key(i)!).filter((k) =>
      k.startsWith(prefix),
    );
  } catch {
    return [];
  }
}
function parse(text: string | null): Op | undefined {
  try {
    return text ? (JSON.parse(text) as Op) : undefined;
  } catch {
    return undefined;
  }
}
