/** One of a few, side by side, saved at once. */
export function Choice<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: T;
  options: readonly (readonly [T, string])[];
  onChange: (value: T) => void;
}) {
  return (
    <fieldset className="seg">
      <legend className="sr">{label}</legend>
      {options.map(([v, word]) => (
        <button key={v} type="button" aria-pressed={v === value} onClick={() => onChange(v)}>
          {word}
        </button>
      ))}
    </fieldset>
  );
}
