import { type RefObject, useState } from 'react';
import { api } from '../../../lib/api';
import { useOnce } from '../../../lib/use-once';
import { t } from '../messages';
import type { DemoCard, RitualView } from '../types';
import type { Ritual } from '../use-ritual';

/**
 * What somebody says to the card that is shown, guests too. Words that were begun stay with their card while the demo
 * goes on, and stay here until they have arrived.
 */
export function SayNote({
  cards,
  card,
  ritual,
  field,
}: {
  cards: readonly DemoCard[];
  card?: DemoCard;
  ritual: Ritual;
  field: RefObject<HTMLInputElement | null>;
}) {
  const [begun, setBegun] = useState<{ cardId: string; text: string }>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const once = useOnce();
  const on = cards.find((c) => c.cardId === begun?.cardId) ?? card;
  if (!on) return null;
  const text = begun?.text ?? '';
  const add = async () => {
    if (busy || !text.trim()) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const body = { cardId: on.cardId, text: text.trim() };
      ritual.take(
        await once(body, (key) => api.post<RitualView>(`/rituals/${ritual.id}/notes`, body, { key })),
      );
      setBegun((now) => (now === begun ? undefined : now));
    } catch (error) {
      setProblem(t('rd.noteKept', { why: error instanceof Error ? error.message : String(error) }));
    }
    setBusy(false);
  };
  return (
    <form
      className="panel rd-say"
      onSubmit={(e) => {
        e.preventDefault();
        void add();
      }}
    >
      <label>
        <span className="sr">{t('rd.note')}</span>
        {on !== card && <b className="rd-key">{t('rd.noteOn', { key: on.key })}</b>}
        <input
          ref={field}
          className="input"
          maxLength={1000}
          placeholder={t('rd.note')}
          value={text}
          onChange={(e) => setBegun(e.target.value ? { cardId: on.cardId, text: e.target.value } : undefined)}
          onKeyDown={(e) => e.key === 'Escape' && e.currentTarget.blur()}
        />
      </label>
      <button type="submit" className="btn line" disabled={!text.trim()} data-busy={busy || undefined}>
        {t('rd.noteAdd')}
      </button>
      <small className={problem ? 'field-error' : 'quiet'} role={problem ? 'alert' : undefined}>
        {problem ?? t('rd.noteHint')}
      </small>
    </form>
  );
}
