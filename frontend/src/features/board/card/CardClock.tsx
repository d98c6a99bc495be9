import { Hourglass } from 'lucide-react';
import type { Board, Face } from '../../../api/types';
import { AgeBars } from '../../../ui/Age';
import { t } from '../messages';
import { clockOf } from '../model/age';
import s from './card.module.css';

/** Waiting, age or done in: exactly one of the three, in words as well as in bars. */
export function CardClock({ card, board, now }: { card: Face; board: Board; now: number }) {
  const k = clockOf(card, board, now);
  if (k.word === 'none') return <span className={s.clock} />;
  if (k.word === 'waiting') {
    if (k.days === 0)
      return (
        <span className={s.clock} data-quiet="">
          {t('board.waitingToday')}
        </span>
      );
    const words = t('board.waiting', { n: k.days });
    return (
      <span className={s.clock} data-quiet="" data-waiting={k.days > 9 ? 'long' : ''} title={words}>
        <span aria-hidden="true">
          <span className={s.word}>{t('board.waitingToday')}</span>
          <Hourglass className={s.glass} size={12} />
          {t('board.days', { n: k.days })}
        </span>
        <span className="sr">{words}</span>
      </span>
    );
  }
  if (k.word === 'done')
    return (
      <span className={s.clock} data-quiet="">
        {t('board.doneIn', { n: k.days })}
      </span>
    );
  const words = k.sle
    ? t(k.sle.guess ? 'board.ageGuess' : 'board.ageSle', {
        n: k.days,
        percent: k.sle.percent,
        days: k.sle.days,
      })
    : t('board.ageOnly', { n: k.days });
  return (
    <span className={s.clock} data-level={k.level} data-over={k.over || undefined} title={words}>
      <AgeBars level={k.level} />
      <span aria-hidden="true">{t('board.days', { n: k.days })}</span>
      <span className="sr">{words}</span>
    </span>
  );
}
