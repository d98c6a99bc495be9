import { CalendarClock, CircleX, ClipboardX, Hourglass, OctagonX, Scale, Zap } from 'lucide-react';
import type { Face } from '../../../api/types';
import { DiscIcon } from '../../../ui/DiscIcon';
import { t } from '../messages';
import type { Meeting, Step } from '../types';
import { type BoardFacts, comingUp, whySaid } from '../walk';
import { first } from './Screen';

export const WHY_ICON = {
  expedite: Zap,
  blocked: OctagonX,
  due: CalendarClock,
  age: Hourglass,
  failing: CircleX,
  lapsed: ClipboardX,
  over: Scale,
} as const;
const SHOWN = 3;

/** What comes after the card of now. */
export function Next({ meeting, board, now }: { meeting: Meeting; board: BoardFacts; now: number }) {
  const next = comingUp(meeting, board);
  const healthy = meeting.healthy?.length ?? 0;
  return (
    <section className="tv-next" aria-label={t('su.upNext')}>
      <h3>
        {t('su.nextHead')}{' '}
        <span>
          {t('su.toGo', { n: next.length })}, {t('su.healthyN', { n: healthy })}
        </span>
      </h3>
      {next.length === 0 ? (
        <div className="tv-last">
          <strong>{t('su.lastCard')}</strong>
          <p>{healthy ? t('su.thenHealthy', { n: healthy }) : t('su.thenAnything')}</p>
        </div>
      ) : (
        <ol>
          {next.slice(0, SHOWN).map(({ step, card }) => (
            <Row key={step.n} step={step} card={card} board={board} now={now} />
          ))}
        </ol>
      )}
    </section>
  );
}

export function Row({ step, card, board, now }: { step: Step; card: Face; board: BoardFacts; now: number }) {
  const why = whySaid(step, card, board, now);
  const Icon = WHY_ICON[why.icon];
  const owner = board.people().get(card.ownerIds[0] ?? '');
  return (
    <li>
      <DiscIcon d={card.discipline} size={52} decorative />
      <div>
        <small>
          <span className="k">{card.key}</span>
          <i>{owner ? first(owner.name) : ''}</i>
        </small>
        <strong>{card.title}</strong>
        <em data-t={why.tone}>
          <Icon size="1em" aria-hidden />
          {why.text}
        </em>
      </div>
    </li>
  );
}
