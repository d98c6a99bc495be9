import { CircleHelp } from 'lucide-react';
import { Suspense, useState } from 'react';
import type { Me } from '../../api/types';
import { barePart } from '../../lib/lazy';
import { personNow, useMe } from '../../lib/session';
import { readStored, writeStored } from '../../lib/stored';
import type { Kind } from './How';
import { t } from './how-link';

const HowDialog = barePart(() => import('./How').then((m) => m.HowDialog));
const HowPanel = barePart(() => import('./How').then((m) => m.HowPanel));

/** Kept in this browser for each person: a kind that they have read about. */
const seenKey = (kind: Kind) => `how.${personNow()}.${kind}`;

/** Who comes from outside the team: a liaison, or somebody without a part in it. */
function isGuest(me: Me, teamId: string | undefined): boolean {
  if (!teamId) return false;
  const own = me.teams.find((x) => x.id === teamId);
  return !own || own.liaison || own.right === 'none';
}

/**
 * A link that tells in one screen how a ritual works. To somebody from outside the team who meets this kind for the
 * first time it stands open where the link is, and takes nothing from what they do meanwhile; where no team is given it
 * is only the link.
 */
export function HowItWorks({ kind, teamId }: { kind: Kind; teamId: string | undefined }) {
  const me = useMe();
  const [first, setFirst] = useState(() => isGuest(me, teamId) && !readStored(seenKey(kind)));
  const [open, setOpen] = useState(false);
  const done = () => {
    writeStored(seenKey(kind), 'seen');
    setFirst(false);
    setOpen(false);
  };
  if (first)
    return (
      <Suspense fallback={null}>
        <HowPanel kind={kind} onClose={done} />
      </Suspense>
    );
  return (
    <>
      <button
        type="button"
        className="btn ghost sm"
        style={{ justifySelf: 'start' }} // in a grid it is a link at the side, and no bar
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <CircleHelp size={15} aria-hidden />
        {t('how.link')}
      </button>
      {open && (
        <Suspense fallback={null}>
          <HowDialog kind={kind} onClose={done} />
        </Suspense>
      )}
    </>
  );
}
