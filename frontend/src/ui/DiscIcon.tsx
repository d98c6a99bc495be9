import type { Discipline } from '../api/types';
import { DISC_SHAPES, discToken } from './discipline';
import { disciplineName, involvedName } from './messages';

interface Props {
  d: Discipline;
  size?: number;
  /** Solid = leading discipline, outline = also involved. */
  solid?: boolean;
  /** For places where the word stands beside it. */
  decorative?: boolean;
}

/** Shape carries the meaning, colour only supports it: square = development, hexagon = operations, shield = security. */
export function DiscIcon({ d, size = 16, solid = true, decorative = false }: Props) {
  const token = discToken(d);
  const colour = `var(--${token})`;
  const ink = solid ? 'var(--surface)' : colour;
  const shape = { fill: solid ? colour : 'none', stroke: colour, strokeWidth: 1.4 };
  const line = { fill: 'none', stroke: ink, strokeLinecap: 'round', strokeLinejoin: 'round' } as const;
  const name = solid ? disciplineName(d) : involvedName(d);
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      className="disc"
      style={{ flex: 'none' }}
      role={decorative ? undefined : 'img'}
      aria-label={decorative ? undefined : name}
      aria-hidden={decorative || undefined}
    >
      {!decorative && <title>{name}</title>}
      <path d={DISC_SHAPES[token]} strokeLinejoin="round" {...shape} />
      {token === 'dev' && (
        <path d="M6.2 5.2 3.8 8l2.4 2.8M9.8 5.2 12.2 8l-2.4 2.8" strokeWidth="1.6" {...line} />
      )}
      {token === 'ops' && <path d="M3.8 8.4h2l1.3-3 1.9 5.2 1.2-2.2h2" strokeWidth="1.5" {...line} />}
      {token === 'sec' && <path d="m5.4 8 1.9 1.9 3.4-3.7" strokeWidth="1.7" {...line} />}
      {token === 'prd' && <path d="M6.3 11.8V4.6l4.4 1.7-4.4 1.9" strokeWidth="1.5" {...line} />}
    </svg>
  );
}
