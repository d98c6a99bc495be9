import { createContext, type ReactNode, use, useEffect } from 'react';
import { createPortal } from 'react-dom';
import { firstViewDrawn } from './first-view';

// The shell owns the top bar; pages put their own words and buttons into its places from wherever they are.

export type TopPlace = 'title' | 'search' | 'state' | 'action';
export const TopPlaces = createContext<Partial<Record<TopPlace, HTMLElement | null>>>({});

/** Renders its children inside a place of the top bar. */
export function Top({ place, children }: { place: TopPlace; children: ReactNode }) {
  const el = use(TopPlaces)[place];
  return el ? createPortal(children, el) : null;
}

/** Names the browser's tab. A page that has a name is drawn. */
export function useTabTitle(words: string | undefined): void {
  useEffect(() => {
    document.title = words ? `${words} · Trestle` : 'Trestle';
    if (words) firstViewDrawn();
  }, [words]);
}

/** The page's one h1 with what stands before it, and the title of the tab. */
export function PageTitle({ title, crumb, tab }: { title: ReactNode; crumb?: ReactNode; tab?: string }) {
  useTabTitle(tab ?? (typeof title === 'string' ? title : undefined));
  return (
    <Top place="title">
      {crumb && (
        <>
          <span className="crumb-before">{crumb}</span>
          <span className="crumb-before" aria-hidden="true">
            /
          </span>
        </>
      )}
      <h1>{title}</h1>
    </Top>
  );
}
