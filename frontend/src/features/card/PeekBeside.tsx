import type { ReactNode } from 'react';
import css from './card.module.css';

/** The board with the open card beside it. The board keeps its place in the tree, and so its scroll and focus. */
export function PeekBeside({ children, peek }: { children: ReactNode; peek: ReactNode }) {
  return (
    <div className={css.beside}>
      <div className={css.board}>{children}</div>
      {peek}
    </div>
  );
}
