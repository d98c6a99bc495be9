import { useState } from 'react';
import type { Check, Face } from '../../../api/types';
import { announce } from '../../../lib/announce';
import { ApiError } from '../../../lib/api';
import { toast } from '../../../lib/notify';
import type { BoardStore, MoveTo } from '../../../live';
import { asksFirst, type ListAsk, limitAsked, listAskOf } from '../../../ui/entry-list';
import { t } from '../messages';
import { beside } from './queue';

/** What is to be said before a card may go there. */
export interface Asked {
  card: Face;
  to: MoveTo;
  columnName: string;
  /** What the limit says, when it asks for a reason. */
  limit?: string;
  back: boolean;
  checks: readonly Check[];
  /** The checklist for which it was not let in. */
  list?: ListAsk;
}

/** Moves cards by the board's own door; what it asks for is asked here. */
export function useMoves(store: BoardStore) {
  const [asked, setAsked] = useState<Asked>();
  const columns = store.columns();
  const nameOf = (id: string) => columns.find((c) => c.id === id)?.name ?? '';
  const isBack = (card: Face, to: string) =>
    !card.mirror && columns.findIndex((c) => c.id === to) < columns.findIndex((c) => c.id === card.columnId);

  const send = async (card: Face, to: MoveTo): Promise<void> => {
    const columnName = nameOf(to.columnId);
    const stays = (why: string) => {
      const text = t('rp.stays', { key: card.key, why });
      announce(text);
      toast({ text, tone: 'bad', stay: 9000 });
    };
    try {
      const sent = store.quietly(() => store.move(card.id, to));
      const order = store.columnOrder(to.columnId);
      const n = order.indexOf(card.id) + 1;
      announce(
        n > 0
          ? t('rp.moved', { key: card.key, n, of: order.length, column: columnName })
          : t('rp.movedTo', { key: card.key, column: columnName }),
      );
      await sent;
    } catch (error) {
      if (!(error instanceof ApiError)) return stays(error instanceof Error ? error.message : String(error));
      if (!asksFirst(error)) return stays(error.detail);
      const { needs = [], checks = [] } = error.extra;
      setAsked({
        card,
        to,
        columnName,
        limit: limitAsked(error),
        back: needs.includes('return'),
        checks,
        list: listAskOf(error, card.id),
      });
    }
  };

  /** Into a column, as number `at` of it from 0; without a number to its end. */
  const move = (card: Face, columnId: string, at?: number): void => {
    const order = store.columnOrder(columnId);
    if (card.columnId === columnId && at !== undefined && order.indexOf(card.id) === at) return;
    const to: MoveTo = {
      columnId,
      why: t('rp.why'),
      ...(at === undefined ? {} : beside(order, card.id, at)),
    };
    if (isBack(card, columnId)) {
      setAsked({ card, to, columnName: nameOf(columnId), back: true, checks: [] });
      return;
    }
    void send(card, to);
  };
  return { move, send, asked, answered: () => setAsked(undefined) };
}
