import type { Face } from '../../api/types';
import type { BoardRoom } from './context';
import { t } from './messages';
import { crossing } from './model/groups';
import type { Spot } from './model/place';
import type { SaidVerdict } from './ui-state';
import { saidVerdict } from './verdicts';
import { inStrip } from './view';
import { rowSaid } from './words';

/** What is said before a card is let go: why its row refuses it, the strictest limit, or what the row makes of it. */
export function saidDrop(
  room: Pick<BoardRoom, 'store' | 'view'>,
  card: Face,
  to: Spot,
): SaidVerdict | undefined {
  const { store, view } = room;
  const by = view.by();
  const cross = to.strip ? undefined : crossing(by, card, to.row);
  if (cross?.kind === 'refused' && !(inStrip(card) && cross.why === 'expedite')) {
    const text = t(`board.cross.${cross.why}`);
    return { tone: 'refuse', text, short: text };
  }
  const limit = saidVerdict(store, card, to, by === 'lanes');
  if (limit || (cross?.kind !== 'set' && cross?.kind !== 'class')) return limit;
  const text = rowSaid(view, to.row);
  return { tone: 'ok', text, short: text };
}
