import { Plus, X } from 'lucide-react';
import { useRef } from 'react';
import { t } from '../messages-dialogs';
import s from './checks.module.css';

export interface CheckDraft {
  id?: string;
  text: string;
}
const MAX = 12;

/** What is sent: lines that were left empty are none. */
export const checksOf = (drafts: readonly CheckDraft[]): CheckDraft[] =>
  drafts.map((d) => ({ ...d, text: d.text.trim() })).filter((d) => d.text);

/** The checks of a column, one line each. Enter goes on to the next one. */
export function ChecksField({
  value,
  onChange,
}: {
  value: readonly CheckDraft[];
  onChange: (next: CheckDraft[]) => void;
}) {
  const list = useRef<HTMLFieldSetElement>(null);
  const focus = (i: number) =>
    requestAnimationFrame(() => {
      const inputs = list.current?.querySelectorAll('input');
      (
        inputs?.[Math.max(0, Math.min(i, inputs.length - 1))] ?? list.current?.querySelector('button')
      )?.focus();
    });
  const add = () => {
    onChange([...value, { text: '' }]);
    focus(value.length);
  };
  return (
    <fieldset className={s.checks} ref={list}>
      <legend>{t('board.checks')}</legend>
      {value.map((c, i) => (
        <div key={c.id ?? `new-${i}`} className={s.line}>
          <input
            className="input"
            aria-label={t('board.check', { n: i + 1 })}
            placeholder={t('board.checkExample')}
            maxLength={200}
            value={c.text}
            onChange={(e) => onChange(value.map((x, j) => (j === i ? { ...x, text: e.target.value } : x)))}
            onKeyDown={(e) => {
              if (e.key !== 'Enter' || e.nativeEvent.isComposing || !c.text.trim()) return;
              e.preventDefault();
              if (i === value.length - 1 && value.length < MAX) add();
              else focus(i + 1);
            }}
          />
          <button
            type="button"
            className="btn ghost icon"
            aria-label={t('board.checkRemove', { text: c.text })}
            onClick={() => {
              onChange(value.filter((_, j) => j !== i));
              focus(i);
            }}
          >
            <X size={15} aria-hidden />
          </button>
        </div>
      ))}
      {value.length < MAX && (
        <button type="button" className="btn line sm" onClick={add}>
          <Plus size={14} aria-hidden />
          {t('board.checkAdd')}
        </button>
      )}
      <p className="field-hint">{t('board.checksHint')}</p>
    </fieldset>
  );
}
