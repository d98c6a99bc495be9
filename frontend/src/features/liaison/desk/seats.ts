import { t } from './messages';
import type { Desk } from './types';

const PATTERNS = ['embedded', 'liaison', 'invited'] as const;

/** How one stands to one's teams, each by its pattern: "Ops liaison of 4 teams", "Security: embedded in 1 team, invited by 2 teams". */
export function seatWords({ seats, teams }: Pick<Desk, 'seats' | 'teams'>): string {
  const own = teams.filter((x) => !x.for);
  const by = PATTERNS.map((pattern) => ({ pattern, n: own.filter((x) => x.pattern === pattern).length }));
  const has = by.filter((x) => x.n > 0);
  const [first, ...more] = seats.disciplines;
  if (more.length > 0 || (first !== 'operations' && first !== 'security') || has.length === 0)
    return t('desk.seatsOf', { n: seats.teams });
  const what = t(`desk.${first}`);
  if (has.length === 1 && has[0]!.pattern === 'liaison') return t('desk.liaisonOf', { what, n: has[0]!.n });
  return t('desk.patternsOf', {
    what,
    patterns: has.map((x) => t(`desk.of.${x.pattern}`, { n: x.n })).join(', '),
  });
}
