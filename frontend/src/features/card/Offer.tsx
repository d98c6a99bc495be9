import type { Draft } from '../../lib/drafts';
import type { Kept } from '../../lib/kept';
import { relative } from '../../lib/time';
import css from './card.module.css';
import { t } from './messages';

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
