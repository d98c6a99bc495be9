/** Four rising bars; how many are filled says how much of the expected time is used. The number stands beside them. */
export function AgeBars({ level, height = 12 }: { level: 0 | 1 | 2 | 3; height?: number }) {
  return (
    <svg
      width={height * 1.25}
      height={height}
      viewBox="0 0 15 12"
      aria-hidden="true"
      style={{ flex: 'none' }}
    >
      {[0, 1, 2, 3].map((i) => (
        <rect
          key={i}
          x={i * 4}
          y={9 - i * 3}
          width="3"
          height={3 + i * 3}
          rx=".8"
          fill={i <= level ? `var(--heat-${level})` : 'var(--line)'}
        />
      ))}
    </svg>
  );
}
