import { KanbanSquare } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { useTabTitle } from '../../lib/page';
import { type BoardStore, StoreProvider, useCard, useOpenBoard, useStatus } from '../../live';
import { CardView } from './CardView';
import css from './card.module.css';
import type { CardRights } from './context';
import { t } from './messages';
import { Loading, NoBoard, NoCard } from './States';
import { type DetailState, useDetail } from './use-detail';

export interface CardPageProps {
  /** From the address, `/c/PAY-42`. An old key of a moved card works too. */
  cardKey: string;
  me: { id: string; name: string };
  rightsIn: (teamId: string) => CardRights;
  /** Asked when the card answers to another key than the address says. */
  onKey?: (key: string) => void;
  /** Link to the board with this card open. */
  boardHref: (boardId: string, cardKey: string) => string;
  /** Shown when there is no such card: a way to the boards or the search. */
  missingAction?: ReactNode;
  onMove?: (store: BoardStore, cardId: string) => void;
}

/** The full page of a card: the same content as the panel, with its board behind it so that it stays live. */
export function CardPage(props: CardPageProps) {
  const { cardKey, onKey, missingAction } = props;
  const first = useDetail(cardKey, undefined);
  const key = first.detail?.card.key;
  const store = useOpenBoard(first.detail?.card.boardId);
  useTabTitle(first.detail ? `${key} ${first.detail.card.title}` : cardKey);
  useEffect(() => {
    if (key && key !== cardKey && cardKey !== first.detail?.card.id) onKey?.(key);
  }, [key, cardKey, onKey, first.detail?.card.id]);

  if (!first.detail && first.error)
    return <NoCard cardKey={cardKey} error={first.error} again={first.again} action={missingAction} />;
  if (!first.detail || !store)
    return (
      <div className={css.pageBody}>
        <Loading />
      </div>
    );
  return (
    <StoreProvider store={store}>
      <Ready {...props} store={store} first={first} />
    </StoreProvider>
  );
}

function Ready({
  store,
  first,
  me,
  rightsIn,
  boardHref,
  onMove,
}: CardPageProps & { store: BoardStore; first: DetailState }) {
  const id = first.detail!.card.id;
  const state = useDetail(id, store);
  const detail = state.detail ?? first.detail!;
  const face = useCard(id);
  const status = useStatus();
  const { boardId, boardName, key, teamId } = detail.card;
  if (status === 'loading')
    return (
      <div className={css.pageBody}>
        <Loading />
      </div>
    );
  if (status !== 'ready') return <NoBoard store={store} cardKey={key} />;
  return (
    <article
      className={css.pageBody}
      aria-label={t('card.panel', { key, title: face?.title ?? detail.card.title })}
    >
      <CardView
        store={store}
        face={face ?? detail.card}
        state={{ ...state, detail }}
        rights={rightsIn(teamId)}
        me={me}
        onMove={onMove && ((cardId) => onMove(store, cardId))}
        page={
          <a className="btn line sm" href={boardHref(boardId, key)}>
            <KanbanSquare size={15} aria-hidden />
            <span className={css.word}>{t('card.toBoard', { board: boardName })}</span>
            <span className={css.short} aria-hidden="true">
              {boardName}
            </span>
          </a>
        }
      />
    </article>
  );
}
