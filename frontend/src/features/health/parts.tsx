import { CircleCheck, CircleDot, CircleX, MoveDownRight, MoveUpRight } from 'lucide-react';
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
