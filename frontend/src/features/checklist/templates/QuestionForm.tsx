import { useId, useState } from 'react';
import { Field } from '../../../ui/Dialog';
import { EVIDENCE, PHASES } from '../types';
import { faultOf } from './draft';
import { t } from './messages';
import { LEVELS, type Question, SCOPES, type Template } from './types';

/** Everything about one question; each change goes into the draft as it is made. */
export function QuestionForm({
  q,
  all,
  topics,
  onChange,
  onDone,
}: {
  q: Question;
  all: readonly Question[];
  topics: Template['topics'];
  onChange: (change: Partial<Question>) => void;
  onDone: () => void;
}) {
  const id = useId();
  const bad = faultOf(q, all);
  const [left, setLeft] = useState(q.question !== ''); // a new one is not wrong before anything was written
  const wrong = bad === 'question' && left;
  const whole = (text: string, most: number) =>
    text === '' ? undefined : Math.min(most, Math.max(0, Math.round(Number(text)) || 0)) || undefined;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc is for the fields inside
    <div
      className="ct-form"
      onKeyDown={(e) => {
        if (e.key !== 'Escape' || e.nativeEvent.isComposing) return;
        e.stopPropagation();
        onDone();
      }}
    >
      <Field label={t('ct.f.question')} error={wrong ? t('ct.bad.question') : undefined}>
        <textarea
          className="input"
          // biome-ignore lint/a11y/noAutofocus: it answers the button that opened it
          autoFocus
          rows={2}
          maxLength={300}
          value={q.question}
          aria-invalid={wrong || undefined}
          onBlur={() => setLeft(true)}
          onChange={(e) => onChange({ question: e.target.value.replace(/\n/g, ' ') })}
        />
      </Field>
      <Field label={t('ct.f.help')} hint={t('ct.f.helpHint')}>
        <textarea
          className="input"
          rows={2}
          maxLength={600}
          value={q.help ?? ''}
          onChange={(e) => onChange({ help: e.target.value })}
        />
      </Field>
      <div className="ct-four">
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
        <Select
          label={t('ct.f.topic')}
          value={q.topic}
          options={topics.map((x) => [x.key as Question['topic'], x.name])}
          onChange={(topic) => onChange({ topic })}
        />
      </div>
      <fieldset className="ct-evidence" aria-describedby={bad === 'evidence' ? `${id}-ev` : undefined}>
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
        {bad === 'evidence' && (
          <p id={`${id}-ev`} className="field-error" role="alert">
            {t('ct.bad.evidence')}
          </p>
        )}
      </fieldset>
      <div className="ct-four">
        {q.evidence.includes('number') && (
          <Field label={t('ct.f.unit')}>
            <input
              className="input"
              maxLength={20}
              value={q.unit ?? ''}
              onChange={(e) => onChange({ unit: e.target.value })}
            />
          </Field>
        )}
        {q.evidence.includes('person') && (
          <Field label={t('ct.f.people')} hint={t('ct.f.peopleHint')}>
            <input
              className="input"
              type="number"
              min={0}
              max={10}
              value={q.people ?? ''}
              onChange={(e) => onChange({ people: whole(e.target.value, 10) })}
            />
          </Field>
        )}
        <Field label={t('ct.f.ttlDays')} hint={t('ct.f.ttlHint')}>
          <input
            className="input"
            type="number"
            min={0}
            max={3650}
            value={q.ttlDays ?? ''}
            onChange={(e) => onChange({ ttlDays: whole(e.target.value, 3650) })}
          />
        </Field>
        <Field label={t('ct.f.when')}>
          <select
            className="input"
            value={q.when?.item ?? ''}
            onChange={(e) =>
              onChange({
                when: e.target.value
                  ? { item: e.target.value, not: q.when?.not || t('ct.f.whenNotHint') }
                  : undefined,
              })
            }
          >
            <option value="">{t('ct.always')}</option>
            {all
              .filter((x) => x.key !== q.key && (!x.retired || x.key === q.when?.item))
              .map((x) => (
                <option key={x.key} value={x.key}>
                  {t('ct.onlyIfItem', { key: x.key })}
                </option>
              ))}
          </select>
        </Field>
        {q.when && (
          <Field label={t('ct.f.whenNot')} error={bad === 'when' ? t('ct.bad.when') : undefined}>
            <input
              className="input"
              maxLength={80}
              value={q.when.not}
              onChange={(e) => onChange({ when: { item: q.when?.item ?? '', not: e.target.value } })}
            />
          </Field>
        )}
      </div>
      <button type="button" className="btn line sm" onClick={onDone}>
        {t('ct.done')}
      </button>
    </div>
  );
}

function Select<T extends string>({
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
