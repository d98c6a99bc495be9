import { ChevronLeft, ChevronRight, Download, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Attachment } from '../../../api/types';
import { address } from './Attachments';
import css from './attachments.module.css';
import { t } from './messages';

/** One picture as large as the window; arrows go to the others, Esc and the ground around it close. */
export function Lightbox({
  pictures,
  id,
  onShow,
  onClose,
}: {
  pictures: readonly Attachment[];
  id: string;
  onShow: (id: string) => void;
  onClose: () => void;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const from = useRef<Element | null>(null);
  const [broken, setBroken] = useState<string>();
  useEffect(() => {
    from.current = document.activeElement;
    if (!ref.current?.open) ref.current?.showModal();
    return () => {
      if (from.current instanceof HTMLElement && from.current.isConnected)
        from.current.focus({ preventScroll: true });
    };
  }, []);
  const at = pictures.findIndex((a) => a.id === id);
  const a = pictures[at];
  if (!a) return null;
  const go = (by: number) => {
    const next = pictures[at + by];
    if (next) onShow(next.id);
  };
  return (
    <dialog
      ref={ref}
      className={css.box}
      aria-modal="true"
      aria-label={a.name}
      onCancel={(e) => {
        e.preventDefault();
        e.stopPropagation();
        onClose();
      }}
      onKeyDown={(e) => {
        e.stopPropagation();
        if (e.key === 'ArrowLeft') go(-1);
        else if (e.key === 'ArrowRight') go(1);
      }}
    >
      <header className={css.boxHead}>
        <b>{a.name}</b>
        {pictures.length > 1 && <span>{t('attach.of', { n: at + 1, all: pictures.length })}</span>}
        <a
          href={`${address(a)}?download=true`}
          download={a.name}
          className="btn ghost icon"
          aria-label={t('attach.download', { name: a.name })}
        >
          <Download size={17} aria-hidden />
        </a>
        <button type="button" className="btn ghost icon" aria-label={t('attach.close')} onClick={onClose}>
          <X size={17} aria-hidden />
        </button>
      </header>
      <div
        className={css.stage}
        onPointerDown={(e) => {
          if (e.target === e.currentTarget) onClose();
        }}
      >
        {broken === a.id ? (
          <p>{t('attach.noPicture')}</p>
        ) : (
          <img
            key={a.id}
            src={address(a)}
            alt={a.name}
            width={a.width}
            height={a.height}
            onError={() => setBroken(a.id)}
          />
        )}
        {pictures.length > 1 && (
          <>
            <button
              type="button"
              className={`btn line icon ${css.prev}`}
              aria-label={t('attach.prev')}
              aria-disabled={at === 0 || undefined}
              onClick={() => go(-1)}
            >
              <ChevronLeft size={18} aria-hidden />
            </button>
            <button
              type="button"
              className={`btn line icon ${css.next}`}
              aria-label={t('attach.next')}
              aria-disabled={at === pictures.length - 1 || undefined}
              onClick={() => go(1)}
            >
              <ChevronRight size={18} aria-hidden />
            </button>
          </>
        )}
      </div>
    </dialog>
  );
}
