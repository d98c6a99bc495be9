import { type ReactNode, useEffect, useState } from 'react';
import './ui.css';

/** A grey bar of the size that the real thing will have. */
export function Bone({
  width,
  height = 12,
  radius,
}: {
  width: number | string;
  height?: number;
  radius?: number;
}) {
  return <i className="bone" style={{ width, height, borderRadius: radius }} aria-hidden="true" />;
}

/** Shows its children only when the wait is long enough to be noticed; a flash of grey is worse than nothing. */
export function AfterAWhile({ ms = 150, children }: { ms?: number; children: ReactNode }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const h = setTimeout(() => setLate(true), ms);
    return () => clearTimeout(h);
  }, [ms]);
  return late ? children : null;
}
