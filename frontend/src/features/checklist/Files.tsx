import { Paperclip, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { announce } from '../../lib/announce';
import { ApiError, api } from '../../lib/api';
import { toast, toastError } from '../../lib/notify';
import './files.css';
import { t } from './messages';
import { useRoom } from './room';
import type { Attached } from './types';

/** The files that hang at the checklist itself. What an answer shows stays until it is taken out of there. */
export function Files() {
  const { view, may } = useRoom();
  if (!view.files?.length) return null;
  return (
    <section className="ck-files" aria-label={t('ck.files')}>
      <h2>{t('ck.files')}</h2>
      <ul>
        {view.files.map((f) => (
          <li key={f.id}>
            <Paperclip size={13} aria-hidden />
            <a
              href={`/api/v1/attachments/${f.id}`}
              className="link"
              target="_blank"
              rel="noopener noreferrer"
            >
              {f.name}
            </a>
            {may.answer && <TakeOff file={f} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function TakeOff({ file }: { file: Attached }) {
  const { live, go } = useRoom();
  const [busy, setBusy] = useState(false);
  const path = `/checklists/${live.id}/attachments/${file.id}`;
  const back = () => {
    api.post(`${path}/restore`).then(live.again, toastError);
  };
  const run = async () => {
    setBusy(true);
    try {
      await api.del(path);
      live.again();
      const text = t('ck.fileOff', { name: file.name });
      announce(text);
      toast({ text, stay: 30_000, action: { label: t('ck.undo'), run: back } });
    } catch (error) {
      const [key] = (error instanceof ApiError && (error.extra.items as string[] | undefined)) || [];
      if (error instanceof ApiError && error.code === 'file_in_use' && key)
        toast({
          text: error.detail,
          tone: 'bad',
          action: { label: t('ck.goTo', { key }), run: () => go(key) },
        });
      else toastError(error);
    }
    setBusy(false);
  };
  const words = t('ck.fileTakeOff', { name: file.name });
  return (
    <button
      type="button"
      className="btn ghost sm icon"
      aria-label={words}
      title={words}
      data-busy={busy || undefined}
      onClick={() => void run()}
    >
      <Trash2 size={14} aria-hidden />
    </button>
  );
}
