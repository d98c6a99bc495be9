import { useState } from 'react';
import type { Face } from '../../../api/types';
import { Dialog, Field } from '../../../ui/Dialog';
import { t } from '../messages';

/** A "not yet" says what is missing. */
export function Because({
  card,
  was = '',
  onSay,
  onClose,
}: {
  card: Face;
  was?: string;
  /** True when it was said; until then the words stay. */
  onSay: (text: string) => Promise<boolean>;
  onClose: () => void;
}) {
  const [text, setText] = useState(was);
  const [busy, setBusy] = useState(false);
  const say = async () => {
    if (busy || !text.trim()) return;
    setBusy(true);
    if (await onSay(text.trim())) onClose();
    else setBusy(false);
  };
  return (
    <Dialog
      title={t('rp.because', { key: card.key })}
      onClose={onClose}
      onSubmit={() => void say()}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('rs.cancel')}
          </button>
          <button type="submit" className="btn" disabled={!text.trim()} data-busy={busy || undefined}>
            {t('rp.say')}
          </button>
        </>
      }
    >
      <p>{card.title}</p>
      <Field label={t('rp.becauseLabel')} hint={t('rp.becauseHint')}>
        <input
          className="input"
          data-autofocus
          maxLength={300}
          value={text}
          placeholder={t('rp.becausePlaceholder')}
          onChange={(e) => setText(e.target.value)}
        />
      </Field>
    </Dialog>
  );
}
