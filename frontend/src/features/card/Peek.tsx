import { X } from 'lucide-react';
import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react';
import { useKeys } from '../../lib/keys';
import { type BoardStore, StoreProvider, useStatus } from '../../live';
import { CardView } from './CardView';
import css from './card.module.css';
import type { CardRights } from './context';
import { t } from './messages';
import { OwnCard } from './OwnCard';
import { Loading, NoCard } from './States';
import { useDetail } from './use-detail';
import { useWidth } from './use-width';

export interface PeekProps {
  store: BoardStore;
  /** The key from the address (`?card=PAY-42`); an id will do. */
  cardKey: string;
  rights: CardRights;
  me: { id: string; name: string };
  onClose: () => void;
  /** Another card was asked for: by `[` and `]`, or because the key has changed. */
  onOpen: (key: string) => void;
  /** Without the way to the card's own page: a screen on the wall has none. */
  alone?: boolean;
  onMove?: (cardId: string) => void;
  /** What may be done with a card of another team's board, for mirrors. */
  rightsIn?: (teamId: string) => CardRights;
  /** Neighbours as the board shows them, filtered; without it the column's order counts. */
  neighbours?: (cardId: string) => { prev?: string; next?: string } | undefined;
  /** Puts the focus back on the board; without it the card's link gets it. */
  onFocusBoard?: (cardId: string) => void;
}

const NO_RIGHTS: CardRights = { work: false, comment: false };

/** The card beside the board: a region of the page, not a dialog, so that the board stays in use. */
export function Peek(props: PeekProps) {
  return (
    <StoreProvider store={props.store}>
      <Panel {...props} />
    </StoreProvider>
  );
}

function Panel(props: PeekProps) {
  const { store, cardKey, rights, me, onClose, onOpen, alone, onMove, neighbours, onFocusBoard } = props;
  const state = useDetail(cardKey, store);
  const detailId = state.detail?.card.id;
  const read = useCallback(
    () => store.cardByKey(cardKey) ?? store.card(cardKey) ?? (detailId ? store.card(detailId) : undefined),
    [store, cardKey, detailId],
  );
  const subscribe = useCallback((fn: () => void) => store.subscribe('cards', fn), [store]);
  const onBoard = useSyncExternalStore(subscribe, read);
  const ready = useStatus() === 'ready';
  const face = ready ? (onBoard ?? state.detail?.card) : undefined;
  const { width, grip } = useWidth();
  const panel = useRef<HTMLElement>(null);
  const from = useRef<Element | null>(null);
  const current = useRef(face);
  current.current = face;

  useEffect(() => {
    from.current = document.activeElement;
  }, []);

  const close = () => {
    const inside =
      panel.current?.contains(document.activeElement) || document.activeElement === document.body;
    const card = current.current;
    onClose();
    if (!inside) return;
    requestAnimationFrame(() => {
      if (card && onFocusBoard) return onFocusBoard(card.id);
      const link = card && document.querySelector<HTMLElement>(`a[href$="/c/${CSS.escape(card.key)}"]`);
      const back = link ?? from.current;
      if (back instanceof HTMLElement && back.isConnected) back.focus({ preventScroll: true });
    });
  };

  const beside = face && onBoard ? (neighbours?.(face.id) ?? inColumn(store, face.id)) : {};
  const to = (id: string | undefined) => {
    const key = id && store.card(id)?.key;
    return key ? () => onOpen(key) : undefined;
  };
  const step = { prev: to(beside.prev), next: to(beside.next) };
  useKeys(t('card.scope'), [
    { keys: '[', label: t('card.prev'), run: () => step.prev?.() },
    { keys: ']', label: t('card.next'), run: () => step.next?.() },
    { keys: 'Escape', label: t('card.close'), run: close },
  ]);

  return (
    <aside
      ref={panel}
      className={css.peek}
      style={{ '--peek': `${width}px` } as React.CSSProperties}
      aria-label={face ? t('card.panel', { key: face.key, title: face.title }) : cardKey}
    >
      {grip}
      {face?.mirror ? (
        <OwnCard
          key={face.id}
          mirror={face}
          columnName={store.columns().find((c) => c.id === face.columnId)?.name ?? ''}
          rightsIn={props.rightsIn ?? (() => NO_RIGHTS)}
          me={me}
          onClose={close}
          alone={alone}
          step={step}
        />
      ) : face ? (
        <CardView
          store={store}
          face={face}
          state={state}
          rights={rights}
          me={me}
          onMove={onMove}
          onClose={close}
          onOpen={onOpen}
          alone={alone}
          step={step}
        />
      ) : (
        <>
          <header className={css.head}>
            <code>{cardKey}</code>
            <span className={css.grow} />
            <button type="button" className="btn ghost sm icon" aria-label={t('card.close')} onClick={close}>
              <X size={17} aria-hidden />
            </button>
          </header>
          <div className={css.body}>
            {state.error ? <NoCard cardKey={cardKey} error={state.error} again={state.again} /> : <Loading />}
          </div>
        </>
      )}
    </aside>
  );
}

function inColumn(store: BoardStore, id: string): { prev?: string; next?: string } {
  const columnId = store.card(id)?.columnId;
  const order = columnId ? store.columnOrder(columnId) : [];
  const at = order.indexOf(id);
  return { prev: order[at - 1], next: order[at + 1] };
}
