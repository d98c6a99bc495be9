import { useState } from 'react';
import { type Draft, readDraft, writeDraft } from '../../lib/drafts';
import { relative } from '../../lib/time';
import css from './card.module.css';
import { t } from './messages';

/** What was half written into a field of a card; it is offered again until it is saved or thrown away. */
export interface Kept {
  /** Undefined while there is none, or while it is being written on. */
  draft: Draft | undefined;
  keep: (draft: Omit<Draft, 'at'> | undefined) => void;
  /** Looks again, when the writing was left. */
  look: () => void;
  /** It is being written on: no longer offered. */
  taken: () => void;
}

export function useKept(cardId: string, field: string): Kept {
  const name = `${cardId}.${field}`;
  const [draft, setDraft] = useState(() => readDraft(name));
  return {
    draft,
    keep: (next) => writeDraft(name, next),
    look: () => setDraft(readDraft(name)),
    taken: () => setDraft(undefined),
  };
}

/** "You have a draft of ten minutes ago", with the words of a short one. */
export function Offer({ kept, short, onGoOn }: { kept: Kept; short?: boolean; onGoOn: (d: Draft) => void }) {
  const { draft } = kept;
  if (!draft) return null;
  return (
    <div className={css.note} role="status">
      <span>
        {t('card.draft', { when: relative(draft.at) })} {short && <q>{draft.text}</q>}
      </span>
      <button type="button" className="btn soft sm" onClick={() => onGoOn(draft)}>
        {t('card.continue')}
      </button>
      <button
        type="button"
        className="btn ghost sm"
        onClick={() => {
          kept.keep(undefined);
          kept.taken();
        }}
      >
        {t('card.discard')}
      </button>
    </div>
  );
}
