import { X } from 'lucide-react';
import { type FormEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import './dialog.css';
import { tu } from './messages';

interface Props {
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** The row of buttons; the one that does it comes last. */
  actions?: ReactNode;
  /** With it the whole dialog is a form and Enter does it. */
  onSubmit?: () => void;
  width?: number;
  /** Nothing of its own around the children; the title is only read aloud. */
  plain?: boolean;
  className?: string;
}

/**
 * A modal dialog on the browser's own element: focus stays inside, the rest of the page is inert, Esc closes, focus
 * returns to where it was. Mount it to open it; `data-autofocus` marks the control that gets the focus.
 */
export function Dialog({
  title,
  onClose,
  children,
  actions,
  onSubmit,
  width = 460,
  plain,
  className = '',
}: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const from = useRef<Element | null>(null);

  useEffect(() => {
    from.current = document.activeElement;
    const el = ref.current;
    if (el && !el.open) el.showModal();
    // The browser would choose the Close button, which comes first.
    const first =
      el?.querySelector<HTMLElement>('[data-autofocus]') ??
      el?.querySelector<HTMLElement>('.dlg-body :is(input, select, textarea, button)');
    first?.focus();
    return () => {
      // React removes the node, which the browser does not count as closing: give the focus back by hand.
      const back = from.current;
      if (back instanceof HTMLElement && back.isConnected) back.focus({ preventScroll: true });
    };
  }, []);

  const submit = (e: FormEvent) => {
    e.preventDefault();
    e.stopPropagation(); // one that was opened from this one is not this one
    onSubmit?.();
  };
  const inner = plain ? (
    children
  ) : (
    <>
      <header className="dlg-head">
        <h2 id={titleId}>{title}</h2>
        <button type="button" className="btn ghost icon" aria-label={tu('ui.close')} onClick={onClose}>
          <X size={17} aria-hidden />
        </button>
      </header>
      <div className="dlg-body">{children}</div>
      {actions && <footer className="dlg-foot">{actions}</footer>}
    </>
  );
  return (
    <dialog
      ref={ref}
      className={`dlg ${className}`}
      aria-modal="true"
      aria-label={plain ? title : undefined}
      aria-labelledby={plain ? undefined : titleId}
      style={{ width: `min(${width}px, calc(100vw - 24px))` }}
      onCancel={(e) => {
        e.preventDefault();
        onClose();
      }}
      onMouseDown={(e) => {
        if (e.target === ref.current) onClose();
      }}
    >
      {plain ? (
        inner
      ) : onSubmit ? (
        <form className="dlg-in" onSubmit={submit}>
          {inner}
        </form>
      ) : (
        <div className="dlg-in">{inner}</div>
      )}
    </dialog>
  );
}

/** A label above its control, with a hint or what is wrong below it. */
export function Field({
  label,
  hint,
  error,
  children,
}: {
  label: string;
  hint?: ReactNode;
  error?: string;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label className="field">
      <span className="field-label">{label}</span>
      {children}
      {error ? (
        <span className="field-error" role="alert">
          {error}
        </span>
      ) : (
        hint && <span className="field-hint">{hint}</span>
      )}
    </label>
  );
}
