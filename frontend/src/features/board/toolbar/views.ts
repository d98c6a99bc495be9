import type { components } from '../../../api/schema';
import {
  type BoardSearch,
  FILTER_KEYS,
  parseSearch,
  readBoardSearch,
  stringifySearch,
} from '../../../lib/search';

export type SavedViews = components['schemas']['BoardSavedViews'];
export type SavedView = SavedViews['items'][number];

export const viewsPath = (boardId: string): string => `/boards/${boardId}/views`;

/** What a view shows, as the board's address holds it. */
export function searchOf(query: string): BoardSearch {
  const { card: _card, ...search } = readBoardSearch(parseSearch(query));
  return search;
}

/** The address without the open card, to be kept under a name. */
export function queryOf(search: BoardSearch): string {
  const { card: _card, ...view } = search;
  return stringifySearch(view).slice(1);
}

/** Same filters and rows, in whatever order they were chosen. */
export function sameView(a: BoardSearch, b: BoardSearch): boolean {
  const flat = (s: BoardSearch) =>
    JSON.stringify([...FILTER_KEYS, 'lanes' as const].map((k) => [s[k]].flat().map(String).sort()));
  return flat(a) === flat(b);
}
