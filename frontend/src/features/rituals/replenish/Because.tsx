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
  onSay: (text: string) => void;
  onClose: () => void;
}) {
  const [text, setText] = useState(was);
  return (
    <Dialog
      title={t('rp.because', { key: card.key })}
      onClose={onClose}
      onSubmit={() => text.trim() && onSay(text.trim())}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('rs.cancel')}
          </button>
          <button type="submit" className="btn" disabled={!text.trim()}>
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
