import { t } from './messages';
import type { Pattern } from './types';

/** How close the seat is to the table: in it, beside it, invited to it, or nobody there; nobody but the team's own people. */
export function PatternMark({
  pattern: seat,
  word = true,
  own = false,
}: {
  pattern: Pattern;
  word?: boolean;
  own?: boolean;
}) {
  const alone = own && seat === 'nobody';
  const pattern = alone ? 'embedded' : seat; // they sit at the table
  const cx = pattern === 'embedded' ? 9 : pattern === 'liaison' ? 21.5 : 22;
  const cy = pattern === 'embedded' ? 2.6 : pattern === 'liaison' ? 6 : 7;
  return (
    <span className="cv-pat" data-p={pattern}>
      <svg width="26" height="16" viewBox="0 0 26 16" aria-hidden="true">
        <path d="M1 6h16" stroke="var(--ink-2)" strokeWidth="2.4" strokeLinecap="round" />
        <path
          d="M4 7.5 3 14M14 7.5l1 6.5M9 7.5V14"
          stroke="var(--ink-3)"
          strokeWidth="1.4"
          strokeLinecap="round"
        />
        {pattern !== 'nobody' && (
          <circle
            cx={cx}
            cy={cy}
            r={pattern === 'embedded' ? 2.6 : 2.9}
            fill={pattern === 'invited' ? 'none' : 'var(--cv)'}
            stroke="var(--cv)"
            strokeWidth="1.4"
            strokeDasharray={pattern === 'invited' ? '2 1.6' : undefined}
          />
        )}
      </svg>
      {word && t(alone ? 'cv.pattern.own' : `cv.pattern.${pattern}`)}
    </span>
  );
}
