import { useEffect, useState } from 'react';
import { serverNow } from './server-clock';

/** The server's time, read anew every so many milliseconds. */
export function useNow(every = 1000): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
