import type { PresentPerson } from '../api/types';
import { Avatar } from '../ui/Avatar';
import { t } from './messages';

const SHOWN = 5;

/** Who else has this board open: five faces, then a number. */
export function Faces({ people, me }: { people: readonly PresentPerson[]; me: string }) {
  if (people.length === 0) return null;
  const sorted = [...people].sort((a, b) => Number(b.personId === me) - Number(a.personId === me));
  const rest = sorted.slice(SHOWN);
  return (
    <ul className="faces" aria-label={t('app.here')}>
      {sorted.slice(0, SHOWN).map((p) => (
        <li key={p.personId} title={p.name} data-editing={p.at?.editing || undefined}>
          <Avatar person={p} size={28} decorative />
          <span className="sr">{p.at?.editing ? t('app.here.editing', { name: p.name }) : p.name}</span>
        </li>
      ))}
      {rest.length > 0 && (
        <li className="faces-more" title={rest.map((p) => p.name).join(', ')}>
          <span aria-hidden="true">+{rest.length}</span>
          <span className="sr">{t('app.here.more', { n: rest.length })}</span>
        </li>
      )}
    </ul>
  );
}
