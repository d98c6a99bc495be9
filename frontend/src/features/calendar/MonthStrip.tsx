import { ChevronLeft, ChevronRight } from 'lucide-react';
import { t } from './messages';
import type { Occurrence, WholeDay } from './types';
import { byDay, byWholeDay, dayKey, plusDays } from './week';

const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric' });
const short = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** The weeks of a month, each with how much is on its days; a press shows the week. */
export function MonthStrip({
  weeks,
  monday,
  items,
  whole,
  now,
  onWeek,
  onMonth,
  onToday,
}: {
  weeks: readonly Date[];
  monday: Date;
  items: readonly Occurrence[];
  whole: readonly WholeDay[];
  now: number;
  onWeek: (monday: Date) => void;
  onMonth: (by: 1 | -1) => void;
  onToday: () => void;
}) {
  const days = byDay(items);
  const today = dayKey(new Date(now));
  return (
    <section className="ca-strip panel" aria-label={t('ca.weeks')}>
      <div className="ca-month">
        <button
          type="button"
          className="btn ghost icon sm"
          aria-label={t('ca.before')}
          onClick={() => onMonth(-1)}
        >
          <ChevronLeft size={17} aria-hidden />
        </button>
        <b aria-live="polite">{month.format(plusDays(weeks[1] ?? monday, 3))}</b>
        <button
          type="button"
          className="btn ghost icon sm"
          aria-label={t('ca.after')}
          onClick={() => onMonth(1)}
        >
          <ChevronRight size={17} aria-hidden />
        </button>
        <button type="button" className="btn line sm" onClick={onToday}>
          {t('ca.today')}
        </button>
      </div>
      <div className="ca-weeks">
        {weeks.map((m) => {
          const seven = [0, 1, 2, 3, 4, 5, 6].map((n) => dayKey(plusDays(m, n)));
          const n = seven.reduce((sum, d) => sum + (days.get(d)?.length ?? 0), 0);
          const seen = byWholeDay(whole, m, 7);
          const launching = (d: string) => seen.get(d)?.some((x) => x.kind !== 'freeze');
          const frozen = (d: string) => seen.get(d)?.some((x) => x.kind === 'freeze');
          const launches = new Set(
            [...seen.values()].flat().flatMap((x) => (x.kind === 'launch' ? [x.id] : [])),
          ).size;
          const words = `${short.format(m)} – ${short.format(plusDays(m, 6))}`;
          return (
            <button
              key={seven[0]}
              type="button"
              className="ca-wk"
              aria-current={dayKey(m) === dayKey(monday) ? 'true' : undefined}
              aria-label={t('ca.week', { days: words, n, m: launches, f: seven.some(frozen) ? 1 : 0 })}
              onClick={() => onWeek(m)}
            >
              <span className="ca-wk-words">{words}</span>
              <span className="ca-bars">
                {seven.map((d) => (
                  <i
                    key={d}
                    data-today={d === today || undefined}
                    data-launch={launching(d) || undefined}
                    data-frozen={frozen(d) || undefined}
                    style={{ height: `${3 + Math.min(6, days.get(d)?.length ?? 0) * 3}px` }}
                  />
                ))}
              </span>
            </button>
          );
        })}
      </div>
    </section>
  );
}
