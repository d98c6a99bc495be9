import { useEffect, useRef } from 'react';

// One part of the page asks for something that another part, which may not be there yet, will do when it comes:
// the board's menu opens a card and wants a form in it.

let wished: string | undefined;
const listeners = new Set<() => void>();

/** Asks for `what` about the card with this key. */
export function wish(what: 'mirror', key: string): void {
  wished = `${what} ${key}`;
  for (const fn of listeners) fn();
}

/** Does what was wished for, once, whether it was wished before or after this came. */
export function useWish(what: 'mirror', key: string, grant: () => void): void {
  const now = useRef(grant);
  now.current = grant;
  useEffect(() => {
    const look = () => {
      if (wished !== `${what} ${key}`) return;
      wished = undefined;
      now.current();
    };
    look();
    listeners.add(look);
    return () => {
      listeners.delete(look);
    };
  }, [what, key]);
}
