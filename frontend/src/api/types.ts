// What travels between page and server, written down once. Absent optional fields mean null or empty.

export type Discipline = 'development' | 'operations' | 'security' | 'product' | 'quality' | 'other';
export type CardType = 'feature' | 'defect' | 'incident' | 'risk' | 'debt' | 'toil' | 'improvement' | 'ask';
export type CardClass = 'expedite' | 'fixed_date' | 'standard' | 'intangible';
export type ColumnKind = 'queue' | 'active' | 'done';
export type WipMode = 'off' | 'warn' | 'reason' | 'hard';
export type Role = 'admin' | 'manager' | 'member' | 'guest';
export type TeamRole = 'viewer' | 'commenter' | 'worker' | 'lead';
export type TeamRight = 'none' | TeamRole;
export type Visibility = 'workspace' | 'team';
export type SignalState = 'ok' | 'running' | 'failed' | 'info';
export type ReturnCategory = 'incomplete' | 'defect' | 'wrong_need' | 'changed_mind' | 'other';

export const DISCIPLINES: readonly Discipline[] = [
  'development',
  'operations',
  'security',
  'product',
  'quality',
  'other',
];
export const CARD_TYPES: readonly CardType[] = [
  'feature',
  'defect',
  'incident',
  'risk',
  'debt',
  'toil',
  'improvement',
  'ask',
];
export const CARD_CLASSES: readonly CardClass[] = ['expedite', 'fixed_date', 'standard', 'intangible'];
export const RETURN_CATEGORIES: readonly ReturnCategory[] = [
  'incomplete',
  'defect',
  'wrong_need',
  'changed_mind',
  'other',
];

/** Never carries an e-mail address. */
export interface Person {
  id: string;
  name: string;
  discipline: Discipline;
  /** 0..6, one of the seven avatar colours. */
  hue: number;
  active: boolean;
}

export interface MyTeam {
  id: string;
  key: string;
  name: string;
  kind: string;
  right: TeamRight;
  liaison?: boolean;
}

/** The page's keys as one person has them: changed ones by what they are by default. */
export interface OwnKeys {
  singles: boolean;
  own: Record<string, string>;
}

export interface Me {
  person: Person & { email: string; role: Role; timeZone: string };
  workspace: { name: string };
  teams: MyTeam[];
  keys: OwnKeys;
  sessionId?: string;
  demo: boolean;
  insecure: boolean;
  version: string;
}

export interface Wip {
  mode: WipMode;
  min?: number;
  max?: number;
}

/** Service level expectation: `percent` of the cards finish within `days`. No class = the default. */
export interface Sle {
  class?: CardClass;
  days: number;
  percent: number;
  /** Finished cards that it rests on; `guess` below ten. */
  n: number;
  guess: boolean;
}

export interface ExpediteRule {
  mode: WipMode;
  max?: number;
  /** Whether the strip's cards count in their columns too. */
  counts: boolean;
}

export interface BlockerCategory {
  key: string;
  name: string;
  external: boolean;
}

export type CustomFieldType = 'text' | 'number' | 'date' | 'choice' | 'person' | 'link' | 'checkbox';
/** A field that a board's cards have of their own. Values are text; a choice's is an option's id. */
export interface CustomField {
  id: string;
  name: string;
  type: CustomFieldType;
  unit?: string;
  options?: { id: string; name: string }[];
  onFace?: boolean;
  retired?: boolean;
}

/** A share of the work that is kept free for one kind of it. */
export interface Reserve {
  by: 'type' | 'class' | 'planned';
  /** A card's type or class, or 'unplanned' or 'planned'. */
  key: string;
  /** 1 to 100. */
  percent: number;
}

export interface Board {
  id: string;
  name: string;
  teamId: string;
  teamKey: string;
  teamName: string;
  visibility: Visibility;
  timeZone: string;
  startColumnId: string;
  finishColumnId: string;
  sle: Sle[];
  expedite: ExpediteRule;
  fields: CustomField[];
  blockerCategories: BlockerCategory[];
  /** What a card is here, in the team's words. */
  workItems?: string;
  reserves?: Reserve[];
  /** Mirrors of other boards' cards count against this board's limits. */
  mirrorsCount?: boolean;
  version: number;
  archivedAt?: string | null;
}

export interface Column {
  id: string;
  name: string;
  kind: ColumnKind;
  policy: string;
  /** What is asked of a card that comes in. */
  checks?: Check[];
  /** The liaison checklist that is asked of a card that comes in. */
  checklist?: ListPolicy;
  wip: Wip;
  version: number;
  /** Asks to the team land here. */
  asks?: boolean;
}

/** One named thing that a column asks of a card that comes in. */
export interface Check {
  id: string;
  text: string;
}

/** The liaison checklist that a column asks of a card that comes in: at a level at least, and up to which phase. */
export interface ListPolicy {
  /** Whichever the card has when absent. */
  templateId?: string;
  /** What it was called when it was chosen. */
  template?: string;
  level: 'light' | 'standard' | 'critical';
  phase: 'design' | 'pre_prod' | 'post_launch';
}

/** The questions that are asked and count although nobody understood an answer, by their keys. */
export interface Excused {
  /** Somebody said that they do not apply. */
  na?: string[];
  /** Somebody accepted the gap until a day. */
  gaps?: { key: string; until: string }[];
}

/** How a card's own checklist stands against what a column asks. */
export interface Listed {
  /** Absent when it has none, or not for the viewer. */
  id?: string;
  template?: string;
  /** At which its own page counts. */
  level?: ListPolicy['level'];
  phase?: ListPolicy['phase'];
  blocking: number;
  excused?: Excused;
  /** The first 20 that block. */
  items: {
    topic: string;
    key: string;
    question: string;
    why: 'to_answer' | 'to_understand' | 'pushed_back' | 'to_confirm' | 'gap_over' | 'stale';
    /** Whose answers do not count, where services answer it. */
    services?: string[];
  }[];
}

/** What a column's checks are answered with. */
export interface Answers {
  checks?: Record<string, boolean>;
  waive?: { reason: string };
}

export interface Lane {
  id: string;
  name: string;
  wip: Wip;
  version: number;
}

export interface OpenBlocker {
  id: string;
  category: string;
  reason: string;
  waitingFor?: string | null;
  openedAt: string;
  /** Who was asked to see to it, and the day by which they said they would. */
  raisedTo?: string;
  promisedOn?: string;
  /** The card that is waited for. */
  blockedBy?: { cardId: string; key: string };
}

/** How a card stands on the board that it belongs to, on the face of its mirror. */
export interface MirrorView {
  boardId: string;
  boardName: string;
  teamKey: string;
  teamName: string;
  columnName: string;
  columnKind: ColumnKind;
}

/** Another board that shows a card. */
export interface MirrorPlace {
  boardId: string;
  boardName: string;
  teamKey: string;
  teamName: string;
  columnId: string;
  columnName: string;
  canRemove: boolean;
}

/** A card at the other end of "waits for"; without a title where one may not see it. */
export interface WaitView {
  cardId: string;
  key: string;
  title?: string;
  boardId?: string;
  boardName?: string;
  columnName?: string;
  finished: boolean;
  archived: boolean;
  since: string;
}

export interface Signal {
  key: string;
  state: SignalState;
  text: string;
  url?: string | null;
  at: string;
  expiresAt?: string | null;
}

/** A card as the board shows it: no bodies. Order inside a column: (`pos` bytewise, `id`). */
export interface Face {
  id: string;
  key: string;
  title: string;
  columnId: string;
  laneId?: string | null;
  pos: string;
  type: CardType;
  discipline: Discipline;
  involves: Discipline[];
  class: CardClass;
  ownerIds: string[];
  labels: string[];
  /** A calendar day, "2026-11-30". */
  dueOn?: string | null;
  size?: number | null;
  version: number;
  enteredAt: string;
  startedAt?: string | null;
  finishedAt?: string | null;
  historyIncomplete?: boolean;
  blockers: OpenBlocker[];
  signals: Signal[];
  todo?: { done: number; total: number } | null;
  comments?: number;
  hasDescription?: boolean;
  /** What it is a part of, on whatever board. */
  parent?: { id: string; key: string } | null;
  children?: { done: number; total: number; blocked?: number } | null;
  links?: number;
  /** Values of the fields that the board shows on faces. */
  fields?: Record<string, string>;
  /** It stands on other boards too. */
  mirrored?: boolean;
  /** It belongs to another board: only its place here is this board's. */
  mirror?: MirrorView;
  /** What somebody outside the team asked for. */
  ask?: AskFace | null;
}

export interface AskFace {
  id: string;
  byPersonId: string;
  byName: string;
  fromTeamKey?: string;
  state: 'raised' | 'questioned' | 'accepted' | 'declined' | 'withdrawn';
  /** Two times to sit together, while none was taken. */
  times?: string[];
  taken?: string | null;
}

/** A browser that looks at one team through a link, with nobody signed in. */
export interface Screen {
  id: string;
  name: string;
  teamId: string;
  teamName: string;
  expiresAt: string;
}

export interface Snapshot {
  board: Board;
  columns: Column[];
  lanes: Lane[];
  cards: Face[];
  people: Person[];
  seq: number;
}

export interface CardBody extends Face {
  boardId: string;
  boardName: string;
  teamId: string;
  description: string;
  /** Rendered and sanitised by the server. */
  descriptionHtml: string;
  createdAt: string;
  createdBy?: string | null;
  /** Empty for somebody of an import who was never here. */
  createdByName?: string;
  archivedAt?: string | null;
}

export interface Comment {
  id: string;
  authorId?: string | null;
  authorName: string;
  text: string;
  html: string;
  at: string;
  editedAt?: string | null;
}

export interface Blocker extends OpenBlocker {
  openedBy?: string | null;
  closedAt?: string | null;
  closedBy?: string | null;
}

export interface Todo {
  id: string;
  list: string;
  text: string;
  done: boolean;
  /** The card that it has become. */
  card?: Kin;
}

/** Another card as this one names it; without a title it is on a board that one may not see. */
export interface Kin {
  id: string;
  key: string;
  title?: string;
  boardId?: string;
  boardName?: string;
  columnName?: string;
  discipline?: Discipline;
  state?: 'waiting' | 'started' | 'finished' | 'archived';
  blocked?: boolean;
}

export type LinkKind = 'commit' | 'merge_request' | 'ticket' | 'document' | 'dashboard' | 'other';
export interface CardLink {
  id: string;
  kind: LinkKind;
  url: string;
  title?: string;
  by?: string;
  at: string;
}

export interface Outcome {
  result: 'confirmed' | 'refuted' | 'unclear';
  learned?: string;
  by?: string;
  at?: string;
}
export interface Hypothesis {
  believe: string;
  will: string;
  knowWhen: string;
  outcome?: Outcome;
}

/** Somebody whom a text on a card can name; `words` is what to write after the @. */
export interface Nameable {
  id: string;
  name: string;
  discipline: Discipline;
  hue: number;
  words: string;
}

/** A custom field's value; `text` is what people read. */
export interface FieldValue {
  id: string;
  name: string;
  type: CustomFieldType;
  value: string;
  text: string;
}

/** What a card can begin as. */
export interface CardTemplate {
  id: string;
  scope: 'board' | 'team' | 'library';
  name: string;
  about?: string;
  card: {
    title: string;
    type: CardType;
    discipline: Discipline;
    involves?: Discipline[];
    class?: CardClass;
    labels?: string[];
    description?: string;
    todos?: { list?: string; text: string }[];
  };
}

export interface HistoryEntry {
  /** The board's sequence; absent for what an import brought. */
  seq?: number;
  at: string;
  actorId?: string | null;
  actorName: string;
  type: string;
  /** A sentence for people without its subject: "moved it from Build to Review". */
  text: string;
}

/** GET /cards/{card}; history newest first. */
/** A file at a card. */
export interface Attachment {
  id: string;
  name: string;
  type: string;
  size: number;
  /** A picture that may be shown; everything else is only downloaded. */
  inline: boolean;
  width?: number;
  height?: number;
  preview?: boolean;
  byName: string;
  at: string;
}

export interface Detail {
  card: CardBody;
  comments: Comment[];
  blockers: Blocker[];
  todos: Todo[];
  fields: FieldValue[];
  family: { parent?: Kin; children: Kin[]; hidden?: number };
  links: CardLink[];
  hypothesis?: Hypothesis;
  /** To whom its result was shown in a demo. */
  shown?: { audience: 'operations' | 'security' | 'product'; byName: string; at: string; note?: string }[];
  /** How many versions of the description are kept. */
  revisions?: number;
  watching: boolean;
  watchers: string[];
  attachments?: Attachment[];
  mirrors: MirrorPlace[];
  waitsFor: WaitView[];
  blocks: WaitView[];
  history: HistoryEntry[];
  seq: number;
}

/** POST /cards/{card}/move and /undo: the face at top level, with the board's sequence. */
/** What PATCH /cards/{card} may name. */
export interface CardPatch {
  title?: string;
  description?: string;
  type?: CardType;
  discipline?: Discipline;
  involves?: Discipline[];
  class?: CardClass;
  ownerIds?: string[];
  labels?: string[];
  dueOn?: string | null;
  size?: number | null;
  laneId?: string | null;
  /** Id or key. */
  parentId?: string | null;
  /** By field; empty clears. */
  fields?: Record<string, string>;
}

/** What a move may change of what the card says, in the same step. */
export type Says = Pick<CardPatch, 'type' | 'discipline' | 'involves' | 'ownerIds' | 'labels' | 'parentId'>;

export interface NewCard extends Answers {
  title: string;
  laneId?: string | null;
  type?: CardType;
  discipline?: Discipline;
  involves?: Discipline[];
  class?: CardClass;
  description?: string;
  ownerIds?: string[];
  labels?: string[];
  dueOn?: string | null;
  size?: number | null;
  afterId?: string;
  beforeId?: string;
  reason?: string;
  parentId?: string;
  templateId?: string;
}

export interface LimitHit {
  scope: 'column' | 'expedite' | 'lane';
  id: string;
  name: string;
  max: number;
  count: number;
}

/** application/problem+json (RFC 9457). */
export interface Problem {
  status: number;
  code: string;
  title?: string;
  detail?: string;
  requestId?: string;
  errors?: { location: string; message: string }[];
  /** With code wip_limit, or reason_required when a limit asks. */
  limit?: LimitHit;
  /** With code reason_required. */
  needs?: ('limit' | 'return' | 'checks' | 'checklist')[];
  /** With the need 'checks': those that are not met, and whether this person may waive them. */
  checks?: Check[];
  mayWaive?: boolean;
  /** With code checklist_required or checklist_open: how the card's checklist stands, and what the column asks for. */
  checklist?: Listed;
  asks?: ListPolicy;
  /** With code stale: what the server holds now and which named fields changed meanwhile. */
  current?: Face & { description?: string };
  fields?: string[];
}

export interface BoardEvent {
  topic: string;
  seq: number;
  type: string;
  at: string;
  actorId?: string | null;
  commandId?: string | null;
  data: Record<string, unknown>;
}

export interface EventPage {
  items: BoardEvent[];
  seq: number;
}

/** Where somebody is on a board. */
export interface At {
  cardId?: string;
  editing?: boolean;
}

export interface PresentPerson {
  personId: string;
  name: string;
  hue: number;
  discipline: Discipline;
  connections: number;
  at?: At | null;
}

export interface BoardListItem {
  id: string;
  name: string;
  teamId: string;
  teamKey: string;
  teamName: string;
  visibility: Visibility;
  wip: number;
  blocked: number;
  over: number;
  aging: number;
  /** The board's sequence at which this is true. */
  seq: number;
  /** Its place among one's own favourites, from 0. */
  favourite?: number;
  canLead?: boolean;
  archivedAt?: string;
  columns: { name: string; kind: ColumnKind; count: number; max?: number | null; mix: string }[];
}
