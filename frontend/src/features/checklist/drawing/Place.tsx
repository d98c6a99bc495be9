import { Workflow } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from './messages';

export interface Size {
  width: number;
  height: number;
}

/** Where nobody has drawn it yet, it is shown within this. */
const UNKNOWN: Size = { width: 720, height: 240 };

/** As large as a drawing of this size is shown, with nothing in it: a canvas is laid out as a picture is. */
export const Place = ({ size = UNKNOWN }: { size?: Size }) => (
  <canvas className="ck-draw-place" width={size.width} height={size.height} aria-hidden />
);

/** What stands where a drawing will be. */
export function Coming({ size }: { size?: Size }) {
  return (
    <span className="ck-draw-coming">
      <Place size={size} />
      <small>{t('dr.drawing')}</small>
    </span>
  );
}

/** The line below a drawing. */
export function Foot({ label, children }: { label?: string; children?: ReactNode }) {
  return (
    <figcaption className="ck-draw-foot">
      <Workflow size={13} aria-hidden />
      {label || t('dr.from')}
      {children}
    </figcaption>
  );
}

/** The same while the part that draws is fetched. */
export function Reserved({ size, label }: { size?: Size; label?: string }) {
  return (
    <figure className="ck-draw" aria-busy="true">
      <Coming size={size} />
      <Foot label={label} />
    </figure>
  );
}
