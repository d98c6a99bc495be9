import { useId, useState } from 'react';
import { disciplineName } from '../../ui/messages';
import { t } from './messages';
import { read } from './number';
import type { Coverage, Needs, TeamCover } from './types';

/** Inputs that differ from what is so. */
export interface What {
  people?: number;
  running?: number;
  needs?: Partial<Needs>;
}

/** The inputs of one team's sum, to be turned. Nothing is saved. */
export function WhatIf({
  data,
  team,
  what,
  onChange,
}: {
  data: Coverage;
  team: TeamCover;
  what: What;
  onChange: (next: What) => void;
}) {
  const now = { ...team.needs, ...what.needs };
  const changed = what.people !== undefined || what.running !== undefined || what.needs !== undefined;
  const need = (next: Partial<Needs>) => onChange({ ...what, needs: { ...what.needs, ...next } });
  const launch = useId();
  const [resets, setResets] = useState(0); // fields made anew forget what was typed into them
  const reset = () => {
    onChange({});
    setResets(resets + 1);
  };
  const people = what.people ?? data.people.filter((p) => p.person.discipline === data.discipline).length;
  return (
    <details className="cv-if" open={changed || undefined}>
      <summary>{t('rc.whatIf')}</summary>
      <p className="small quiet">{t('rc.whatIfText')}</p>
      <div className="cv-if-grid" key={resets}>
        <NumberIn
          label={t('rc.criticality')}
          value={now.criticality}
          min={1}
          max={3}
          whole
          set={(criticality) => need({ criticality })}
        />
        {data.discipline === 'operations' && (
          <NumberIn label={t('rc.pages')} value={now.pages} max={1000} set={(pages) => need({ pages })} />
        )}
        <NumberIn
          label={t('rc.requests')}
          value={now.requests}
          max={1000}
          set={(requests) => need({ requests })}
        />
        <div className="cv-if-field">
          <label htmlFor={launch}>{t('rc.launch')}</label>
          <select
            id={launch}
            className="input sm"
            value={now.launch === undefined ? '' : String(now.launch)}
            onChange={(e) => need({ launch: e.target.value === '' ? undefined : e.target.value === 'true' })}
          >
            <option value="">{t('rc.unknown')}</option>
            <option value="true">{t('rc.yes')}</option>
            <option value="false">{t('rc.no')}</option>
          </select>
        </div>
        <NumberIn label={t('rc.skill')} value={now.skill} max={3} whole set={(skill) => need({ skill })} />
        <NumberIn
          label={t('rc.people', { discipline: disciplineName(data.discipline).toLowerCase() })}
          value={people}
          max={1000}
          must
          set={(n) => onChange({ ...what, people: n })}
        />
        <NumberIn
          label={t('rc.running')}
          value={Math.round(1000 * (what.running ?? data.running)) / 10}
          max={100}
          must
          set={(n) => onChange({ ...what, running: n === undefined ? undefined : n / 100 })}
        />
      </div>
      {changed && (
        <button type="button" className="btn ghost sm" onClick={reset}>
          {t('rc.reset')}
        </button>
      )}
    </details>
  );
}

function NumberIn({
  label,
  value,
  min = 0,
  max,
  whole,
  must,
  set,
}: {
  label: string;
  value: number | undefined;
  min?: number;
  max: number;
  whole?: boolean;
  /** It cannot be unknown. */
  must?: boolean;
  set: (n: number | undefined) => void;
}) {
  const id = useId();
  // What is typed stays as it is typed; only a number that can be is taken into the sum.
  const [typed, setTyped] = useState<string>();
  const wrong = typed !== undefined && read(typed, { min, max, whole, must }) === 'wrong';
  return (
    <div className="cv-if-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="input sm num"
        inputMode={whole ? 'numeric' : 'decimal'}
        autoComplete="off"
        placeholder={t('rc.unknown')}
        value={typed ?? value ?? ''}
        aria-invalid={wrong || undefined}
        aria-describedby={wrong ? `${id}-error` : undefined}
        onChange={(e) => {
          setTyped(e.target.value);
          const n = read(e.target.value, { min, max, whole, must });
          if (n !== 'wrong') set(n);
        }}
        onBlur={() => !wrong && setTyped(undefined)}
      />
      <p id={`${id}-error`} className="ff-error" aria-live="polite">
        {wrong && t(whole ? 'rc.whole' : 'rc.number', { min, max, was: value ?? t('rc.unknown') })}
      </p>
    </div>
  );
}
