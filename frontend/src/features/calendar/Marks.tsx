import { Check, X } from 'lucide-react';
import { DiscIcon } from '../../ui/DiscIcon';
import { t } from './messages';
import type { Occurrence } from './types';
import { discShort } from './words';

/** Who said that they come, and whether they did: shape, name, and a sign once it is over. */
export function Marks({ o }: { o: Occurrence }) {
  const marks = [
    ...o.agreed.map((a) => ({
      key: `a${a.discipline}${a.personId ?? ''}`,
      d: a.discipline,
      who: a.name?.split(' ')[0] ?? discShort(a.discipline),
      came: a.came,
      planned: 'ca.markAgreed' as const,
    })),
    ...o.invited.map((i) => ({
      key: i.id,
      d: i.discipline as 'operations',
      who: i.name.split(' ')[0] ?? i.name,
      came: i.came,
      planned: 'ca.markInvited' as const,
    })),
  ];
  if (marks.length === 0) return null;
  return (
    <span className="ca-marks">
      {marks.map(({ key, d, who, came, planned }) => {
        const said = t(came === undefined ? planned : came ? 'ca.markCame' : 'ca.markAway', { who });
        return (
          <span key={key} className="ca-mark" data-came={came} title={said}>
            <DiscIcon d={d} size={13} solid={came === true} decorative />
            <span aria-hidden="true">{who}</span>
            {came === true && <Check size={12} aria-hidden />}
            {came === false && <X size={12} aria-hidden />}
            <span className="sr">{said}</span>
          </span>
        );
      })}
    </span>
  );
}
