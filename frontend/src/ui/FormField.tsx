import { type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, useId } from 'react';
import './form.css';

interface Bound {
  name: string;
  value: string;
  error: string | undefined;
}
interface Frame {
  label: string;
  hint?: ReactNode;
  /** After the label, in grey: "optional". */
  aside?: string;
}

function Around({
  id,
  label,
  hint,
  aside,
  error,
  children,
}: Frame & { id: string; error?: string; children: ReactNode }) {
  return (
    <div className="ff">
      <label htmlFor={id}>
        {label}
        {aside && <span className="ff-aside"> {aside}</span>}
      </label>
      {children}
      {hint && !error && (
        <p id={`${id}-hint`} className="ff-hint">
          {hint}
        </p>
      )}
      <p id={`${id}-error`} className="ff-error" aria-live="polite">
        {error}
      </p>
    </div>
  );
}

const described = (id: string, error?: string, hint?: ReactNode) =>
  error ? `${id}-error` : hint ? `${id}-hint` : undefined;

/** A text field with its label above and what is wrong below; takes what `form.field(name)` gives. */
export function TextField({
  label,
  hint,
  aside,
  error,
  end,
  below,
  ...input
}: Frame &
  Bound &
  Omit<InputHTMLAttributes<HTMLInputElement>, 'name' | 'value'> & { end?: ReactNode; below?: ReactNode }) {
  const id = useId();
  return (
    <Around id={id} label={label} hint={hint} aside={aside} error={error}>
      <div className="ff-row">
        <input
          {...input}
          id={id}
          className="input"
          aria-invalid={error ? true : undefined}
          aria-describedby={described(id, error, hint)}
        />
        {end}
      </div>
      {below}
    </Around>
  );
}

/** One of several, on the browser's own list. */
export function SelectField({
  label,
  hint,
  aside,
  error,
  children,
  ...select
}: Frame & Bound & Omit<SelectHTMLAttributes<HTMLSelectElement>, 'name' | 'value'>) {
  const id = useId();
  return (
    <Around id={id} label={label} hint={hint} aside={aside} error={error}>
      <select
        {...select}
        id={id}
        className="input"
        aria-invalid={error ? true : undefined}
        aria-describedby={described(id, error, hint)}
      >
        {children}
      </select>
    </Around>
  );
}

/** What is wrong with the whole form. */
export function FormProblem({ children }: { children?: ReactNode }) {
  return (
    <div role="alert" className="ff-problem" hidden={!children}>
      {children}
    </div>
  );
}
