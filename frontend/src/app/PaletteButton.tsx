import { useRouterState } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { caps } from '../lib/keys';
import { lazyPart } from '../lib/lazy';
import type { BoardSearch } from '../lib/search';
import { t } from './messages';

const palette = () => import('./palette');
const Palette = lazyPart(() => palette().then((m) => m.Palette));

/** A page that has been looked at for so long was visited. */
const LOOKED_MS = 1500;

/** The palette, its code fetched once the page stands still, and the way to open it. */
export function usePalette(): { open: () => void; shown: ReactNode } {
  const [open, setOpen] = useState(false);
  const path = useRouterState({ select: (s) => s.location.pathname });
  const card = useRouterState({ select: (s) => (s.location.search as BoardSearch).card });
  useEffect(() => {
    const timer = setTimeout(
      () =>
        palette().then(
          (m) => m.seen(path, card),
          () => {},
        ),
      LOOKED_MS,
    );
    return () => clearTimeout(timer);
  }, [path, card]);
  return {
    open: () => setOpen(true),
    shown: open && (
      <Suspense fallback={null}>
        <Palette onClose={() => setOpen(false)} />
      </Suspense>
    ),
  };
}

/** Looks like a field, and where there is one already is no wider than its key. */
export function PaletteButton({ onOpen }: { onOpen: () => void }) {
  return (
    <button
      type="button"
      className="top-palette"
      aria-haspopup="dialog"
      aria-label={t('app.palette')}
      title={t('app.palette')}
      onClick={onOpen}
      onPointerEnter={() => void palette().catch(() => {})}
    >
      <Search size={15} aria-hidden />
      <span aria-hidden="true">{t('app.palette')}</span>
      <span className="top-palette-keys" aria-hidden="true">
        {caps('Mod+k').map((k) => (
          <kbd key={k}>{k}</kbd>
        ))}
      </span>
    </button>
  );
}
