import { useCallback, useEffect, useRef, useState } from 'react';
import type { Face } from '../../../api/types';
import { announce } from '../../../lib/announce';
import { ApiError, api } from '../../../lib/api';
import { absolute, relative } from '../../../lib/time';
import { Dialog, Field } from '../../../ui/Dialog';
import { DiscIcon } from '../../../ui/DiscIcon';
import { EmptyState } from '../../../ui/EmptyState';
import { AfterAWhile, Bone } from '../../../ui/Skeleton';
import { useColumns, useRoom } from '../context';
import { t } from '../messages-dialogs';
import { sentence } from '../move';
import s from './archived.module.css';

type Archived = Face & { archivedAt: string };
interface Page {
  items: Archived[];
  nextCursor?: string | null;
}

const PAGE = 50;

/** What was archived on this board, newest first, and the way back for each card. */
export function ArchivedDialog() {
  const { ui, store, canWork } = useRoom();
  const [cards, setCards] = useState<Archived[]>();
  const [cursor, setCursor] = useState<string>();
  const [wrong, setWrong] = useState('');
  const close = () => ui.setState({ dialog: null });

  const read = useCallback(
    async (from?: string) => {
      setWrong('');
      try {
        const more = from ? `&cursor=${encodeURIComponent(from)}` : '';
        const page = await api.get<Page>(`/boards/${store.boardId}/archived?limit=${PAGE}${more}`);
        setCards((old) => (from ? [...(old ?? []), ...page.items] : page.items));
        setCursor(page.nextCursor ?? undefined);
      } catch (error) {
        setWrong(sentence(error));
      }
    },
    [store],
  );
  useEffect(() => void read(), [read]);

  return (
    <Dialog title={t('board.archivedTitle')} width={620} onClose={close}>
      {!cards && !wrong && (
        <AfterAWhile>
          <Bone width="100%" height={44} />
          <Bone width="100%" height={44} />
        </AfterAWhile>
      )}
      {cards?.length === 0 && (
        <EmptyState title={t('board.archivedNone')}>{t('board.archivedNoneText')}</EmptyState>
      )}
      {cards && cards.length > 0 && (
        <ul className={s.list}>
          {cards.map((card) => (
            <Row
              key={card.id}
              card={card}
              may={canWork()}
              onBack={() => setCards((old) => old?.filter((c) => c.id !== card.id))}
            />
          ))}
        </ul>
      )}
      {wrong && (
        <p className={s.wrong} role="alert">
          {t('board.archivedFailed')} {wrong}
        </p>
      )}
      {(cursor || wrong) && (
        <button type="button" className="btn line sm" onClick={() => void read(cursor)}>
          {t(wrong ? 'board.retry' : 'board.archivedMore')}
        </button>
      )}
    </Dialog>
  );
}

function Row({ card, may, onBack }: { card: Archived; may: boolean; onBack: () => void }) {
  const { ui, store, setSearch } = useRoom();
  const columns = useColumns();
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState('');
  /** The limit's sentence, once the server has asked for a reason. */
  const [limit, setLimit] = useState('');
  const [reason, setReason] = useState('');
  const line = useRef<HTMLLIElement>(null);
  const nameOf = (columnId: string) => columns.find((c) => c.id === columnId)?.name ?? '';

  const restore = async () => {
    if (busy || (limit && !reason.trim())) return;
    setBusy(true);
    setWrong('');
    try {
      const { card: back } = await store.restore(card.id, undefined, reason.trim() || undefined);
      announce(t('board.restored', { key: card.key, column: nameOf(back.columnId) }));
      const row = line.current;
      const next = row?.nextElementSibling ?? row?.previousElementSibling ?? row?.closest('dialog');
      next?.querySelector<HTMLElement>('button')?.focus();
      onBack();
    } catch (error) {
      if (error instanceof ApiError && error.code === 'reason_required') setLimit(error.detail);
      else setWrong(sentence(error));
      setBusy(false);
    }
  };
  const column = nameOf(card.columnId);
  return (
    <li ref={line}>
      <DiscIcon d={card.discipline} />
      <span>
        <a
          href={`/c/${card.key}`}
          onClick={(e) => {
            if (e.ctrlKey || e.metaKey || e.shiftKey) return;
            e.preventDefault();
            ui.setState({ dialog: null });
            setSearch({ card: card.key });
          }}
        >
          <code>{card.key}</code> {card.title}
        </a>
        <small title={absolute(card.archivedAt)}>
          {t('board.archivedWhen', { when: relative(card.archivedAt), column })}
        </small>
      </span>
      {may && !limit && (
        <button
          type="button"
          className="btn line sm"
          aria-label={t('board.restoreKey', { key: card.key })}
          data-busy={busy || undefined}
          onClick={() => void restore()}
        >
          {t('board.restore')}
        </button>
      )}
      {limit && (
        <form
          onSubmit={(e) => {
            e.preventDefault();
            void restore();
          }}
        >
          <Field label={t('board.restoreWhy', { key: card.key })} hint={limit}>
            <input
              className="input"
              // biome-ignore lint/a11y/noAutofocus: it is the answer to the button that was just pressed
              autoFocus
              maxLength={500}
              value={reason}
              onChange={(e) => setReason(e.target.value)}
            />
          </Field>
          <button type="submit" className="btn sm" disabled={!reason.trim()} data-busy={busy || undefined}>
            {t('board.restore')}
          </button>
        </form>
      )}
      {wrong && (
        <p className={s.wrong} role="alert">
          {wrong}
        </p>
      )}
    </li>
  );
}
