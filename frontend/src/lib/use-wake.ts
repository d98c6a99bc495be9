import { useCallback, useEffect, useRef, useState } from 'react';

/** Keeps the display on where the browser allows it, as long as the page is looked at. */
export function useWakeLock(): void {
  useEffect(() => {
    if (!('wakeLock' in navigator)) return;
    let held: WakeLockSentinel | undefined;
    let over = false;
    const ask = () => {
      if (document.visibilityState !== 'visible') return;
      navigator.wakeLock.request('screen').then(
        (lock) => {
          if (over) void lock.release();
          else held = lock;
        },
        () => {}, // refused, or the battery is low: then the display follows its own rules
      );
    };
    ask();
    document.addEventListener('visibilitychange', ask);
    return () => {
      over = true;
      document.removeEventListener('visibilitychange', ask);
      void held?.release().catch(() => {});
    };
  }, []);
}

const REST_MS = 3_000;
/** True for three seconds after somebody moved the pointer. */
export function useAwake(): [boolean, () => void] {
  const [awake, setAwake] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stir = useCallback(() => {
    clearTimeout(timer.current);
    setAwake(true);
    timer.current = setTimeout(() => setAwake(false), REST_MS);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  return [awake, stir];
}
