import { CircleCheck, CircleDot, CircleX, MoveDownRight, MoveRight, MoveUpRight } from 'lucide-react';
import { t } from './messages';
import type { Result } from './types';

/** Each state has its own shape beside its colour. */
export const MARK = { 3: CircleCheck, 2: CircleDot, 1: CircleX } as const;
export const TONE = { 3: 'ok', 2: 'warn', 1: 'bad' } as const;

/** How a team's answers spread, in counts of people. */
export function Spread({ result: r }: { result: Result }) {
  const counts = { 3: r.well, 2: r.soSo, 1: r.bad } as const;
  return (
    <span className="hc-spread">
      <span className="sr">{t('hc.result', { well: r.well, soSo: r.soSo, bad: r.bad })}</span>
      {([3, 2, 1] as const).map((score) => {
        const Mark = MARK[score];
        return (
          <span
            key={score}
            className="hc-n"
            data-t={TONE[score]}
            data-zero={!counts[score] || undefined}
            aria-hidden="true"
          >
            <Mark size={15} />
            {counts[score]}
          </span>
        );
      })}
      {r.better > 0 && (
        <span className="hc-go">
          <MoveUpRight size={14} aria-hidden />
          {t('hc.better', { n: r.better })}
        </span>
      )}
      {r.worse > 0 && (
        <span className="hc-go">
          <MoveDownRight size={14} aria-hidden />
          {t('hc.worse', { n: r.worse })}
        </span>
      )}
    </span>
  );
}

/** Fewer than a quarter of a step is no change: one of eight who says so-so instead of well. */
const STEP = 0.25;
const mean = (r: Result) => (r.well * 3 + r.soSo * 2 + r.bad) / (r.well + r.soSo + r.bad);

/** Whether a team says better (1), worse (-1) or the same (0) than before. */
export function change(now: Result, before: Result): -1 | 0 | 1 {
  const by = mean(now) - mean(before);
  return by >= STEP ? 1 : by <= -STEP ? -1 : 0;
}

const WAY = {
  1: { Icon: MoveUpRight, word: 'hc.since.better' },
  0: { Icon: MoveRight, word: 'hc.since.same' },
  '-1': { Icon: MoveDownRight, word: 'hc.since.worse' },
} as const;

/** What was said last time beside what is said now. */
export function Since({ result, before }: { result: Result; before?: Result }) {
  if (!before) return <p className="small quiet">{t('hc.since.none')}</p>;
  const way = change(result, before);
  const { Icon, word } = WAY[way];
  return (
    <p className="hc-since" data-way={way}>
      <Icon size={15} aria-hidden />
      <b>{t(word)}</b>
      <span className="quiet">
        {t('hc.since.was', { well: before.well, soSo: before.soSo, bad: before.bad })}
      </span>
    </p>
  );
}
