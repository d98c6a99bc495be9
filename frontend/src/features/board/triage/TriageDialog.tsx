import { useState } from 'react';
import { Dialog, Field } from '../../../ui/Dialog';
import { useCard, useRoom } from '../context';
import { focusCard } from '../focus';
import { t } from '../messages-dialogs';
import { askBack, decline } from './triage';

/** Declining needs its reason and asking back its question; both are told to who asked, word for word. */
export function TriageDialog({ id, verb }: { id: string; verb: 'decline' | 'question' }) {
  const room = useRoom();
  const card = useCard(id);
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const close = () => {
    room.ui.setState({ dialog: null });
    focusCard(room, id);
  };
  if (!card) return null;
  const submit = () => {
    setTried(true);
    if (!text.trim()) return;
    room.ui.setState({ dialog: null });
    focusCard(room, id);
    void (verb === 'decline' ? decline(room, card, text.trim()) : askBack(room, card, text.trim()));
  };
  const who = card.ask?.byName ?? '';
  return (
    <Dialog
      title={t(`board.triage.${verb}Title`, { key: card.key })}
      onClose={close}
      onSubmit={submit}
      actions={
        <>
          <button type="button" className="btn line" onClick={close}>
            {t('board.triage.cancel')}
          </button>
          <button type="submit" className="btn">
            {t(verb === 'decline' ? 'board.triage.decline' : 'board.triage.ask')}
          </button>
        </>
      }
    >
      <p>{card.title}</p>
      <Field
        label={t(`board.triage.${verb}Label`)}
        hint={t('board.triage.told', { who })}
        error={tried && !text.trim() ? t(`board.triage.${verb}Needed`) : undefined}
      >
        <textarea
          className="input"
          rows={3}
          maxLength={4000}
          value={text}
          data-autofocus
          onChange={(e) => setText(e.target.value)}
        />
      </Field>
    </Dialog>
  );
}
