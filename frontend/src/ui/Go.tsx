import { useRouter } from '@tanstack/react-router';
import type { MouseEvent, ReactNode } from 'react';

/** A link to an address that the server gave: goes there without loading the page again. */
export function Go({
  to,
  className,
  title,
  onGo,
  children,
}: {
  to: string;
  className?: string;
  title?: string;
  /** Before it is followed, in this tab or in another one. */
  onGo?: () => void;
  children: ReactNode;
}) {
  const router = useRouter();
  const go = (e: MouseEvent) => {
    onGo?.();
    if (e.defaultPrevented || e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
    e.preventDefault();
    router.history.push(to);
  };
  return (
    <a href={to} className={className} title={title} onClick={go}>
      {children}
    </a>
  );
}
