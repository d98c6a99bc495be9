import type { ReactNode } from 'react';
import { DAYS, dayName } from '../lib/weekdays';
import './weekdays.css';

/** Days of the week to press, 1 = Monday … 7 = Sunday. */
export function WeekdaysField({
  label,
  days,
  onChange,
  children,
}: {
  label: string;
  days: readonly number[];
  onChange: (days: number[]) => void;
  /** What stands below them. */
  children?: ReactNode;
}) {
  return (
    <fieldset className="weekdays">
      <legend>{label}</legend>
      {DAYS.map((d) => (
        <button
          key={d}
          type="button"
          className="chip plain"
          aria-pressed={days.includes(d)}
          onClick={() => onChange(days.includes(d) ? days.filter((x) => x !== d) : [...days, d])}
        >
          {dayName(d)}
        </button>
      ))}
      {children}
    </fieldset>
  );
}
