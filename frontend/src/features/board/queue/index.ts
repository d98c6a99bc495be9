import type { BoardRoom } from '../context';

let busy = false;

/** Pulls the next card; its code comes with the first pull. A second press while one is under way is none. */
export function pullSoon(room: BoardRoom): void {
  if (busy) return;
  busy = true;
  import('./pull')
    .then((m) => m.pullNext(room))
    .catch((error) => room.actions.refuse(error))
    .finally(() => {
      busy = false;
    });
}
