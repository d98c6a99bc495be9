import { useId } from 'react';
import { disciplineName } from '../../ui/messages';
import { t } from './messages';
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
  const people = what.people ?? data.people.filter((p) => p.person.discipline === data.discipline).length;
  return (
    <details className="cv-if" open={changed || undefined}>
      <summary>{t('rc.whatIf')}</summary>
      <p className="small quiet">{t('rc.whatIfText')}</p>
      <div className="cv-if-grid">
        <NumberIn
          label={t('rc.criticality')}
          value={now.criticality}
          min={1}
          max={3}
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
        <label>
          <span>{t('rc.launch')}</span>
          <select
            className="input sm"
            value={now.launch === undefined ? '' : String(now.launch)}
            onChange={(e) => need({ launch: e.target.value === '' ? undefined : e.target.value === 'true' })}
          >
            <option value="">{t('rc.unknown')}</option>
            <option value="true">{t('rc.yes')}</option>
            <option value="false">{t('rc.no')}</option>
          </select>
        </label>
        <NumberIn label={t('rc.skill')} value={now.skill} max={3} set={(skill) => need({ skill })} />
        <NumberIn
          label={t('rc.people', { discipline: disciplineName(data.discipline).toLowerCase() })}
          value={people}
          max={1000}
          set={(n) => onChange({ ...what, people: n ?? 0 })}
        />
        <NumberIn
          label={t('rc.running')}
          value={Math.round(100 * (what.running ?? data.running))}
          max={100}
          set={(n) => onChange({ ...what, running: n === undefined ? undefined : n / 100 })}
        />
      </div>
      {changed && (
        <button type="button" className="btn ghost sm" onClick={() => onChange({})}>
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
  set,
}: {
  label: string;
  value: number | undefined;
  min?: number;
  max: number;
  set: (n: number | undefined) => void;
}) {
  const id = useId();
  return (
    <label htmlFor={id}>
      <span>{label}</span>
      <input
        id={id}
        className="input sm num"
        type="number"
        inputMode="numeric"
        min={min}
        max={max}
        placeholder={t('rc.unknown')}
        value={value ?? ''}
        onChange={(e) => {
          const n = e.target.valueAsNumber;
          set(Number.isNaN(n) ? undefined : Math.min(max, Math.max(min, n)));
        }}
      />
    </label>
  );
}
