import encodeQR from 'qr';

/** The library leaves one of the modules that must stay white around a code; with this there are two. */
const QUIET = 1;

/** A code for a phone's camera, dark on light as cameras like it. */
export function Qr({ url, label }: { url: string; label: string }) {
  const rows = encodeQR(url, 'raw', { ecc: 'medium', border: 1 });
  const n = rows.length;
  const path = rows
    .flatMap((row, y) => row.map((on, x) => (on ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : '')))
    .join('');
  return (
    <svg
      className="qr"
      viewBox={`0 0 ${n + 2 * QUIET} ${n + 2 * QUIET}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width="100%" height="100%" rx="1" fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
