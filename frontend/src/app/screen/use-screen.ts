import { useCallback, useEffect, useRef, useState } from 'react';
import type { Screen } from '../../api/types';
import { ApiError } from '../../lib/api';
import { becomeScreen, loadSession, signOut, useSession } from '../../lib/session';
import { t } from './messages';

const AGAIN_MS = 8000;

export type ScreenState =
  | { state: 'asking' }
  /** There is neither a link in the address nor a screen's cookie. */
  | { state: 'none' }
  | { state: 'refused'; why: string }
  | { state: 'away' }
  /** A person is signed in at this browser; their session goes before the screen's cookie. */
  | { state: 'person'; name: string; screen: Screen; leave: () => Promise<void> }
  | { state: 'ready'; screen: Screen };

/** Makes this browser the screen of the link in its address, once; later visits are known by their cookie. */
export function useScreen(): ScreenState {
  // Read once: the link is taken out of the address as soon as the cookie holds it.
  const [link] = useState(() => decodeURIComponent(window.location.hash.slice(1)));
  const [found, setFound] = useState<Screen>();
  const [why, setWhy] = useState<Error>();
  const session = useSession();
  const was = useRef(false);
  if (session.state === 'screen') was.current = true;

  const ask = useCallback(async () => {
    setWhy(undefined);
    try {
      if (link) {
        // Who is signed in has to be known first: the link must not seem to sign anybody out.
        await loadSession();
        setFound(await becomeScreen(link));
        window.history.replaceState(window.history.state, '', window.location.pathname);
      } else await loadSession();
    } catch (error) {
      setWhy(error as Error);
    }
  }, [link]);
  useEffect(() => void ask(), [ask]);

  // Nobody stands in front of a wall to press a button.
  const trouble = why ?? (session.state === 'error' ? session.error : undefined);
  const away = trouble !== undefined && !(trouble instanceof ApiError && trouble.status < 500);
  useEffect(() => {
    if (!away) return;
    const timer = setInterval(() => void ask(), AGAIN_MS);
    return () => clearInterval(timer);
  }, [away, ask]);

  if (away) return { state: 'away' };
  if (trouble)
    return {
      state: 'refused',
      why: trouble instanceof ApiError && trouble.status === 401 ? t('screen.ended') : trouble.message,
    };
  if (session.state === 'screen') return { state: 'ready', screen: session.screen };
  if (session.state === 'in' && found)
    return {
      state: 'person',
      name: session.me.person.name,
      screen: found,
      leave: async () => {
        await signOut();
        await loadSession();
      },
    };
  if (session.state === 'out' && was.current) return { state: 'refused', why: t('screen.ended') };
  if (session.state === 'in' && !link) return { state: 'none' };
  if (session.state === 'out' && (found || !link)) return { state: 'none' };
  return { state: 'asking' };
}
