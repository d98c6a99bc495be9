import { Check, CircleSlash, Clock3 } from 'lucide-react';
import type { Discipline } from '../../../api/types';
import { DiscIcon } from '../../../ui/DiscIcon';
import { t } from '../messages';
import type { DemoCard } from '../types';

/** All cards of the demo, the one that is shown now among them. */
export function Agenda({
  cards,
  at,
  onGo,
}: {
  cards: readonly DemoCard[];
  at: number;
  onGo?: (n: number) => void;
}) {
  return (
    <section className="panel ri-pad">
      <h2 className="h2">{t('rd.agenda')}</h2>
      <ol className="rd-list">
        {cards.map((c, n) => {
          const words = (
            <>
              <span className="rd-sign" data-outcome={c.outcome}>
                {c.outcome === 'shown' && <Check size={14} role="img" aria-label={t('rd.outcome.shown')} />}
                {c.outcome === 'later' && <Clock3 size={13} role="img" aria-label={t('rd.outcome.later')} />}
                {c.outcome === 'skipped' && (
                  <CircleSlash size={13} role="img" aria-label={t('rd.outcome.skipped')} />
                )}
              </span>
              <span className="rd-name">
                <small>{c.key}</small> {c.title}
              </span>
              <span className="rd-to">
                {c.marks.map((m) => (
                  <DiscIcon key={m.audience} d={m.audience as Discipline} size={13} />
                ))}
              </span>
            </>
          );
          return (
            <li key={c.cardId} aria-current={n === at ? 'step' : undefined}>
              {onGo ? (
                <button type="button" onClick={() => onGo(n)}>
                  {words}
                </button>
              ) : (
                <span>{words}</span>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
