import { useState } from 'react';
import { announce } from '../../lib/announce';
import { api } from '../../lib/api';
import { toast } from '../../lib/notify';
import { Dialog, Field } from '../../ui/Dialog';
import { attempt, useRoom } from './context';
import { tf } from './messages-full';

/** The card as what later ones begin as. */
export function SaveTemplate({ onClose }: { onClose: () => void }) {
  const { store, face } = useRoom();
  const [name, setName] = useState(face.title.slice(0, 80));
  const [about, setAbout] = useState('');
  const [scope, setScope] = useState<'board' | 'team'>('board');
  const [busy, setBusy] = useState(false);
  const save = async () => {
    if (!name.trim()) return;
    setBusy(true);
    const body = { name: name.trim(), about: about.trim(), scope, cardId: face.id };
    const kept = await attempt(api.post(`/boards/${store.boardId}/card-templates`, body));
    setBusy(false);
    if (!kept) return;
    const said = tf('card.templateSaved', { name: body.name });
    announce(said);
    toast({ text: said });
    onClose();
  };
  return (
    <Dialog
      title={tf('card.templateOf', { key: face.key })}
      onClose={onClose}
      onSubmit={() => void save()}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {tf('card.cancel')}
          </button>
          <button type="submit" className="btn" data-busy={busy || undefined} disabled={!name.trim() || busy}>
            {tf('card.save')}
          </button>
        </>
      }
    >
      <Field label={tf('card.templateName')} hint={tf('card.templateHint')}>
        <input className="input" maxLength={80} value={name} onChange={(e) => setName(e.target.value)} />
      </Field>
      <Field label={tf('card.templateAbout')}>
        <input className="input" maxLength={300} value={about} onChange={(e) => setAbout(e.target.value)} />
      </Field>
      <Field label={tf('card.templateScope')}>
        <select
          className="input"
          value={scope}
          onChange={(e) => setScope(e.target.value as 'board' | 'team')}
        >
          <option value="board">{tf('card.templateBoard')}</option>
          <option value="team">{tf('card.templateTeam')}</option>
        </select>
      </Field>
    </Dialog>
  );
}
