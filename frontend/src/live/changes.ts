import type { Board, CardPatch, Column, Face, Lane, NewCard, Says, Wip } from '../api/types';
import { ApiError, newId } from '../lib/api';
import { t } from './messages';
import { type Effect, facePatch, fieldNames, movePatch, type Op, TEMP } from './ops';
import type { Answer } from './outbox';
import { anchorsFor } from './place';
import { faceOf } from './store-answer';
import type {
  BlockFields,
  BoardPatch,
  BulkAnswer,
  BulkChange,
  ColumnPatch,
  MoveResult,
  MoveTo,
  NewColumn,
  OwnNote,
} from './types';
import type { View } from './view';

export type Draft = Omit<Op, 'key' | 'n' | 'personId' | 'tab' | 'state' | 'at' | 'boardId'>;
export type Enqueue = (draft: Draft, key?: string) => Promise<Answer>;

/** Every change that a board offers, each as one entry for the queue: what to send and what to show meanwhile. */
export abstract class Changes {
  protected abstract readonly view: View;
  protected abstract readonly enqueue: Enqueue;
  protected abstract real(id: string): string;
  protected abstract call<T>(
    method: 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body: unknown,
    key: string,
  ): Promise<T>;
  protected abstract remember(key: string, face: Face): void;
  protected abstract takeUndo(cardId: string, seq: number): Effect;
  protected abstract tellOwn(note: OwnNote): void;
  protected abstract answered(answer: BulkAnswer, archived: boolean): void;
  abstract readonly boardId: string;

  private silent = false;
  quietly<T>(fn: () => T): T {
    const was = this.silent;
    this.silent = true;
    try {
      return fn();
    } finally {
      this.silent = was;
    }
  }
  /** Tells of a change that is on its way; a plain function, so that it happens before anything is awaited. */
  private own(sent: Promise<MoveResult>, what: What, card: Face | undefined): Promise<MoveResult> {
    if (!this.silent && card) this.tellOwn({ ...what, card, sent });
    return sent;
  }

  move(cardId: string, to: MoveTo): Promise<MoveResult> {
    const card = this.view.card(this.real(cardId));
    return this.own(this.sendMove(cardId, to), { kind: 'move', to }, card);
  }

  private async sendMove(cardId: string, to: MoveTo): Promise<MoveResult> {
    const id = this.real(cardId);
    const face = this.view.card(id);
    if (!face) throw missing();
    const key = newId();
    this.remember(key, face);
    const { columnId, laneId, cls, reason, returnReason, checks, waive, why, set } = to;
    const anchors = anchorsFor(this.view.columnOrder(columnId), id, to);
    const body = {
      columnId,
      ...(laneId !== undefined ? { laneId } : {}),
      ...(to.afterId ? { afterId: to.afterId } : to.beforeId ? { beforeId: to.beforeId } : {}),
      ...(reason ? { reason } : {}),
      ...(returnReason ? { returnReason } : {}),
      ...(checks ? { checks } : {}),
      ...(waive ? { waive } : {}),
      ...(why ? { why } : {}),
      ...(cls ? { class: cls } : {}),
      ...(set ? { set } : {}),
    };
    const patch = {
      ...movePatch(face, to, this.clocks(), new Date().toISOString()),
      ...(set && facePatch(set, this.keyOf)),
    };
    return this.cardOp(
      face,
      {
        kind: 'move',
        method: 'POST',
        path: '/cards/{card}/move',
        body,
        fields: ['place', ...(cls ? ['class'] : []), ...fieldNames(set ?? {})],
        effect: { patch, place: { columnId, anchors } },
      },
      key,
    );
  }

  private readonly keyOf = (id: string): string | undefined => this.view.card(id)?.key;

  private clocks() {
    const { board, columns } = this.view.confirmed;
    return {
      order: columns.map((c) => c.id),
      start: board?.startColumnId ?? '',
      finish: board?.finishColumnId ?? '',
    };
  }

  patch(
    cardId: string,
    fields: CardPatch,
    opts: { version?: number; reason?: string } = {},
  ): Promise<MoveResult> {
    const card = this.view.card(this.real(cardId));
    return this.own(this.sendPatch(cardId, fields, opts), { kind: 'patch', fields }, card);
  }

  private async sendPatch(
    cardId: string,
    fields: CardPatch,
    opts: { version?: number; reason?: string },
  ): Promise<MoveResult> {
    const face = this.view.card(this.real(cardId));
    if (!face) throw missing();
    const patch = facePatch(fields, this.keyOf);
    return this.cardOp(face, {
      kind: 'patch',
      method: 'PATCH',
      path: '/cards/{card}',
      body: { ...fields, ...(opts.reason ? { reason: opts.reason } : {}) },
      fields: fieldNames(fields),
      base: opts.version,
      effect: { patch },
    });
  }

  async create(columnId: string, fields: NewCard): Promise<Face> {
    const key = newId();
    const id = TEMP + key;
    const { afterId, beforeId, reason: _, checks: _c, waive: _w, description, parentId, ...rest } = fields;
    const at = new Date().toISOString();
    const bare: Face = {
      id,
      key: '',
      columnId,
      pos: '',
      type: 'feature',
      discipline: 'development',
      involves: [],
      class: 'standard',
      ownerIds: [],
      labels: [],
      version: 0,
      enteredAt: at,
      blockers: [],
      signals: [],
      hasDescription: Boolean(description),
      ...(parentId ? facePatch({ parentId }, this.keyOf) : {}),
      ...rest,
    };
    const add = { ...bare, ...movePatch({ ...bare, columnId: '' }, { columnId }, this.clocks(), at) };
    const anchors = anchorsFor(this.view.columnOrder(columnId), id, { afterId, beforeId });
    const answer = await this.enqueue(
      {
        kind: 'create',
        cardId: id,
        label: fields.title,
        method: 'POST',
        path: `/boards/${this.boardId}/cards`,
        body: { ...fields, columnId },
        fields: [],
        effect: { add, place: { columnId, anchors } },
      },
      key,
    );
    return faceOf(answer)!;
  }

  archive(cardId: string): Promise<MoveResult> {
    const card = this.view.card(this.real(cardId));
    const sent = this.simple(cardId, 'archive', 'DELETE', '/cards/{card}', undefined, { gone: true });
    return this.own(sent, { kind: 'archive' }, card);
  }

  async restore(cardId: string, columnId?: string, reason?: string): Promise<MoveResult> {
    const answer = await this.enqueue({
      kind: 'restore',
      cardId,
      label: this.view.card(cardId)?.key ?? '',
      method: 'POST',
      path: '/cards/{card}/restore',
      body: { ...(columnId ? { columnId } : {}), ...(reason ? { reason } : {}) },
      fields: ['place'],
      effect: {},
    });
    return { card: faceOf(answer)!, seq: answer.seq ?? 0 };
  }

  block(cardId: string, fields: BlockFields): Promise<MoveResult> {
    const key = newId();
    const blocker = { id: TEMP + key, ...fields, openedAt: new Date().toISOString() };
    const card = this.view.card(this.real(cardId));
    const body = { ...fields };
    const sent = this.simple(cardId, 'block', 'POST', '/cards/{card}/blockers', body, { blocker }, key);
    return this.own(sent, { kind: 'block', fields }, card);
  }

  async unblock(blockerId: string): Promise<MoveResult> {
    const id = this.view.cardIds().find((c) => this.view.card(c)?.blockers.some((b) => b.id === blockerId));
    if (!id) throw new ApiError(404, { code: 'not_found', detail: t('live.noBlocker') });
    const card = this.view.card(id);
    const effect = { unblock: blockerId };
    const sent = this.simple(id, 'unblock', 'DELETE', `/blockers/${blockerId}`, undefined, effect);
    return this.own(sent, { kind: 'unblock', blockerId }, card);
  }

  async bulk(cardIds: readonly string[], change: BulkChange): Promise<BulkAnswer> {
    const body = { cardIds: cardIds.map((id) => this.real(id)), ...change };
    const answer = await this.call<BulkAnswer>('POST', `/boards/${this.boardId}/bulk`, body, newId());
    this.answered(answer, change.archive ?? false);
    return answer;
  }

  comment(cardId: string, text: string): Promise<MoveResult> {
    return this.simple(cardId, 'comment', 'POST', '/cards/{card}/comments', { text }, { comments: 1 });
  }
  async editComment(cardId: string, commentId: string, text: string, was?: string): Promise<void> {
    const body = { text, ...(was === undefined ? {} : { was }) };
    await this.simple(cardId, 'editComment', 'PATCH', `/comments/${commentId}`, body, {});
  }
  async removeComment(cardId: string, commentId: string): Promise<void> {
    await this.simple(cardId, 'removeComment', 'DELETE', `/comments/${commentId}`, undefined, {
      comments: -1,
    });
  }

  addTodo(cardId: string, text: string, list?: string): Promise<MoveResult> {
    const body = { text, ...(list ? { list } : {}) };
    return this.simple(cardId, 'addTodo', 'POST', '/cards/{card}/todos', body, {
      todo: { done: 0, total: 1 },
    });
  }
  async patchTodo(
    cardId: string,
    todoId: string,
    fields: { text?: string; done?: boolean; was?: string },
  ): Promise<void> {
    const done = fields.done === undefined ? 0 : fields.done ? 1 : -1;
    await this.simple(cardId, 'patchTodo', 'PATCH', `/todos/${todoId}`, fields, { todo: { done, total: 0 } });
  }
  async removeTodo(cardId: string, todoId: string, wasDone = false): Promise<void> {
    const todo = { done: wasDone ? -1 : 0, total: -1 };
    await this.simple(cardId, 'removeTodo', 'DELETE', `/todos/${todoId}`, undefined, { todo });
  }

  undo(cardId: string, seq: number, set?: Says): Promise<MoveResult> {
    const effect = this.takeUndo(cardId, seq);
    const mirror = this.view.card(this.real(cardId))?.mirror;
    const body = { seq, ...(set && { set }), ...(mirror && { boardId: this.boardId }) };
    if (set) effect.patch = { ...effect.patch, ...facePatch(set, this.keyOf) };
    return this.simple(cardId, 'undo', 'POST', '/cards/{card}/undo', body, effect);
  }

  private async simple(
    cardId: string,
    kind: Op['kind'],
    method: Op['method'],
    path: string,
    body: Record<string, unknown> | undefined,
    effect: Effect,
    key?: string,
  ): Promise<MoveResult> {
    const face = this.view.card(this.real(cardId));
    if (!face) throw missing();
    return this.cardOp(face, { kind, method, path, body, fields: [], effect }, key);
  }

  private async cardOp(
    face: Face,
    draft: Omit<Draft, 'label' | 'cardId'>,
    key?: string,
  ): Promise<MoveResult> {
    const known = this.view.confirmed.faces.get(face.id);
    const base = draft.fields.length ? (draft.base ?? known?.version) : undefined;
    const label = face.key ? `${face.key} ${face.title}` : face.title;
    const answer = await this.enqueue({ ...draft, base, label, cardId: face.id }, key);
    const card = faceOf(answer) ?? this.view.card(this.real(face.id)) ?? face;
    return { card, seq: answer.seq ?? this.view.confirmed.seq };
  }

  // Settings go straight to the server: they are rare, not shown before they are true, and not kept offline.

  async createColumn(fields: NewColumn): Promise<Column> {
    return one(
      await this.call<Wrapped<'column', Column>>('POST', `/boards/${this.boardId}/columns`, fields, newId()),
      'column',
    );
  }
  async patchColumn(id: string, fields: ColumnPatch): Promise<Column> {
    return one(
      await this.call<Wrapped<'column', Column>>('PATCH', `/columns/${id}`, fields, newId()),
      'column',
    );
  }
  async removeColumn(id: string, targetId?: string): Promise<void> {
    const query = targetId ? `?target=${encodeURIComponent(targetId)}` : '';
    await this.call('DELETE', `/columns/${id}${query}`, undefined, newId());
  }
  async createLane(fields: { name: string; wip?: Wip }): Promise<Lane> {
    return one(
      await this.call<Wrapped<'lane', Lane>>('POST', `/boards/${this.boardId}/lanes`, fields, newId()),
      'lane',
    );
  }
  async patchLane(id: string, fields: { name?: string; wip?: Wip; version?: number }): Promise<Lane> {
    return one(await this.call<Wrapped<'lane', Lane>>('PATCH', `/lanes/${id}`, fields, newId()), 'lane');
  }
  async removeLane(id: string): Promise<void> {
    await this.call('DELETE', `/lanes/${id}`, undefined, newId());
  }
  async patchBoard(fields: BoardPatch): Promise<Board> {
    return one(
      await this.call<Wrapped<'board', Board>>('PATCH', `/boards/${this.boardId}`, fields, newId()),
      'board',
    );
  }
}

type Without<T> = T extends unknown ? Omit<T, 'card' | 'sent'> : never;
type What = Without<OwnNote>;

type Wrapped<K extends string, T> = T & { [k in K]?: T };
function one<K extends string, T>(answer: Wrapped<K, T>, name: K): T {
  return answer?.[name] ?? answer;
}

function missing(): ApiError {
  return new ApiError(404, { code: 'not_found', detail: t('live.noCard') });
}
