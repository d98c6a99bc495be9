import { defineMessages } from '../lib/i18n';
import { browserZone, dateText, dateWords, dayOf, dayOfDate } from '../lib/time';
import './quick-days.css';

// Fetched with the fields that use it; the shared words would come with the first view.
const t = defineMessages({
  'day.quick': 'Quick choices',
  'day.today': 'Today',
  'day.tomorrow': 'Tomorrow',
  'day.monday': 'Next Monday',
});

/** The calendar day `n` days from now in this browser's zone. */
export const dayIn = (n: number): string => dateText(dayOf(Date.now(), browserZone()) + n);

/** Today, tomorrow and the Monday after today; exported for its test. */
export function quickDays(today: string): ['today' | 'tomorrow' | 'monday', string][] {
  const day = dayOfDate(today);
  const weekday = (day + 3) % 7; // 1970-01-01 was a Thursday; Monday is 0
  const monday = dateText(day + 7 - weekday);
  const tomorrow = dateText(day + 1);
  return [
    ['today', today],
    ...(monday === tomorrow ? [] : ([['tomorrow', tomorrow]] as const)),
    ['monday', monday],
  ] as ['today' | 'tomorrow' | 'monday', string][];
}

/** The days that are meant most often, under a date field. `quiet`: only while the field or one of them has the focus. */
export function QuickDays({
  value,
  onPick,
  quiet,
}: {
  value: string;
  onPick: (day: string) => void;
  quiet?: boolean;
}) {
  return (
    <fieldset className="quick-days" data-quiet={quiet || undefined}>
      <legend className="sr">{t('day.quick')}</legend>
      {quickDays(dayIn(0)).map(([word, day]) => (
        <button
          key={word}
          type="button"
          className="btn line sm"
          aria-pressed={value === day}
          title={dateWords(day)}
          // Safari gives a pressed button no focus: the row must not vanish from under the press
          onMouseDown={(e) => e.preventDefault()}
          onClick={() => onPick(day)}
        >
          {t(`day.${word}`)}
        </button>
      ))}
    </fieldset>
  );
}
