import type { Check, ColumnKind, ExpediteRule, ListPolicy, Reserve, Sle, Wip } from '../../api/types';

/** Since when something is as it is; nothing where that was not recorded. */
export interface Dated {
  since?: string;
  byName?: string;
}
interface Point extends Dated {
  columnId: string;
  columnName: string;
  before?: string;
}
interface Agreed {
  text: string;
  checks: Check[];
  checklist?: ListPolicy;
}
export interface WorkflowColumn {
  id: string;
  name: string;
  kind: ColumnKind;
  state: Dated & { before?: { name: string; kind: ColumnKind } };
  wip: Wip & Dated & { before?: Wip };
  policy: Dated & Agreed & { before?: Agreed };
}
/** GET /boards/{board}/workflow. */
export interface Workflow {
  boardId: string;
  name: string;
  teamId: string;
  teamName: string;
  teamKey: string;
  timeZone: string;
  items: Dated & { text: string; before?: string };
  started: Point;
  finished: Point;
  columns: WorkflowColumn[];
  lanes: (Wip & Dated & { id: string; name: string; before?: Wip })[];
  expedite: ExpediteRule & Dated & { before?: ExpediteRule };
  sle: (Sle & Dated & { before?: { days: number; percent: number } })[];
  reserves: (Reserve & Dated & { before?: number })[];
  createdAt: string;
  changedAt: string;
}
