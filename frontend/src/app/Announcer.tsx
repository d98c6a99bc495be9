import { useEffect, useRef, useState } from 'react';
import { type AnnounceMode, onAnnounce } from '../lib/announce';
import { useStored } from '../lib/stored';

const SUMMARY_MS = 5000;

/** The one status region of the page. Own actions are said at once, other people's at most every five seconds. */
export function Announcer() {
  const [said, setSaid] = useState('');
  const [mode] = useStored<AnnounceMode>('announce', 'all');
  const modeNow = useRef(mode);
  modeNow.current = mode;

  useEffect(() => {
    let pending: string[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    let lastRemote = 0;
    // The same sentence twice is only read twice if it differs: a no-break space is not heard.
    const say = (text: string) => setSaid((old) => (old === text ? `${text}\u00a0` : text));
    const flush = () => {
      timer = undefined;
      lastRemote = Date.now();
      if (pending.length) say(pending.join('. '));
      pending = [];
    };
    const stop = onAnnounce(({ text, remote, aboutMe }) => {
      if (!remote) return say(text);
      if (modeNow.current === 'off' || (modeNow.current === 'me' && !aboutMe)) return;
      pending.push(text);
      timer ??= setTimeout(flush, Math.max(0, lastRemote + SUMMARY_MS - Date.now()));
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, []);

  return (
    <div role="status" className="sr" data-testid="announcer">
      {said}
    </div>
  );
}
