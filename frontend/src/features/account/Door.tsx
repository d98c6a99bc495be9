import type { ReactNode } from 'react';
import { Beam } from '../../ui/Beam';
import './door.css';

/** The page in front of the sign-in: one panel on the beam. */
export function Door({
  title,
  sub,
  children,
  wide,
}: {
  title: string;
  sub?: ReactNode;
  children: ReactNode;
  wide?: boolean;
}) {
  return (
    <main className="door" id="page" data-wide={wide || undefined}>
      <div className="door-in">
        <header className="door-head">
          <img src="/favicon.svg" alt="" width={40} height={40} />
          <h1>{title}</h1>
          {sub && <p>{sub}</p>}
        </header>
        {children}
        <div className="door-beam" aria-hidden="true">
          <Beam mix="ddosodxs" max={10} height={26} />
        </div>
      </div>
    </main>
  );
}
