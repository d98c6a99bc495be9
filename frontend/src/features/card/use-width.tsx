import { type PointerEvent, useRef } from 'react';
import { useStored } from '../../lib/stored';
import css from './card.module.css';
import { t } from './messages';

const LEAST = 360;
const MOST = 900;
const STEP = 24;
const clamp = (n: number) => Math.min(MOST, Math.max(LEAST, Math.round(n)));

/** The panel's width: dragged or set with the arrow keys, kept in this browser. */
export function useWidth() {
  const [kept, keep] = useStored<string>('peek.width', '460');
  const width = clamp(Number(kept) || 460);
  const drag = useRef<{ x: number; width: number } | undefined>(undefined);
  const move = (e: PointerEvent) => {
    if (drag.current) keep(String(clamp(drag.current.width + drag.current.x - e.clientX)));
  };
  const grip = (
    // biome-ignore lint/a11y/useSemanticElements: a separator with a value is the pattern for a splitter
    <div
      className={css.grip}
      role="separator"
      aria-orientation="vertical"
      aria-label={t('card.width')}
      aria-valuenow={width}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      tabIndex={0}
      onPointerDown={(e) => {
        drag.current = { x: e.clientX, width };
        e.currentTarget.setPointerCapture(e.pointerId);
      }}
      onPointerMove={move}
      onPointerUp={() => {
        drag.current = undefined;
      }}
      onPointerCancel={() => {
        drag.current = undefined;
      }}
      onKeyDown={(e) => {
        const by = e.key === 'ArrowLeft' ? STEP : e.key === 'ArrowRight' ? -STEP : 0;
        if (!by) return;
        e.preventDefault();
        e.stopPropagation();
        keep(String(clamp(width + by)));
      }}
    />
  );
  return { width, grip };
}
