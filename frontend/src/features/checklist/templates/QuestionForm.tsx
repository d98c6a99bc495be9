import { useState } from 'react';
import { Field } from '../../../ui/Dialog';
import { Evidence, Select, Standing } from './Choices';
import { askedBefore, faultOf } from './draft';
import { t } from './messages';
import type { Question, Template } from './types';

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
  const bad = faultOf(q, all);
  const [left, setLeft] = useState(q.question !== ''); // a new one is not wrong before anything was written
  const wrong = bad === 'question' && left;
  const before = askedBefore(q, all, topics);
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
        <Standing q={q} onChange={onChange} />
        <Select
          label={t('ct.f.topic')}
          value={q.topic}
          options={topics.map((x) => [x.key as Question['topic'], x.name])}
          onChange={(topic) => onChange({ topic })}
        />
      </div>
      <Evidence q={q} onChange={onChange} bad={bad === 'evidence'} />
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
      </div>
      <div className="ct-when">
        <Field label={t('ct.f.when')} hint={t('ct.f.whenHint')}>
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
            <option value="">{t('ct.f.whenNone')}</option>
            {topics.map((x) => {
              const of = before.filter((b) => b.topic === x.key);
              return (
                of.length > 0 && (
                  <optgroup key={x.key} label={x.name}>
                    {of.map((b) => (
                      <option key={b.key} value={b.key}>
                        {t('ct.onlyIfItem', { key: b.key, question: cut(b.question) })}
                      </option>
                    ))}
                  </optgroup>
                )
              );
            })}
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

const MOST = 70;
/** As much of a question as fits into a list. */
function cut(text: string): string {
  if (text.length <= MOST) return text;
  const end = text.lastIndexOf(' ', MOST);
  return `${text.slice(0, end > 0 ? end : MOST).replace(/[\s,;:]+$/, '')} …`;
}
