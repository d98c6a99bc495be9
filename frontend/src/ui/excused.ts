import type { Excused } from '../api/types';
import { shortDay } from '../lib/time';
import { tu } from './messages';

type Gaps = NonNullable<Excused['gaps']>;

/** The day on which the first of these gaps ends. */
export const firstDay = (gaps: Gaps): string => gaps.map((g) => g.until).sort()[0] ?? '';

/** "2 do not apply, 1 gap accepted until 3 Dec": what is asked and counts although nobody understood an answer. */
export const excusedWords = ({ na = [], gaps = [] }: Excused): string =>
  [
    na.length > 0 && tu('ui.excused.na', { n: na.length }),
    gaps.length > 0 && tu('ui.excused.gap', { n: gaps.length, date: shortDay(firstDay(gaps)) }),
  ]
    .filter(Boolean)
    .join(', ');
