import { type KeyBinding, keyScopes, keysOf } from '../../lib/keys';
import { isSingle } from '../../lib/keys/keys';

/** Something that a key does on this page, offered by its name. */
export interface Command {
  label: string;
  keys: readonly string[];
  /** What it would act on: "CHK-12 Retry the ledger", "3 selected cards"; nothing = the page. */
  about?: string;
  /** To another page. */
  leads: boolean;
  run: () => unknown;
}

const OPENS_THIS = 'Mod+k';

/** Arrows, Space and Escape are motions of the hand, not commands. */
const named = (b: KeyBinding) =>
  keysOf(b).some((k) => isSingle(k) || k.startsWith('Mod+')) && ![b.keys].flat().includes(OPENS_THIS);

/** All that the keys of this page would do now: asleep ones and those with nothing to act on are left out. */
export function commandsNow(): Command[] {
  const found: Command[] = [];
  const taken = new Set<string>();
  for (const scope of [...keyScopes()].reverse()) {
    if (scope.inDialog) continue;
    for (const b of scope.bindings) {
      if (!named(b) || (b.when && !b.when()) || found.some((c) => c.label === b.label)) continue;
      const about = b.about?.();
      if (b.about && !about) continue;
      // a key that something nearer has taken does not lead here
      const keys = keysOf(b).filter((k) => !taken.has(k));
      for (const k of keys) taken.add(k);
      found.push({
        label: b.label,
        keys,
        about,
        leads: [b.keys].flat().some((k) => k.startsWith('g ')),
        run: () => b.run(new KeyboardEvent('keydown')),
      });
    }
  }
  return found;
}
