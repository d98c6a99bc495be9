import { announce } from '../../lib/announce';
import type { BoardRoom } from './context';
import { focusCard, seat } from './focus';
import { t } from './messages-keys';
import type { Target } from './model/place';

/** One card in the hand, whether it was picked up with Space or with a finger: where it would land is shown at once. */
export class Carry {
  private readonly room: BoardRoom;

  constructor(room: BoardRoom) {
    this.room = room;
  }

  private position(target: Target): { n: number; of: number; column: string } {
    const { view, store } = this.room;
    const column = store.columns().find((c) => c.id === target.columnId)?.name ?? '';
    return { n: target.index + 1, of: view.cell(target).length, column };
  }

  pickUp(id: string, words: 'board.pickedUp' | 'board.lifted'): boolean {
    const { ui, view, store, canWork } = this.room;
    const spot = canWork() ? view.spotOf(id) : undefined;
    const card = store.card(id);
    if (!spot || !card) return false;
    const target = { ...spot, index: view.cell(spot).indexOf(id) };
    store.hold(id);
    ui.setState({ grab: { id, origin: target, target } });
    announce(t(words, { key: card.key, ...this.position(target) }));
    return true;
  }

  to(target: Target): void {
    const { ui, view } = this.room;
    const { grab } = ui.getState();
    if (!grab) return;
    view.setPreview({ id: grab.id, target });
    ui.setState({ grab: { ...grab, target } });
    announce(t('board.carried', this.position(target)));
  }

  async drop(): Promise<void> {
    const { ui, view, store, mover } = this.room;
    const { grab } = ui.getState();
    if (!grab) return;
    ui.setState({ grab: null });
    view.setPreview(undefined);
    const { origin, target, id } = grab;
    const same =
      origin.columnId === target.columnId && origin.row === target.row && origin.index === target.index;
    if (same && origin.strip === target.strip) {
      store.release(id);
      announce(t('board.putDown', { key: store.card(id)?.key ?? '' }));
      return;
    }
    const moving = mover.move(id, target);
    store.release(id);
    focusCard(this.room, id);
    await moving;
    seat(this.room, id);
  }

  cancel(): boolean {
    const { ui, view, store } = this.room;
    const { grab } = ui.getState();
    if (!grab) return false;
    ui.setState({ grab: null });
    view.setPreview(undefined);
    store.release(grab.id);
    announce(t('board.carryCancelled', { key: store.card(grab.id)?.key ?? '' }));
    focusCard(this.room, grab.id);
    return true;
  }
}
