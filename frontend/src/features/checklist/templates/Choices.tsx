import { useId } from 'react';
import { Field } from '../../../ui/Dialog';
import { EVIDENCE, PHASES } from '../types';
import { t } from './messages';
import { LEVELS, type Question, SCOPES } from './types';

type Stands = Pick<Question, 'from' | 'phase' | 'scope'>;

/** From which level on a question is asked, when, and where it is answered. */
export function Standing({ q, onChange }: { q: Stands; onChange: (change: Partial<Stands>) => void }) {
  return (
    <>
      <Select
        label={t('ct.f.from')}
        value={q.from}
        options={LEVELS.map((l) => [l, t(`ct.from.${l}`)])}
        onChange={(from) => onChange({ from })}
      />
      <Select
        label={t('ct.f.phase')}
        value={q.phase}
        options={PHASES.map((p) => [p, t(`ct.phase.${p}`)])}
        onChange={(phase) => onChange({ phase })}
      />
      <Select
        label={t('ct.f.scope')}
        value={q.scope}
        options={SCOPES.map((s) => [s, t(`ct.scope.${s}`)])}
        onChange={(scope) => onChange({ scope })}
      />
    </>
  );
}

/** Which kinds of evidence a question asks for. */
export function Evidence({
  q,
  onChange,
  bad,
}: {
  q: Pick<Question, 'evidence'>;
  onChange: (change: Pick<Question, 'evidence'>) => void;
  bad: boolean;
}) {
  const id = useId();
  return (
    <fieldset className="ct-evidence" aria-describedby={bad ? `${id}-ev` : undefined}>
      <legend className="field-label">{t('ct.f.evidence')}</legend>
      {EVIDENCE.map((e) => (
        <label key={e}>
          <input
            type="checkbox"
            checked={q.evidence.includes(e)}
            onChange={(x) =>
              onChange({
                evidence: EVIDENCE.filter((k) => (k === e ? x.target.checked : q.evidence.includes(k))),
              })
            }
          />
          {t(`ct.evidence.${e}`)}
        </label>
      ))}
      <p className="field-hint">{t('ct.f.evidenceHint')}</p>
      {bad && (
        <p id={`${id}-ev`} className="field-error" role="alert">
          {t('ct.bad.evidence')}
        </p>
      )}
    </fieldset>
  );
}

export function Select<T extends string>({
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
    <Field label={label}>
      <select
        className="input"
        value={value}
        onChange={(e) => {
          const next = options.find(([v]) => v === e.target.value);
          if (next) onChange(next[0]);
        }}
      >
        {options.map(([v, words]) => (
          <option key={v} value={v}>
            {words}
          </option>
        ))}
      </select>
    </Field>
  );
}
