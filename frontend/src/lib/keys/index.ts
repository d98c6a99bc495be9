import { useEffect, useRef, useSyncExternalStore } from 'react';
import { addScope, handleKey, hintOf, type KeyBinding, type KeyScope, keyScopes, onScopes } from './keys';

export {
  caps,
  isSingle,
  type KeyBinding,
  type KeyScope,
  keyScopes,
  keysOf,
} from './keys';

/** Binds keys while the component is on the page and lists them under `scope` in the map behind `?`.
 *  `run`, `when` and `about` may change with every render; labels and keys are read when they change. */
export function useKeys(
  scope: string,
  bindings: readonly KeyBinding[],
  options: { inDialog?: boolean } = {},
): void {
  const latest = useRef(bindings);
  useEffect(() => {
    latest.current = bindings;
  });
  const shape = bindings.map((b) => `${[b.keys].flat().join(',')}=${b.label}`).join('\n');
  const { inDialog = false } = options;
  useEffect(() => {
    const at = shape ? shape.split('\n').length : 0;
    const stable: KeyBinding[] = latest.current.slice(0, at).map((b, i) => ({
      keys: b.keys,
      label: b.label,
      run: (e) => latest.current[i]?.run(e),
      when: () => latest.current[i]?.when?.() ?? true,
      about: b.about && (() => latest.current[i]?.about?.()),
      inFields: b.inFields,
    }));
    return addScope({ name: scope, bindings: stable, inDialog });
  }, [scope, shape, inDialog]);
}

/** All that is bound now, for the map. */
export const useKeyScopes = (): readonly KeyScope[] => useSyncExternalStore(onScopes, keyScopes);

/** How a key that is `m` by default reads for this person, see hintOf. */
export const useHint = (key: string): string => useSyncExternalStore(onScopes, () => hintOf(key));

/** A tooltip with its key: "Pull next (P)". */
export function useWithKey(text: string, key: string): string {
  const hint = useHint(key);
  return hint ? `${text} (${hint})` : text;
}

/** Starts listening; once, from the shell. */
export function listenForKeys(): () => void {
  document.addEventListener('keydown', handleKey);
  return () => document.removeEventListener('keydown', handleKey);
}
