import { Avatar } from '../../ui/Avatar';
import { DiscIcon } from '../../ui/DiscIcon';
import type { Face } from './types';

/** A person with the shape of their discipline: it matters which seat somebody speaks from. */
export function Who({ person, sub, size = 24 }: { person: Face; sub?: string; size?: number }) {
  return (
    <span className="ck-who">
      <Avatar person={person} size={size} decorative />
      <span>
        {person.name} <DiscIcon d={person.discipline} size={13} />
        {sub && <small>{sub}</small>}
      </span>
    </span>
  );
}

/** Somebody is missing: a dashed circle and what for. */
export function Nobody({ word, tone }: { word: string; tone?: 'bad' | 'me' }) {
  return (
    <span className="ck-nobody" data-t={tone}>
      <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
        <circle cx="11" cy="11" r="9.5" fill="none" stroke="currentColor" strokeDasharray="3 2.6" />
      </svg>
      {word}
    </span>
  );
}
