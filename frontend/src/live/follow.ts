import { useEffect, useRef } from 'react';
import { onTopic } from './session';

const SOON = 200;
const GAP = 2_500;
const LONGEST = 20_000;
const DAY_TURNS = 10 * 60_000;

/**
 * Calls `read` after something happened on one of the topics: soon after the first event, and while events keep
 * coming ever less often, so that a busy board does not turn into as many questions. Hidden pages wait until they
 * are looked at. Ages change with the day, so it also asks now and then. `longest` is how long news may wait at most.
 */
export function useFollow(topics: readonly string[], read: () => void, longest = LONGEST): void {
  const latest = useRef(read);
  latest.current = read;
  const owed = useRef(false); // something was heard and is not read yet; outlives a change of the topics
  const key = [...topics].sort().join(' ');
  useEffect(() => {
    if (!key) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = 0;
    let gap = GAP;
    let missed = false;
    const run = () => {
      timer = undefined;
      if (document.hidden) {
        missed = true;
        return;
      }
      missed = false;
      owed.current = false;
      last = Date.now();
      latest.current();
    };
    const heard = () => {
      if (timer !== undefined) return;
      owed.current = true;
      const quiet = Date.now() - last;
      gap = quiet > 2 * gap ? GAP : Math.min(longest, gap * 1.5);
      timer = setTimeout(run, Math.max(SOON, gap - quiet));
    };
    const seen = () => {
      if (!document.hidden && missed) run();
    };
    if (owed.current) heard();
    const offs = key.split(' ').map((topic) => onTopic(topic, heard));
    const turn = setInterval(heard, DAY_TURNS);
    document.addEventListener('visibilitychange', seen);
    return () => {
      clearTimeout(timer);
      clearInterval(turn);
      document.removeEventListener('visibilitychange', seen);
      for (const off of offs) off();
    };
  }, [key, longest]);
}
