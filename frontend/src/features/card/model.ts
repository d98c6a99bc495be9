import type { Blocker, Comment, Detail, Todo } from '../../api/types';
import type { Waiting } from '../../live';

export type Shown<T> = T & { waiting?: boolean };

const TEMP = 'new:';

/** Comments with own unsent ones laid over them, oldest first. Unsent words have no rendered form yet. */
export function commentsOf(
  detail: Detail,
  waiting: readonly Waiting[],
  me: { id: string; name: string },
): Shown<Comment>[] {
  let list: Shown<Comment>[] = [...detail.comments].sort((a, b) => a.at.localeCompare(b.at));
  for (const w of waiting) {
    const text = String(w.body.text ?? '');
    if (w.kind === 'comment')
      list.push({
        id: TEMP + w.key,
        authorId: me.id,
        authorName: me.name,
        text,
        html: '',
        at: w.at,
        waiting: true,
      });
    else if (w.kind === 'removeComment') list = list.filter((c) => c.id !== w.targetId);
    else if (w.kind === 'editComment')
      list = list.map((c) => (c.id === w.targetId ? { ...c, text, html: '', waiting: true } : c));
  }
  return list;
}

export function todosOf(detail: Detail, waiting: readonly Waiting[]): Shown<Todo>[] {
  let list: Shown<Todo>[] = detail.todos;
  for (const w of waiting) {
    const { text, done, list: name } = w.body as { text?: string; done?: boolean; list?: string };
    if (w.kind === 'addTodo')
      list = [...list, { id: TEMP + w.key, list: name ?? '', text: text ?? '', done: false, waiting: true }];
    else if (w.kind === 'removeTodo') list = list.filter((x) => x.id !== w.targetId);
    else if (w.kind === 'patchTodo')
      list = list.map((x) =>
        x.id === w.targetId
          ? {
              ...x,
              ...(text === undefined ? {} : { text }),
              ...(done === undefined ? {} : { done }),
              waiting: true,
            }
          : x,
      );
  }
  return list;
}

/** To-do items by list, in the order in which the lists first come. */
export function todoLists(todos: readonly Shown<Todo>[]): [string, Shown<Todo>[]][] {
  const lists = new Map<string, Shown<Todo>[]>();
  for (const x of todos) {
    const had = lists.get(x.list);
    if (had) had.push(x);
    else lists.set(x.list, [x]);
  }
  return [...lists];
}

/** The board knows at once which blockers are open; the detail adds the closed ones. */
export function closedBlockers(detail: Detail | undefined): Blocker[] {
  return (detail?.blockers ?? []).filter((b) => b.closedAt);
}

/** A signal is out of date after its time. */
export const expired = (s: { expiresAt?: string | null }, now: number = Date.now()): boolean =>
  Boolean(s.expiresAt) && Date.parse(s.expiresAt!) <= now;

/** What an event says about this card: nothing, or that its detail should be read again. */
export function concerns(event: { type: string; data: Record<string, unknown> }, cardId: string): boolean {
  const card = event.data.card as { id?: string } | undefined;
  return card?.id === cardId || event.type === 'board.imported';
}
