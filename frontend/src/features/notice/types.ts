/** A line of one's inbox. */
export interface Notice {
  id: string;
  /** What happened: card.mentioned, ask.raised, … */
  kind: string;
  title: string;
  text?: string;
  link: string;
  cardId?: string;
  cardKey?: string;
  cardTitle?: string;
  actorName?: string;
  at: string;
  readAt?: string;
}

export interface Inbox {
  items: Notice[];
  nextCursor?: string;
  unread: number;
}

export interface Marked {
  ids: string[];
  unread: number;
}
