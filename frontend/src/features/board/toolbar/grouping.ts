import type { BoardSearch, Grouping } from '../../../lib/search';

/** Own lanes when the board has some, unless the address says otherwise. */
export const groupingOf = (search: BoardSearch, lanes: number): Grouping =>
  search.lanes ?? (lanes > 0 ? 'lanes' : 'none');
