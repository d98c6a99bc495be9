import { Paperclip } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { api } from '../../lib/api';
import { refresh, useData } from '../../lib/data';
import { toastError } from '../../lib/notify';
import { t } from './messages';
import { useRoom } from './room';
import type { Proof } from './types';

interface Attached {
  id: string;
  name: string;
}

/** A file of the checklist's card, or of itself where it is about none: chosen among those that hang there, or hung there now. */
export function FileField({
  proof: p,
  onChange,
}: {
  proof: Proof;
  onChange: (next: Partial<Proof>) => void;
}) {
  const { view } = useRoom();
  const id = useId();
  const chosen = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const path = view.card ? `/cards/${view.card.id}` : `/checklists/${view.id}`;
  const query = useData<{ attachments: Attached[] }>(view.card ? path : null);
  const [hung, setHung] = useState<Attached>();
  const there = view.card ? query.data?.attachments : view.files;
  const files = [...(there ?? []), ...(hung && !there?.some((f) => f.id === hung.id) ? [hung] : [])];
  const hang = async (file: File | undefined) => {
    if (!file) return;
    const form = new FormData();
    form.append('file', file);
    setBusy(true);
    try {
      const { attachment } = await api.upload<{ attachment: Attached }>(`${path}/attachments`, form);
      setHung(attachment);
      void refresh(path);
      onChange({ value: attachment.id, label: attachment.name });
    } catch (error) {
      toastError(error);
    }
    setBusy(false);
  };
  return (
    <span className="ck-f" data-wide>
      <label htmlFor={id}>{t('ck.file')}</label>
      <span className="ck-file">
        <select
          id={id}
          className="input sm"
          value={p.value}
          onChange={(e) =>
            onChange({ value: e.target.value, label: files.find((f) => f.id === e.target.value)?.name })
          }
        >
          <option value="">{t(files.length > 0 ? 'ck.fileChoose' : 'ck.fileNone')}</option>
          {files.map((f) => (
            <option key={f.id} value={f.id}>
              {f.name}
            </option>
          ))}
        </select>
        <button
          type="button"
          className="btn line sm"
          data-busy={busy || undefined}
          onClick={() => chosen.current?.click()}
        >
          <Paperclip size={14} aria-hidden />
          {t('ck.fileHang')}
        </button>
        <input
          ref={chosen}
          type="file"
          hidden
          data-testid="evidence-file"
          onChange={(e) => {
            void hang(e.target.files?.[0]);
            e.target.value = '';
          }}
        />
      </span>
    </span>
  );
}
