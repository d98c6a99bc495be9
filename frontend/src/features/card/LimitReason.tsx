import { useState } from 'react';
import { Dialog, Field } from '../../ui/Dialog';
import { t } from './messages';

export interface LimitAsk {
  /** The server's sentence about the limit. */
  limit: string;
  answer: (reason: string | undefined) => void;
}

/** Asks why a change of the open card may go past a limit. The reason is kept with it; closing changes nothing. */
export function LimitReason({ cardKey, ask }: { cardKey: string; ask: LimitAsk }) {
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const missing = !reason.trim();
  const leave = () => ask.answer(undefined);
  const submit = () => {
    setTried(true);
    if (!missing) ask.answer(reason.trim());
  };
  return (
    <Dialog
      title={t('card.limitTitle', { key: cardKey })}
      onClose={leave}
      onSubmit={submit}
      actions={
        <>
          <button type="button" className="btn line" onClick={leave}>
            {t('card.limitLeave')}
          </button>
          <button type="submit" className="btn">
            {t('card.limitDo')}
          </button>
        </>
      }
    >
      <Field
        label={t('card.limitWhy')}
        hint={ask.limit}
        error={tried && missing ? t('card.limitNeeded') : undefined}
      >
        <textarea
          className="input"
          data-autofocus
          maxLength={500}
          value={reason}
          aria-invalid={(tried && missing) || undefined}
          onChange={(e) => setReason(e.target.value)}
          onKeyDown={(e) => {
            if (e.key !== 'Enter' || e.shiftKey || e.nativeEvent.isComposing) return;
            e.preventDefault();
            submit();
          }}
        />
      </Field>
    </Dialog>
  );
}
