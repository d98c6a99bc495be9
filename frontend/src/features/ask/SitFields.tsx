import { useId } from 'react';
import { localInput } from '../../lib/local-input';
import { t } from './messages';

/** Two times and how long, in this browser's own zone. */
export function SitFields({
  a,
  b,
  minutes,
  onChange,
  error,
}: {
  a: string;
  b: string;
  minutes: number;
  onChange: (next: { a?: string; b?: string; minutes?: number }) => void;
  error?: string;
}) {
  const id = useId();
  const min = localInput(new Date());
  return (
    <div className="sit">
      <label htmlFor={`${id}a`}>{t('ask.sit.a')}</label>
      <input
        id={`${id}a`}
        type="datetime-local"
        className="input"
        min={min}
        value={a}
        aria-invalid={error ? true : undefined}
        onChange={(e) => onChange({ a: e.target.value })}
      />
      <label htmlFor={`${id}b`}>{t('ask.sit.b')}</label>
      <input
        id={`${id}b`}
        type="datetime-local"
        className="input"
        min={min}
        value={b}
        aria-invalid={error ? true : undefined}
        onChange={(e) => onChange({ b: e.target.value })}
      />
      <label htmlFor={`${id}m`}>{t('ask.sit.minutes')}</label>
      <select
        id={`${id}m`}
        className="input"
        value={minutes}
        onChange={(e) => onChange({ minutes: Number(e.target.value) })}
      >
        {[15, 30, 45, 60, 90].map((n) => (
          <option key={n} value={n}>
            {t('ask.minutes', { n })}
          </option>
        ))}
      </select>
      {error && (
        <p className="ff-error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
