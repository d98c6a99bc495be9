import { useEffect, useRef, useState } from 'react';
import './ui.css';
import { tu } from './messages';

interface Props {
  value: string;
  label: string;
  maxLength?: number;
  className?: string;
  /** Words to go on from, when something else than `value` was half written. */
  draft?: string;
  onType?: (text: string) => void;
  onSave: (value: string) => void;
  /** Esc, or nothing changed. */
  onCancel: () => void;
}

/** One line of text edited where it stands. Enter saves, Esc reverts, leaving saves what was typed, empty is refused. */
export function InlineEdit(props: Props) {
  const { value, label, maxLength = 200, className, draft, onType, onSave, onCancel } = props;
  const [text, setText] = useState(draft ?? value);
  const [refused, setRefused] = useState(false);
  const ref = useRef<HTMLTextAreaElement>(null);
  const done = useRef(false);

  useEffect(() => {
    ref.current?.focus();
    ref.current?.select();
  }, []);

  const finish = (save: boolean) => {
    if (done.current) return;
    const next = text.replace(/\s+/g, ' ').trim();
    if (save && !next) {
      setRefused(true);
      return;
    }
    done.current = true;
    if (save && next !== value) onSave(next);
    else onCancel();
  };
  return (
    <span className={className ? `inline-edit ${className}` : 'inline-edit'}>
      <textarea
        ref={ref}
        rows={1}
        value={text}
        maxLength={maxLength}
        aria-label={label}
        aria-invalid={refused || undefined}
        title={refused ? tu('ui.empty') : undefined}
        onChange={(e) => {
          setText(e.target.value);
          onType?.(e.target.value);
          setRefused(false);
        }}
        onKeyDown={(e) => {
          if (e.nativeEvent.isComposing) return;
          if (e.key === 'Enter') {
            e.preventDefault();
            finish(true);
          } else if (e.key === 'Escape') {
            e.preventDefault();
            finish(false);
          }
          e.stopPropagation();
        }}
        onBlur={() => {
          if (text.trim()) finish(true);
          else finish(false);
        }}
      />
      {refused && (
        <span className="inline-edit-no" role="alert">
          {tu('ui.empty')}
        </span>
      )}
    </span>
  );
}
