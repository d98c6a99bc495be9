// One registry binds the keys and documents them: the map behind `?` is made from what is bound right now.
//
// A key is written as
//   'm'            a letter or digit by its place on the keyboard, whatever the layout
//   '?' '/' '.' '[' ']'  a sign by the character it produces
//   'ArrowUp' 'Enter' 'Escape' 'Space' 'Home' 'PageDown' 'Delete' …  a named key
//   'Shift+ArrowUp' 'Ctrl+Shift+ArrowLeft' 'Mod+z'  with modifiers; Mod is Command on a Mac, Control elsewhere
//   'g b'          one key after the other, within 1.2 s

export interface KeyBinding {
  keys: string | readonly string[];
  /** What it does, as the map shows it: "Move to …". */
  label: string;
  /** Return false when there was nothing to do: the key then goes on to the next scope and to the browser. */
  run: (event: KeyboardEvent) => unknown;
  /** The binding sleeps while this says no; the map still shows it. */
  when?: () => boolean;
  /** What it would act on, in words, while there is something; the palette offers it under them. */
  about?: () => string | undefined;
  /** Also while somebody types: for keys that no field knows. */
  inFields?: boolean;
}

export interface KeyScope {
  name: string;
  bindings: readonly KeyBinding[];
  /** A scope that belongs to an open dialog: only these work while the dialog is open. */
  inDialog?: boolean;
}

const scopes: KeyScope[] = [];
const listeners = new Set<() => void>();
let snapshot: readonly KeyScope[] = [];
let singles = true;
let first: { key: string; at: number } | null = null;

const SEQUENCE_MS = 1200;
const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform ?? '');

/** Registers a scope; later scopes are asked first. Returns the way to take it back. */
export function addScope(scope: KeyScope): () => void {
  scopes.push(scope);
  changed();
  return () => {
    const i = scopes.indexOf(scope);
    if (i >= 0) scopes.splice(i, 1);
    changed();
  };
}

function changed() {
  snapshot = [...scopes];
  for (const fn of listeners) fn();
}

export const keyScopes = (): readonly KeyScope[] => snapshot;
export function onScopes(fn: () => void): () => void {
  listeners.add(fn);
  return () => listeners.delete(fn);
}

/** Switches all keys that are a single character, and sequences of them, on or off (WCAG 2.1.4). */
export function setSingleKeys(on: boolean): void {
  singles = on;
  changed();
}

/** The keys of a binding as this person has them. */
export const keysOf = (b: KeyBinding): readonly string[] => [b.keys].flat().map(ownKey);

let own: Readonly<Record<string, string>> = {};
/** Single keys that this person has changed: as they are by default to as they are now. */
export function setOwnKeys(keys: Readonly<Record<string, string>>): void {
  own = keys;
  changed();
}
const ownKey = (key: string): string => own[key] ?? key;

/** Whether a key does anything: not when it is one character and those are switched off. */
export const works = (key: string): boolean => singles || !isSingle(key);

/** How a key that is `m` by default reads for this person: "M", "Ctrl K"; nothing while it does nothing. */
export const hintOf = (key: string): string => (works(key) ? caps(ownKey(key)).join(' ') : '');

/** True when the key types a character, also a capital one: these can be switched off. */
export function isSingle(key: string): boolean {
  return key.split(' ').every((part) => /^(Shift\+)?.$/.test(part));
}

function typing(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('[contenteditable=""],[contenteditable="true"],textarea,select')) return true;
  if (target.closest('[role="menu"],[role="menubar"],[role="listbox"],[role="combobox"]')) return true;
  const input = target.closest('input');
  return !!input && !/^(checkbox|radio|button|submit|reset|range|color|file)$/.test(input.type);
}

const dialogOpen = () => document.querySelector('dialog[open], [aria-modal="true"]') !== null;

/** The name of a pressed key, without modifiers: 'm', 'ArrowUp', '?'. */
function nameOf(e: KeyboardEvent): string {
  if (/^Key[A-Z]$/.test(e.code)) return e.code.slice(3).toLowerCase();
  if (/^Digit\d$/.test(e.code) && !e.shiftKey && /^\d$/.test(e.key)) return e.key;
  if (e.key === ' ' || e.code === 'Space') return 'Space';
  return e.key;
}

/** A pressed key as bindings are written. */
export function pressed(e: KeyboardEvent): string {
  const name = nameOf(e);
  // A sign is what the layout produces: its Shift or AltGr is part of producing it.
  const sign = name.length === 1 && !/[a-z0-9]/.test(name);
  const mods = [];
  if (e.ctrlKey && !(sign && e.altKey)) mods.push('Ctrl');
  if (e.metaKey) mods.push('Meta');
  if (e.altKey && !sign) mods.push('Alt');
  if (e.shiftKey && !sign) mods.push('Shift');
  return [...mods, name].join('+');
}

/** Brings a written key to the form that `pressed` gives. */
function canonical(key: string): string {
  const parts = key.split('+');
  const name = parts.pop() || '+';
  const mods = parts.map((m) => (m === 'Mod' ? (isMac ? 'Meta' : 'Ctrl') : m));
  const order = ['Ctrl', 'Meta', 'Alt', 'Shift'].filter((m) => mods.includes(m));
  return [...order, name].join('+');
}

/** Called for every keydown of the page; exported for tests. */
export function handleKey(e: KeyboardEvent): void {
  if (e.defaultPrevented || e.isComposing || e.keyCode === 229) return;
  if (['Shift', 'Control', 'Alt', 'Meta', 'AltGraph'].includes(e.key)) return;
  const writes = typing(e.target);
  const modal = dialogOpen();
  const key = pressed(e);
  const now = Date.now();
  const start = first && now - first.at < SEQUENCE_MS ? first.key : null;
  first = null;
  const wanted = start ? [`${start} ${key}`, key] : [key];

  for (const want of wanted) {
    for (let i = scopes.length - 1; i >= 0; i--) {
      const scope = scopes[i]!;
      if (modal && !scope.inDialog) continue;
      for (const b of scope.bindings) {
        if (writes && !b.inFields) continue;
        const hit = keysOf(b).some((k) => works(k) && k.split(' ').map(canonical).join(' ') === want);
        if (!hit || (b.when && !b.when())) continue;
        if (b.run(e) === false) continue;
        e.preventDefault();
        return;
      }
    }
  }
  if (!writes && !modal && singles && beginsSequence(key)) {
    first = { key, at: now };
    e.preventDefault();
  }
}

export const beginsSequence = (key: string): boolean =>
  scopes.some((s) => s.bindings.some((b) => keysOf(b).some((k) => k.startsWith(`${key} `))));

const WORDS: Record<string, string> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  Delete: 'Del',
};

/** The caps of a key as people read them: 'Mod+Shift+z' → ['Ctrl', 'Shift', 'Z']; 'g b' → ['G', 'B']. */
export function caps(key: string): string[] {
  return key.split(' ').flatMap((part) => {
    const pieces = part.length > 1 ? part.split('+') : [part];
    return pieces.map((p) => {
      if (p === 'Mod') return isMac ? '⌘' : 'Ctrl';
      return WORDS[p] ?? (p.length === 1 ? p.toUpperCase() : p);
    });
  });
}
