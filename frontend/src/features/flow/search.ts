// What a Flow page shows is in its address: sharing the link shares the very numbers. Read with the router, so it is small.

export const TABS = [
  'overview',
  'cfd',
  'wip',
  'net',
  'blockers',
  'handoffs',
  'mix',
  'forecast',
  'stream',
  'diagnostics',
  'compare',
] as const;
export type Tab = (typeof TABS)[number];

export interface FlowSearch {
  tab?: Tab;
  from?: string;
  to?: string;
  /** Classes and types, with commas between. */
  class?: string;
  type?: string;
  /** When will so many be finished? */
  items?: number;
  /** How many until the end of this day? */
  by?: string;
  /** The first day of the second of two periods that are compared. */
  split?: string;
}

const day = (raw: unknown) =>
  /^\d{4}-\d\d-\d\d$/.test(String(raw)) && !Number.isNaN(Date.parse(String(raw))) ? String(raw) : undefined;
const words = (raw: unknown) => (/^[a-z_,]{1,200}$/.test(String(raw ?? '')) ? String(raw) : undefined);

export function readFlowSearch(raw: Record<string, unknown>): FlowSearch {
  const items = Math.floor(Number(raw.items));
  return {
    tab: TABS.find((x) => x === raw.tab && x !== 'overview'),
    from: day(raw.from),
    to: day(raw.to),
    class: words(raw.class),
    type: words(raw.type),
    items: items > 0 && items <= 5000 ? items : undefined,
    by: day(raw.by),
    split: day(raw.split),
  };
}

/** Of several boards: which, or all of a team. */
export interface BoardsSearch extends FlowSearch {
  /** Ids with commas between. */
  boards?: string;
  team?: string;
}

/** What can be said of several boards together; columns of different boards are not each other's. */
export const SEVERAL_TABS = ['overview', 'wip', 'net', 'forecast'] as const satisfies readonly Tab[];

export function readBoardsSearch(raw: Record<string, unknown>): BoardsSearch {
  const ids = /^[\w,]{1,2000}$/.test(String(raw.boards ?? '')) ? String(raw.boards) : undefined;
  const team = /^\w{1,64}$/.test(String(raw.team ?? '')) ? String(raw.team) : undefined;
  const search = readFlowSearch(raw);
  return {
    ...search,
    tab: SEVERAL_TABS.find((x) => x === search.tab),
    boards: team ? undefined : ids,
    team,
  };
}

/** The question to the server: over which days and cards. */
export function asked(search: FlowSearch, more: Record<string, string | number | undefined> = {}): string {
  const query = new URLSearchParams();
  const { from, to, class: classes, type } = search;
  for (const [name, value] of Object.entries({ from, to, class: classes, type, ...more }))
    if (value !== undefined) query.set(name, String(value));
  const text = query.toString();
  return text && `?${text}`;
}
