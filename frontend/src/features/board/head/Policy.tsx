import { useId, useRef, useState } from 'react';
import type { Column } from '../../../api/types';
import { listWords } from '../../../ui/entry-list';
import { t } from '../messages';
import s from './head.module.css';

const OPEN_AFTER_MS = 350;

function limitSentence(c: Column): string {
  const { mode, max, min } = c.wip;
  const parts: string[] = [];
  if (mode !== 'off' && max) parts.push(t(`board.policy.${mode}`, { max }));
  if (mode !== 'off' && min) parts.push(t('board.policy.min', { min }));
  return parts.length ? parts.join(' ') : t('board.policy.none');
}

/**
 * The column's name. Hovering, focusing or pressing it shows what the team agreed on for this column; Esc puts it
 * away again (1.4.13).
 */
export function Policy({ column }: { column: Column }) {
  const [open, setOpen] = useState(false);
  const pinned = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const id = useId();
  const later = (show: boolean, ms: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(show), ms);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only keeps the text open while the pointer is over it
    <span
      className={s.name}
      onMouseEnter={() => later(true, OPEN_AFTER_MS)}
      onMouseLeave={() => !pinned.current && later(false, 120)}
    >
      <h2>
        <button
          type="button"
          aria-expanded={open}
          aria-describedby={open ? id : undefined}
          onFocus={(e) => e.currentTarget.matches(':focus-visible') && later(true, 0)}
          onBlur={() => {
            pinned.current = false;
            later(false, 0);
          }}
          onClick={() => {
            clearTimeout(timer.current);
            pinned.current = !pinned.current;
            setOpen(pinned.current);
          }}
          onKeyDown={(e) => {
            if (e.key !== 'Escape' || !open) return;
            e.stopPropagation();
            pinned.current = false;
            setOpen(false);
          }}
        >
          {column.name}
        </button>
      </h2>
      {open && (
        <span className={s.policy} id={id} role="note">
          <b>{t(`board.kind.${column.kind}`)}</b>
          <span className={s.policyText}>{column.policy || t('board.policy.empty')}</span>
          {(!!column.checks?.length || column.checklist) && (
            <span className={s.policyText}>
              {t('board.policy.asks')}
              {column.checklist && <span className={s.policyCheck}>{listWords(column.checklist)}</span>}
              {column.checks?.map((c) => (
                <span key={c.id} className={s.policyCheck}>
                  {c.text}
                </span>
              ))}
            </span>
          )}
          <span className={s.policyLimit}>{limitSentence(column)}</span>
        </span>
      )}
    </span>
  );
}
