import { type ReactNode, useEffect, useRef, useState } from 'react';

interface Props {
  label: ReactNode;
  type: 'date' | 'number';
  value: string;
  min: string;
  max: string;
  /** What is said when it is none of these. */
  wrong: string;
  onPick: (value: string) => void;
}

/** A number counts so soon after the last key. */
const SOON = 400;

/**
 * A day or a number that the page is asked for. A day that is typed counts with Enter or on leaving, not part by part;
 * one that is picked counts at once, and a number as soon as one stops typing.
 */
export function OwnField({ label, type, value, min, max, wrong, onPick }: Props) {
  const [own, setOwn] = useState(value);
  const [typing, setTyping] = useState(false);
  useEffect(() => setOwn(value), [value]);
  const latest = useRef(onPick);
  latest.current = onPick;
  const fits = (v: string) =>
    type === 'date'
      ? /^\d{4}-/.test(v) && v >= min && v <= max
      : /^\d+$/.test(v) && Number(v) >= Number(min) && Number(v) <= Number(max);
  const pick = (v: string) => {
    setTyping(false);
    if (fits(v) && v !== value) onPick(v);
  };
  const soon = type === 'number' && own !== value && fits(own) ? own : undefined;
  useEffect(() => {
    if (soon === undefined) return;
    const timer = setTimeout(() => latest.current(soon), SOON);
    return () => clearTimeout(timer);
  }, [soon]);
  const bad = !typing && own !== value && !fits(own);
  return (
    <label className="fl-own-field">
      {label}
      <input
        className="input sm num"
        type={type}
        min={min}
        max={max}
        value={own}
        aria-invalid={bad || undefined}
        onKeyDown={(e) => {
          if (e.key !== 'Enter') return setTyping(true);
          e.preventDefault();
          pick(own);
          setOwn((v) => v || value);
        }}
        onChange={(e) => {
          setOwn(e.target.value);
          if (!typing && type === 'date') pick(e.target.value);
        }}
        onBlur={() => {
          pick(own);
          if (!own) setOwn(value);
        }}
      />
      {bad && (
        <small className="field-error" role="alert">
          {wrong}
        </small>
      )}
    </label>
  );
}
