import { Check, Hourglass } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Board, Face } from '../../../api/types';
import { clockOf } from '../../../lib/age';
import { AgeBars } from '../../../ui/Age';
import { t } from '../messages';
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
    return (
      <Days n={k.days} quiet words={t('board.waiting', { n: k.days })} word={t('board.waitingToday')}>
        <Hourglass size={12} />
      </Days>
    );
  }
  if (k.word === 'done')
    return (
      <Days n={k.days} quiet words={t('board.doneIn', { n: k.days })} word={t('board.doneWord')}>
        <Check size={13} />
      </Days>
    );
  const words = k.sle
    ? t(k.sle.guess ? 'board.ageGuess' : 'board.ageSle', {
        n: k.days,
        percent: k.sle.percent,
        days: k.sle.days,
      })
    : t('board.ageOnly', { n: k.days });
  return (
    <Days n={k.days} words={words} level={k.level} over={k.over}>
      <AgeBars level={k.level} />
    </Days>
  );
}

interface DaysProps {
  n: number;
  /** All of it, for the tooltip and for who listens. */
  words: string;
  /** Said before the number where there is room; the sign stands for it where there is little. */
  word?: string;
  quiet?: boolean;
  level?: number;
  over?: boolean;
  /** The sign; the number alone is left where there is no room for it either. */
  children: ReactNode;
}

function Days({ n, words, word, quiet, level, over, children }: DaysProps) {
  return (
    <span
      className={s.clock}
      data-quiet={quiet ? '' : undefined}
      data-level={level}
      data-over={over || undefined}
      data-digits={Math.min(4, String(n).length)}
      title={words}
    >
      <span className={s.days} aria-hidden="true">
        {word && <span className={s.word}>{word}</span>}
        <span className={s.sign} data-alone={word ? undefined : ''}>
          {children}
        </span>
        {t('board.days', { n })}
      </span>
      <span className="sr">{words}</span>
    </span>
  );
}
