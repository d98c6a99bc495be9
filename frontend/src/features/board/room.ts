import type { Me } from '../../api/types';
import type { BoardSearch, SetBoardSearch } from '../../lib/search';
import { canWaive, hasRight } from '../../lib/session';
import type { BoardStore } from '../../live/types';
import { Actions } from './actions';
import type { BoardRoom } from './context';
import { Mover } from './move';
import { groupingOf } from './toolbar/grouping';
import { createUi } from './ui-state';
import { UndoList, Ways } from './undo';
import { BoardView } from './view';

/** Everything that one person does to an open board, apart from how it is drawn. */
export function makeRoom(
  store: BoardStore,
  now: () => { me: Me; search: BoardSearch; onSearch: SetBoardSearch },
): BoardRoom {
  const ui = createUi();
  const undo = new UndoList();
  const ways = new Ways(store);
  const meId = () => now().me.person.id;
  const teamId = () => store.board().teamId;
  const open = () => !store.board().archivedAt;
  const canWork = () => open() && hasRight(now().me, teamId(), 'worker');
  const canLead = () => open() && hasRight(now().me, teamId(), 'lead');
  const view = new BoardView(store, {
    search: now().search,
    grouping: groupingOf(now().search, store.lanes().length),
    meId: meId(),
    now: Date.now(),
  });
  const mover = new Mover({ store, view, ui, undo, ways, canWork });
  const actions = new Actions({ store, view, ui, undo, ways, mover, meId, canWork });
  return {
    store,
    view,
    ui,
    undo,
    ways,
    mover,
    actions,
    canWork,
    canLead,
    canWaive: () => canWaive(now().me, teamId()),
    me: () => now().me,
    search: () => now().search,
    setSearch: (patch, how) => now().onSearch(patch, how),
  };
}
