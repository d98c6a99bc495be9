import { use, useEffect, useId, useRef, useState } from 'react';
import { api } from '../../lib/api';
import { Markdown } from '../../ui/Markdown';
import css from './card.module.css';
import { CardRoom } from './context';
import { useMentions } from './Mentions';
import { t } from './messages';

interface Props {
  label: string;
  value: string;
  onChange: (text: string) => void;
  onSave: () => void;
  /** Absent for the comment field, which is always open. */
  onCancel?: () => void;
  saveLabel?: string;
  placeholder?: string;
  rows?: number;
  focus?: boolean;
  maxLength?: number;
}

/** Markdown with a preview made by the server, so that what is shown is what will be kept. */
export function Editor(props: Props) {
  const {
    label,
    value,
    onChange,
    onSave,
    onCancel,
    saveLabel,
    placeholder,
    rows = 8,
    focus,
    maxLength,
  } = props;
  const [preview, setPreview] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const hint = useId();
  const cardId = use(CardRoom)?.face.id;
  const mentions = useMentions(hint, cardId?.startsWith('new:') ? undefined : cardId, field, value, onChange);
  useEffect(() => {
    const el = field.current;
    if (!focus || !el) return;
    el.focus();
    el.setSelectionRange(el.value.length, el.value.length);
  }, [focus]);
  return (
    <div className={css.editor}>
      {preview ? (
        <Preview text={value} card={cardId} />
      ) : (
        <textarea
          ref={field}
          className="input"
          aria-label={label}
          aria-describedby={hint}
          placeholder={placeholder}
          rows={rows}
          maxLength={maxLength}
          value={value}
          {...mentions.props}
          onChange={(e) => onChange(e.target.value)}
          onKeyDown={(e) => {
            if (e.nativeEvent.isComposing || mentions.key(e)) return;
            if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) {
              e.preventDefault();
              onSave();
            } else if (e.key === 'Escape') {
              e.preventDefault();
              e.stopPropagation();
              if (onCancel) onCancel();
              // Out of the field, to the card's heading, from where the next Esc closes the panel.
              else e.currentTarget.closest('aside, article')?.querySelector('h2')?.focus();
            }
          }}
        />
      )}
      {!preview && mentions.list}
      <div className={css.editorFoot}>
        <button
          type="button"
          className="btn ghost sm"
          aria-pressed={preview}
          onClick={() => setPreview(!preview)}
        >
          {t(preview ? 'card.write' : 'card.preview')}
        </button>
        <span id={hint} className={css.hint}>
          {t('card.markdown')}
        </span>
        {onCancel && (
          <button type="button" className="btn line sm" onClick={onCancel}>
            {t('card.cancel')}
          </button>
        )}
        <button type="button" className="btn sm" disabled={!onCancel && !value.trim()} onClick={onSave}>
          {saveLabel ?? t('card.save')}
        </button>
      </div>
    </div>
  );
}

function Preview({ text, card }: { text: string; card: string | undefined }) {
  const [html, setHtml] = useState<string>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    if (!text.trim()) return;
    api
      .post<{ html: string }>('/markdown', { text, ...(card ? { card } : {}) }, { signal: stop.signal })
      .then((answer) => setHtml(answer.html))
      .catch(() => !stop.signal.aborted && setFailed(true));
    return () => stop.abort();
  }, [text, card]);
  return (
    <div className={css.preview} role="status">
      {failed && <p className={css.quiet}>{t('card.previewFailed')}</p>}
      {!text.trim() && <p className={css.quiet}>{t('card.nothing')}</p>}
      {html !== undefined && <Markdown html={html} />}
    </div>
  );
}
