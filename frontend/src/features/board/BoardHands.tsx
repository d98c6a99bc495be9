import { Suspense, useEffect, useMemo, useRef } from 'react';
import type { Me } from '../../api/types';
import { lazyPart } from '../../lib/lazy';
import type { BoardStore } from '../../live/types';
import { Room } from './context';
import { Dialogs } from './dialogs/Dialogs';
import { makeRoom } from './room';

const MoveDialog = lazyPart(() => import('./menus/MoveDialog').then((m) => m.MoveDialog));

export interface Wanted {
  what: 'block' | 'move';
  cardId: string;
}

/**
 * The board's own doors where the board itself is not drawn: blocking and moving a card, with every question that these
 * raise. The store must be ready.
 */
export function BoardHands({
  store,
  me,
  wanted,
  onDone,
}: {
  store: BoardStore;
  me: Me;
  /** What somebody has just asked for. */
  wanted: Wanted | undefined;
  onDone: () => void;
}) {
  const who = useRef(me);
  who.current = me;
  const room = useMemo(
    () => makeRoom(store, () => ({ me: who.current, search: {}, onSearch: () => {} })),
    [store],
  );
  useEffect(() => room.view.follow(), [room]);
  const blocking = wanted?.what === 'block' ? wanted.cardId : undefined;
  useEffect(() => {
    if (!blocking) return;
    room.ui.setState({ dialog: { kind: 'block', id: blocking } });
    onDone();
  }, [room, blocking, onDone]);
  return (
    <Room value={room}>
      <Dialogs />
      {wanted?.what === 'move' && (
        <Suspense fallback={null}>
          <MoveDialog id={wanted.cardId} onClose={onDone} />
        </Suspense>
      )}
    </Room>
  );
}
