import { useState } from 'react';
import { readDraft, writeDraft } from '../../../lib/drafts';
import { Dialog, Field } from '../../../ui/Dialog';
import { t } from './messages';
import type { DeskItem } from './types';
import { askDraft } from './use-triage';

/** Asks who explained it; what is written stays here until it is sent. */
export function PushBack({
  item,
  onSend,
  onClose,
}: {
  item: DeskItem;
  onSend: (text: string) => void;
  onClose: () => void;
}) {
  const kept = askDraft(item);
  const [text, setText] = useState(() => readDraft(kept)?.text ?? '');
  const [tried, setTried] = useState(false);
  const name = item.by.name.split(' ')[0] ?? item.by.name;
  const write = (next: string) => {
    setText(next);
    writeDraft(kept, next.trim() ? { text: next } : undefined);
  };
  return (
    <Dialog
      title={`${t('desk.pushBack')}: ${item.item}`}
      onClose={onClose}
      onSubmit={() => {
        setTried(true);
        if (!text.trim()) return;
        onSend(text.trim());
        onClose();
      }}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('desk.cancel')}
          </button>
          <button type="submit" className="btn">
            {t('desk.askSend', { name })}
          </button>
        </>
      }
    >
      <p className="quiet">{item.question}</p>
      <Field
        label={t('desk.ask')}
        hint={t('desk.askHint', { name })}
        error={tried && !text.trim() ? t('desk.askNeed') : undefined}
      >
        <textarea
          data-autofocus
          className="input"
          rows={4}
          maxLength={2000}
          value={text}
          onChange={(e) => write(e.target.value)}
        />
      </Field>
    </Dialog>
  );
}
