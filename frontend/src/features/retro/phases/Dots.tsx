/** So many of so many, as dots; the label says it. */
export function Dots({ n, of, label }: { n: number; of: number; label: string }) {
  return (
    <span className="rt-dots" role="img" aria-label={label}>
      {Array.from({ length: of }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: dots are alike
        <i key={i} data-on={i < n || undefined} />
      ))}
    </span>
  );
}
