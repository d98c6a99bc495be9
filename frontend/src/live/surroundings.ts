import type { Outbox } from './outbox';
import type { TopicHandler, TopicLink } from './socket';

/** What a board needs from the rest of the page. */
export interface Surroundings {
  outbox: Outbox;
  follow(topic: string, handler: TopicHandler): TopicLink;
  request<T>(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    key?: string,
  ): Promise<T>;
  /** Is the server known to be away? Then fetching waits. */
  whenReachable(fn: () => void): () => void;
}
