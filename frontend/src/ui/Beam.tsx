import { memo } from 'react';
import './ui.css';
import { BEAM_WIDTH, beamShape } from './beam-shape';

interface Props {
  /** One letter per card in column order: d, o, s, x. */
  mix: string;
  max?: number;
  min?: number;
  height?: number;
  /** The connection is gone for a while: colours are put away so that nobody trusts them. */
  stale?: boolean;
}

/**
 * The signature element: work in progress as a beam on piers. One slot per allowed card in the colour of its
 * discipline; what does not fit hangs over the end of the beam. The words beside it carry the meaning, so it is hidden
 * from screen readers.
 */
export const Beam = memo(function Beam({ mix, max, min, height = 20, stale }: Props) {
  const s = beamShape(mix, max, min);
  const n = mix.length;
  const stroke = max === undefined || n < max ? 'var(--ink-3)' : n > max ? 'var(--bad)' : 'var(--warn)';
  return (
    <svg
      className="beam"
      viewBox={`0 0 ${BEAM_WIDTH} 20`}
      preserveAspectRatio="none"
      style={{ height, filter: stale ? 'grayscale(1)' : undefined, opacity: stale ? 0.55 : undefined }}
      aria-hidden="true"
    >
      {s.free && (
        <path
          d={s.free}
          fill="none"
          stroke="var(--line-2)"
          strokeDasharray="2.5 2.5"
          vectorEffect="non-scaling-stroke"
        />
      )}
      {s.wanted && (
        <path
          d={s.wanted}
          fill="var(--warn-soft)"
          stroke="var(--warn)"
          strokeDasharray="3 2"
          vectorEffect="non-scaling-stroke"
        />
      )}
      {s.fills.d && <path d={s.fills.d} fill="var(--dev)" />}
      {s.fills.o && <path d={s.fills.o} fill="var(--ops)" />}
      {s.fills.s && <path d={s.fills.s} fill="var(--sec)" />}
      {s.fills.x && <path d={s.fills.x} fill="var(--prd)" />}
      {s.caps && <path d={s.caps} stroke="var(--bad)" strokeWidth="2" />}
      <path
        d={`M0 14H${s.end.toFixed(1)}`}
        stroke={stroke}
        strokeWidth={max ? 2.5 : 1}
        opacity={max ? 1 : 0.45}
      />
      {s.piers && (
        <path d={s.piers} stroke={stroke} strokeWidth="1.5" fill="none" vectorEffect="non-scaling-stroke" />
      )}
    </svg>
  );
});
