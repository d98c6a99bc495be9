import { useEffect, useState } from 'react';
import { announce } from '../../lib/announce';
import { useRoom } from './context';
import { watchFingers, whenDragging } from './drag';
import { t } from './messages';
import type { Target } from './model/place';

/** What a drag means for the board. The card stays in the hand whatever others do to it meanwhile. */
export function useBoardDrag(scroller: HTMLElement | null): string {
  const room = useRoom();
  const [said, say] = useState('');
  useEffect(() => {
    if (!scroller) return;
    const { store, view, ui, mover } = room;
    const isCard = ({ source }: { source: { data: Record<string | symbol, unknown> } }) =>
      source.data.type === 'card';
    const drop = async (id: string, target: Target | undefined) => {
      const was = store.card(id);
      ui.setState({ dragId: null, over: null });
      if (target) {
        const shown = view.cell(target);
        const own = shown.indexOf(id);
        // The line counts the card itself while it is still drawn in this cell.
        const index = own >= 0 && own < target.index ? target.index - 1 : target.index;
        ui.setState({ focusId: id });
        const moving = mover.move(id, { ...target, index });
        store.release(id);
        await moving;
        return;
      }
      store.release(id);
      if (was && !store.card(id)) announce(t('board.goneMeanwhile', { key: was.key }));
    };
    watchFingers();
    return whenDragging(({ autoScrollForElements, combine, monitorForElements }) =>
      combine(
        autoScrollForElements({ element: scroller, canScroll: isCard }),
        monitorForElements({
          canMonitor: isCard,
          onDragStart: ({ source }) => {
            const id = source.data.id as string;
            store.hold(id);
            ui.setState({ dragId: id, menu: null });
            say(t('board.dragging', { key: store.card(id)?.key ?? '' }));
          },
          onDrop: ({ source, location }) => {
            const id = source.data.id as string;
            say('');
            const hit = location.current.dropTargets[0]?.data;
            let target: Target | undefined;
            if (hit?.type === 'cell')
              target = {
                columnId: hit.columnId as string,
                row: hit.row as string,
                strip: hit.strip as boolean,
                index: hit.index as number,
              };
            else if (hit?.type === 'head') {
              const spot = view.spotOf(id);
              const columnId = hit.columnId as string;
              const row = spot && !spot.strip ? spot.row : (view.rowIds[0] ?? '*');
              target = { columnId, row, strip: spot?.strip ?? false, index: 0 };
            }
            void drop(id, target);
          },
        }),
      ),
    );
  }, [room, scroller]);
  return said;
}
