import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

const PATIENCE_MS = 4_000;

/** Whether it is drawn for paper, and the way there: printing waits for the drawings. */
export function usePrinting(): [boolean, () => void] {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const before = () => flushSync(() => setPrinting(true));
    const after = () => setPrinting(false);
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, []);
  const print = async () => {
    setPrinting(true);
    const until = Date.now() + PATIENCE_MS;
    do await new Promise((done) => setTimeout(done, 100));
    while (document.querySelector('.ck-print .ck-draw[aria-busy="true"]') && Date.now() < until);
    window.print();
  };
  return [printing, () => void print()];
}
