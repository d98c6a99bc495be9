import { CalendarX2, FileQuestion, type Flag as FlagIcon, TriangleAlert, UserRoundX } from 'lucide-react';
import { shortDay } from '../../lib/time';
import { t } from './messages';
import type { Flag } from './types';

const ICONS: Partial<Record<Flag['code'], typeof FlagIcon>> = {
  uncovered: UserRoundX,
  left: UserRoundX,
  no_deputy: UserRoundX,
  no_security: UserRoundX,
  away: CalendarX2,
  review_past: CalendarX2,
  no_contract: FileQuestion,
};

export const flagWords = (f: Flag): string =>
  t(`cv.flag.${f.code}`, {
    name: f.name ?? '',
    day: f.day ? shortDay(f.day) : '',
    n: f.n ?? 0,
    of: f.of ?? 0,
  });

/** What is to look at: a shape, a colour and a word. */
export function Flags({ flags }: { flags: readonly Flag[] }) {
  return (
    <ul className="cv-flags">
      {flags.map((f) => {
        const Icon = ICONS[f.code] ?? TriangleAlert;
        return (
          <li key={`${f.code} ${f.name ?? ''}`} className="pill" data-t={f.bad ? 'bad' : 'warn'}>
            <Icon size={13} aria-hidden />
            {flagWords(f)}
          </li>
        );
      })}
    </ul>
  );
}
