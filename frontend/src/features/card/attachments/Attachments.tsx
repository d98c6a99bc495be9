import { Download, File as FileIcon, Paperclip, RotateCcw, Trash2, X } from 'lucide-react';
import { useCallback, useRef, useState } from 'react';
import type { Attachment } from '../../../api/types';
import { announce } from '../../../lib/announce';
import { api } from '../../../lib/api';
import { toast, toastError } from '../../../lib/notify';
import { absolute } from '../../../lib/time';
import card from '../card.module.css';
import { useRoom } from '../context';
import css from './attachments.module.css';
import { Lightbox } from './Lightbox';
import { sizeWords, t } from './messages';
import { leave, tryAgain, type Upload, upload, useUploads } from './uploads';
import { useFiles } from './use-files';

export const address = (a: Attachment) => `/api/v1/attachments/${a.id}`;

/** The card's files: pictures as pictures, everything else to be downloaded. */
export function Attachments() {
  const { face, detail, can } = useRoom();
  const ref = useRef<HTMLElement>(null);
  const chosen = useRef<HTMLInputElement>(null);
  const uploads = useUploads(face.id);
  const take = useCallback((files: File[]) => upload(face.id, face.key, files), [face.id, face.key]);
  const over = useFiles(ref, can.work, take);
  const [shown, setShown] = useState<string>();
  const list = detail?.attachments ?? [];
  const pictures = list.filter((a) => a.inline);
  const files = list.filter((a) => !a.inline);
  if (!can.work && list.length === 0) return null;
  return (
    <section ref={ref} className={card.part} aria-label={t('attach.title')}>
      <div className={card.partHead}>
        <h3>{t('attach.title')}</h3>
        {can.work && (
          <button type="button" className="btn ghost sm" onClick={() => chosen.current?.click()}>
            <Paperclip size={15} aria-hidden />
            {t('attach.add')}
          </button>
        )}
      </div>
      <input
        ref={chosen}
        type="file"
        multiple
        hidden
        data-testid="attach"
        onChange={(e) => {
          take([...(e.target.files ?? [])]);
          e.target.value = '';
        }}
      />
      {pictures.length > 0 && (
        <ul className={css.pictures}>
          {pictures.map((a) => (
            <li key={a.id} className={css.picture}>
              <button
                type="button"
                className={css.look}
                aria-label={t('attach.open', { name: a.name })}
                onClick={() => setShown(a.id)}
              >
                <img
                  src={address(a) + (a.preview ? '/preview' : '')}
                  alt=""
                  width={a.width}
                  height={a.height}
                  loading="lazy"
                  decoding="async"
                />
              </button>
              <span className={css.caption} title={`${a.name} · ${absolute(a.at)}`}>
                {a.name}
              </span>
              {can.work && <Remove of={a} cardKey={face.key} />}
            </li>
          ))}
        </ul>
      )}
      {files.length > 0 && (
        <ul className={css.files}>
          {files.map((a) => (
            <li key={a.id} className={css.file}>
              <FileIcon size={16} aria-hidden />
              <a
                href={address(a)}
                download={a.name}
                className={css.name}
                aria-label={t('attach.download', { name: a.name })}
              >
                {a.name}
              </a>
              <span className={card.sub} title={absolute(a.at)}>
                {t('attach.by', { size: sizeWords(a.size), name: a.byName })}
              </span>
              <Download size={15} aria-hidden className={css.arrow} />
              {can.work && <Remove of={a} cardKey={face.key} />}
            </li>
          ))}
        </ul>
      )}
      {uploads.length > 0 && (
        <ul className={css.files}>
          {uploads.map((u) => (
            <Sending key={u.key} cardId={face.id} upload={u} />
          ))}
        </ul>
      )}
      {can.work && list.length === 0 && uploads.length === 0 && (
        <p className={css.hint}>{t('attach.hint')}</p>
      )}
      {over && (
        <div
          className={css.over}
          style={{ left: over.left, top: over.top, width: over.width, height: over.height }}
          aria-hidden="true"
        >
          <span>{t('attach.drop', { key: face.key })}</span>
        </div>
      )}
      {shown && pictures.some((a) => a.id === shown) && (
        <Lightbox pictures={pictures} id={shown} onShow={setShown} onClose={() => setShown(undefined)} />
      )}
    </section>
  );
}

function Remove({ of: a, cardKey }: { of: Attachment; cardKey: string }) {
  const remove = async () => {
    try {
      await api.del(`/attachments/${a.id}`);
      const text = t('attach.removed', { name: a.name, key: cardKey });
      announce(text);
      toast({
        text,
        stay: 30_000,
        action: {
          label: t('attach.undo'),
          run: () => void api.post(`/attachments/${a.id}/restore`).catch((e) => toastError(e)),
        },
      });
    } catch (e) {
      toastError(e);
    }
  };
  return (
    <button
      type="button"
      className={`btn ghost sm icon ${css.remove}`}
      aria-label={t('attach.remove', { name: a.name })}
      title={t('attach.remove', { name: a.name })}
      onClick={() => void remove()}
    >
      <Trash2 size={15} aria-hidden />
    </button>
  );
}

function Sending({ cardId, upload: u }: { cardId: string; upload: Upload }) {
  const percent = Math.round(u.done * 100);
  return (
    <li className={css.file} data-problem={u.problem ? true : undefined}>
      <FileIcon size={16} aria-hidden />
      {u.problem ? (
        <span className={css.name} role="alert">
          {t('attach.failed', { name: u.name })} {u.problem}
        </span>
      ) : (
        <>
          <span className={css.name}>{u.name}</span>
          <progress className={css.bar} value={u.done} aria-label={t('attach.sending', { name: u.name })} />
          <span className={card.sub} aria-hidden>
            {t('attach.percent', { n: percent })}
          </span>
        </>
      )}
      {u.problem && (
        <button type="button" className="btn line sm" onClick={() => tryAgain(cardId, u.key)}>
          <RotateCcw size={14} aria-hidden />
          {t('attach.again')}
        </button>
      )}
      <button
        type="button"
        className="btn ghost sm icon"
        aria-label={t(u.problem ? 'attach.dismiss' : 'attach.stop', { name: u.name })}
        onClick={() => leave(cardId, u.key)}
      >
        <X size={15} aria-hidden />
      </button>
    </li>
  );
}
