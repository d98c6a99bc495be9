import type { Face, Kin } from '../../api/types';
import type { BoardStore } from '../../live';

/** A card that another names, as the open board shows it this moment; of other boards what was read is all there is. */
export function liveKin(store: BoardStore, kin: Kin): Kin {
  const face = store.card(kin.id);
  if (!face) return kin;
  return {
    ...kin,
    title: face.title,
    discipline: face.discipline,
    columnName: store.columns().find((c) => c.id === face.columnId)?.name ?? kin.columnName,
    state: stateOf(face),
    blocked: face.blockers.length > 0,
  };
}

function stateOf(face: Face): Kin['state'] {
  if (face.finishedAt) return 'finished';
  return face.startedAt ? 'started' : 'waiting';
}
