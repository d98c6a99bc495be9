import { Avatar } from '../../../ui/Avatar';
import { Dialog } from '../../../ui/Dialog';
import { t } from '../messages';
import type { Meeting, Named } from '../types';
import { type BoardFacts, comingTurns, stepNow } from '../walk';

/** Whoever is still to come, then those who had their turn, then the others of the board. */
export function PassSheet({
  meeting,
  board,
  onPass,
  onClose,
}: {
  meeting: Meeting;
  board: BoardFacts;
  onPass: (person: Named) => void;
  onClose: () => void;
}) {
  const now = stepNow(meeting)?.person?.id;
  // Who is there by name only has their turn where it stands; nobody else can be told apart by it.
  const coming = comingTurns(meeting).flatMap((s) => (s.person?.id ? s.person : []));
  const had = new Set(
    meeting.steps.filter((s) => s.n < meeting.at && s.person).map((s) => s.person?.id ?? ''),
  );
  const others = [...board.people().values()]
    .filter((p) => p.active && p.id !== now && !coming.some((c) => c.id === p.id))
    .sort((a, b) => Number(had.has(b.id)) - Number(had.has(a.id)) || a.name.localeCompare(b.name));
  return (
    <Dialog title={t('rm.passTitle')} className="sheet" onClose={onClose}>
      <p className="lead">{t('rm.passText')}</p>
      <ul className="rm-faces">
        {[...coming, ...others].map((p) => {
          const known = board.people().get(p.id);
          return (
            <li key={p.id}>
              <button type="button" onClick={() => onPass({ id: p.id, name: p.name })}>
                {known && <Avatar person={known} size={48} decorative />}
                <span>{p.name}</span>
                {had.has(p.id) && <small>{t('rm.passedTo')}</small>}
              </button>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
