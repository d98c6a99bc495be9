import { Suspense } from 'react';
import { lazyPart } from '../../lib/lazy';
import { useRoom } from './room';

const ProposeDialog = lazyPart(() => import('../card/checklists/ProposeDialog').then((m) => m.ProposeDialog));

/** A question for the checklists of all, from what a team has learned. Nothing of the retro's notes goes along by itself. */
export function Propose({ why, onClose }: { why?: string; onClose: () => void }) {
  const { view } = useRoom();
  return (
    <Suspense>
      <ProposeDialog
        about={{ teamId: view.retro.teamId, source: { kind: 'retro', id: view.retro.id }, why }}
        onClose={onClose}
      />
    </Suspense>
  );
}
