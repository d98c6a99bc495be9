import { Hourglass, MessageCircleQuestion } from 'lucide-react';
import { t } from './messages';
import type { Item } from './types';
import { agoWords, shortDay } from './words';

/** Why an answer does not stand as it is: not applicable, a gap that somebody accepted, a question back. */
export function Reasons({
  of,
  paper,
}: {
  of: Pick<Item, 'state' | 'why' | 'na' | 'gap' | 'asked'>;
  paper?: boolean;
}) {
  const { state, why, na, gap } = of;
  return (
    <>
      {(state === 'na' || state === 'questioned') && na && (
        <span className="pill ck-from">{t('ck.na', { why: na.text })}</span>
      )}
      {state === 'gap' && gap && (
        <span className="pill ck-from" data-t={why === 'gap_over' ? 'bad' : 'warn'}>
          <Hourglass size={13} aria-hidden />
          {t(why === 'gap_over' ? 'ck.gapOver' : 'ck.gapAccepted', {
            date: shortDay(gap.until),
            why: gap.why,
          })}
        </span>
      )}
      <Asked of={of} paper={paper} />
    </>
  );
}

/** The question with which it was pushed back; on paper with its day, because paper stays. */
export function Asked({ of: { asked }, paper }: { of: Pick<Item, 'asked'>; paper?: boolean }) {
  if (!asked) return null;
  return (
    <div className="ck-back">
      <MessageCircleQuestion size={15} aria-hidden />
      <p>
        <b>
          {t('ck.asks', { name: asked.person.name, when: paper ? shortDay(asked.at) : agoWords(asked.at) })}
        </b>{' '}
        {asked.text}
      </p>
    </div>
  );
}
